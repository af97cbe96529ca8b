// A page in memory: a comm host that keeps what the kernel sends, and plays the part of the widgets in the
// page (models, links between them, views) as far as the tests need it.
import { type DisplayContent, jupyterBroadcast } from '../../src/figures/broadcast.js';
import { type Comm, jupyterComms, type Json } from '../../src/widgets/comms/host.js';
import { putBuffers } from '../../src/widgets/comms/buffers.js';
import { assumePage } from '../../src/widgets/comms/echo.js';

export interface Sent {
  readonly type: 'comm_open' | 'comm_msg' | 'comm_close';
  readonly id: string;
  readonly data: Json;
  readonly metadata: Json;
  readonly buffers: readonly Uint8Array[];
}

type Globals = { [jupyterComms]?: unknown; [jupyterBroadcast]?: unknown };

export class FakePage {
  readonly sent: Sent[] = [];
  readonly displays: [type: string, content: DisplayContent][] = [];
  readonly models = new Map<string, Json>();
  /** It takes messages and answers none. */
  deaf = false;
  readonly #comms = new Map<string, Comm>();
  readonly #targets = new Map<string, (comm: Comm, data: Json, buffers: Uint8Array[]) => void>();
  readonly #options: { readonly links: boolean; readonly knows: (model: string) => boolean };

  /** Without `links` it never answers, as a notebook executed by a program. */
  constructor({
    links = true,
    knows = () => true,
  }: { links?: boolean; knows?: (model: string) => boolean } = {}) {
    this.#options = { links, knows };
    const host = globalThis as Globals;
    assumePage(links ? 'unknown' : 'absent'); // so that it is given up soon
    host[jupyterComms] = {
      open: (target: string, data: Json, extra: { id: string; metadata?: Json; buffers?: Uint8Array[] }) =>
        this.#comm(target, extra.id, {
          type: 'comm_open',
          data,
          metadata: extra.metadata,
          buffers: extra.buffers,
        }),
      target: (name: string, onOpen: (comm: Comm, data: Json, buffers: Uint8Array[]) => void) =>
        void this.#targets.set(name, onOpen),
    };
    host[jupyterBroadcast] = (type: string, content: DisplayContent) =>
      this.displays.push([type, structuredClone(content)]);
  }

  leave(): void {
    const host = globalThis as Globals;
    delete host[jupyterComms];
    delete host[jupyterBroadcast];
    assumePage('unknown');
  }

  /** The page changes a model, as a reader's hand does. */
  change(id: string, state: Json, extra: { buffer_paths?: unknown; buffers?: Uint8Array[] } = {}): void {
    Object.assign(this.models.get(id) ?? {}, state);
    this.post(id, { method: 'update', state, buffer_paths: extra.buffer_paths ?? [] }, extra.buffers);
  }

  post(id: string, data: Json, buffers: Uint8Array[] = []): void {
    this.#comms.get(id)?.onMessage?.(data, buffers);
  }

  refuse(id: string, data: Json = {}): void {
    this.models.delete(id);
    this.#comms.get(id)?.onClose?.(data);
  }

  /** Its widgets have loaded: it answers from now on, and asks for all models. */
  load(): void {
    this.deaf = false;
    this.open('jupyter.widget.control', 'loaded').onMessage?.({ method: 'request_states' }, []);
  }

  /** The page opens a channel to the kernel. */
  open(target: string, id = 'opened-by-the-page'): Comm {
    const comm = this.#comm(target, id);
    this.#targets.get(target)?.(comm, {}, []);
    return comm;
  }

  /** Ids of the models of a kind, in the order in which they were opened. */
  ids(model: string): string[] {
    return [...this.models].filter(([, state]) => state._model_name === model).map(([id]) => id);
  }

  messages(id: string, method: string): Sent[] {
    return this.sent.filter((sent) => sent.id === id && sent.data.method === method);
  }

  #comm(target: string, id: string, opening?: Partial<Sent> & { data: Json }): Comm {
    const comm: Comm = {
      id,
      target,
      send: (data, { metadata = {}, buffers = [] } = {}) =>
        this.#take({ type: 'comm_msg', id, data, metadata, buffers }),
      close: (data = {}) => this.#take({ type: 'comm_close', id, data, metadata: {}, buffers: [] }),
    };
    this.#comms.set(id, comm);
    if (opening) this.#take({ type: 'comm_open', id, metadata: {}, buffers: [], ...opening });
    return comm;
  }

  #take(sent: Sent): void {
    const copy = structuredClone(sent);
    this.sent.push(copy);
    const state = structuredClone(copy.data.state ?? {}) as Json;
    putBuffers(state, copy.data.buffer_paths, copy.buffers);
    if (copy.type === 'comm_close') this.models.delete(copy.id);
    if (copy.type === 'comm_open') {
      if (!this.#options.knows(state._model_name as string)) state._view_name = 'ErrorWidgetView';
      this.models.set(copy.id, state);
      if (state._model_name === 'DirectionalLinkModel') this.#link(state);
    }
    if (copy.type === 'comm_msg' && copy.data.method === 'update') {
      Object.assign(this.models.get(copy.id) ?? {}, state);
      for (const link of this.models.values()) {
        if (
          link._model_name === 'DirectionalLinkModel' &&
          (link.source as string[])[0] === `IPY_MODEL_${copy.id}`
        ) {
          if ((link.source as string[])[1]! in state) this.#link(link);
        }
      }
    }
  }

  /** What the page's DirectionalLinkModel does: copies, and tells the kernel what has changed. */
  #link({ source, target }: Json): void {
    if (!this.#options.links || this.deaf) return;
    const [from, attribute] = source as [string, string];
    const to = (target as [string])[0].slice('IPY_MODEL_'.length);
    setTimeout(() => {
      const value = this.models.get(from.slice('IPY_MODEL_'.length))?.[attribute];
      if (this.models.has(to) && this.models.get(to)!.value !== value) this.change(to, { value });
    }, 5);
  }
}
