// From a value to its MIME bundle. Any object with a method `[Symbol.for('Jupyter.display')]()` that
// returns (or promises) a bundle shows as that bundle, here as in Deno; images show as images, data
// frames as tables; every bundle carries text/plain, which is util.inspect's. An empty bundle shows
// nothing: the value has shown itself.
import { inspect } from 'node:util';
import type { MimeBundle } from '../wire/content.js';
import type { Json } from '../wire/message.js';
import { frameBundle, isFrame } from './frame.js';
import type { Emit } from './outlet.js';
import type { Output } from './protocol.js';

export const displaySymbol = Symbol.for('Jupyter.display');

/** The global function through which libraries send display messages (progress bars), here as in Deno. */
export const broadcastSymbol = Symbol.for('Jupyter.broadcast');

/** Whether a bundle shows nothing: that of a value whose display method has shown it (a live figure). */
export const isEmpty = ({ data }: MimeBundle): boolean => Object.keys(data).length === 0;

/** The bundle of a value; a promise only where the value's own display method returns one. */
export function mimeBundle(value: unknown): MimeBundle | Promise<MimeBundle> {
  const method = isObject(value) ? (value as { [displaySymbol]?: unknown })[displaySymbol] : undefined;
  if (typeof method === 'function') {
    const own: unknown = method.call(value);
    return own instanceof Promise ? own.then((data) => complete(data, value)) : complete(own, value);
  }
  if (isFrame(value)) return complete(frameBundle(value), value);
  const type = value instanceof Uint8Array ? imageType(value) : undefined;
  return complete(type ? { [type]: value } : { 'text/plain': inspect(value) }, value);
}

function isObject(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function complete(own: unknown, value: unknown): MimeBundle {
  if (typeof own !== 'object' || own === null) {
    throw new TypeError(`Jupyter.display: must return an object of MIME types, got ${inspect(own)}`);
  }
  const data: Json = {};
  for (const [type, content] of Object.entries(own)) {
    if (content !== undefined) data[type] = content instanceof Uint8Array ? base64(content) : content;
  }
  if (Object.keys(data).length > 0) data['text/plain'] ??= inspect(value);
  return { data, metadata: imageSize(data) };
}

/** A figure's PNG is sharper than its size on the page: its plotly layout says how large it shows. */
function imageSize(data: Json): Json {
  const mime = ['application/vnd.plotly.v1+json', 'application/vnd.emtd.figure+json'].find((name) => name in data);
  const spec = data[mime ?? ''] as { layout?: { width?: number; height?: number } } | undefined;
  const { width, height } = spec?.layout ?? {};
  return width && height && data['image/png'] ? { 'image/png': { width, height } } : {};
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** By the first bytes of the format. */
function imageType(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  if (start === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (start.startsWith('GIF8')) return 'image/gif';
  return undefined;
}

export interface DisplayHandle {
  update(value: unknown): void;
}

/** What libraries may send: display and comm messages, not the kernel's own (status, error, …). */
const broadcastTypes = new Set([
  'display_data',
  'update_display_data',
  'clear_output',
  'comm_open',
  'comm_msg',
  'comm_close',
]);

/** `display(value)` and `clearOutput()` as cells see them; promised bundles keep their order per display. */
export class Displays {
  readonly #emit: Emit;
  readonly #pending = new Set<Promise<void>>();
  #count = 0;

  constructor(emit: Emit) {
    this.#emit = emit;
  }

  readonly display = (value: unknown): DisplayHandle => {
    const transient = { display_id: `display-${++this.#count}` };
    let last: Promise<void> | undefined;
    const show = (type: 'display_data' | 'update_display_data', shown: unknown): void => {
      const bundle = mimeBundle(shown);
      const emit = (ready: MimeBundle): void => {
        if (type === 'update_display_data' || !isEmpty(ready)) this.#emit({ type, content: { ...ready, transient } });
      };
      if (!last && !(bundle instanceof Promise)) return emit(bundle);
      const step = Promise.all([bundle, last]).then(([ready]) => emit(ready));
      last = step;
      this.#pending.add(step);
      step.then(
        () => {
          this.#pending.delete(step);
          if (last === step) last = undefined;
        },
        () => {},
      );
    };
    show('display_data', value);
    return { update: (shown) => show('update_display_data', shown) };
  };

  readonly clearOutput = (wait = false): void => this.#emit({ type: 'clear_output', content: { wait } });

  /** A message to the front end with its content as it is. */
  readonly broadcast = (type: string, content: Json, extra: Pick<Output, 'metadata' | 'buffers'> = {}): void => {
    if (!broadcastTypes.has(type)) {
      throw new TypeError(`Jupyter.broadcast: type must be one of ${[...broadcastTypes].join(', ')}, got ${type}`);
    }
    this.#emit({ type, content, ...extra });
  };

  /** Resolves when every promised bundle is out; rejects with the error of one that failed. */
  async settled(): Promise<void> {
    try {
      await Promise.all(this.#pending);
    } finally {
      this.#pending.clear();
    }
  }

  /** After an interrupt: what was promised may never come. */
  forget(): void {
    this.#pending.clear();
  }
}
