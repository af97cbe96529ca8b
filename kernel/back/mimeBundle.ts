// From a value to its MIME bundle. Any object with a method `[Symbol.for('Jupyter.display')]()` that
// returns (or promises) a bundle shows as that bundle, here as in Deno; images show as images, data
// frames as tables; every bundle carries text/plain, from util.inspect. An empty bundle shows
// nothing: the value has displayed itself.
import { inspect } from 'node:util';
import { toBase64 } from '../../src/files/base64.js';
import type { MimeBundle } from '../wire/content.js';
import type { Json } from '../wire/message.js';
import { frameBundle, isFrame } from './frame.js';
import { Object, Promise, Uint8Array } from './intrinsics.js';

export const displaySymbol = Symbol.for('Jupyter.display');

/** Whether a bundle shows nothing, as for a value that has displayed itself (a live figure). */
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
    if (content !== undefined) data[type] = content instanceof Uint8Array ? toBase64(content) : content;
  }
  if (Object.keys(data).length > 0) data['text/plain'] ??= inspect(value);
  return { data, metadata: imageSize(data) };
}

/** A figure's PNG has more pixels than its size on the page, which is in its plotly layout. */
function imageSize(data: Json): Json {
  const mime = ['application/vnd.plotly.v1+json', 'application/vnd.emtd.figure+json'].find(
    (name) => name in data,
  );
  const spec = data[mime ?? ''] as { layout?: { width?: number; height?: number } } | undefined;
  const { width, height } = spec?.layout ?? {};
  return width && height && data['image/png'] ? { 'image/png': { width, height } } : {};
}

/** By the first bytes of the format. */
function imageType(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 8));
  if (start === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (start.startsWith('GIF8')) return 'image/gif';
  return undefined;
}
