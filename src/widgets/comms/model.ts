// A widget's model: its state here and, once it is open, the same state in the page, kept equal both ways.
// Source: Jupyter widget messaging protocol 2.1 (github.com/jupyter-widgets/ipywidgets,
// packages/schema/messages.md). A change from the page is accepted only if the guard of its attribute allows
// it.
import { putBuffers, removeBuffers } from './buffers.js';
import { hostComms, type Comm, type Json } from './host.js';
import { type Description, noteClosed, noteOpened, noteRefused } from './loading.js';

export const protocolVersion = '2.1.0';

/** Names of the classes in the page that hold and draw a model. */
export interface ModelType {
  readonly module: string;
  readonly version: string;
  readonly model: string;
  /** Null for models without a view. */
  readonly view: string | null;
}

/** Whether a value from the page is one that the attribute can have. */
export type Guards = Readonly<Record<string, (value: unknown) => boolean>>;

export class Model {
  readonly id: string = crypto.randomUUID();
  readonly #type: ModelType;
  readonly #guards: Guards;
  readonly #state: Json;
  #comm: Comm | undefined;

  /** The page has changed these attributes. */
  onUpdate?: (changed: Json) => void;
  /** The page has sent a message of the widget's own kind. */
  onCustom?: (content: unknown, buffers: readonly Uint8Array[]) => void;
  /**
   * The page has closed its side: it does not know such widgets, or not yet. The model is opened again when a
   * page loads. `forGood`: the host has no pages.
   */
  onRefused?: (forGood: boolean) => void;
  /** Whether changes made in one page are passed on to others (`echo_update`). */
  echoes = true;
  /** Called when a page that has just loaded asks for the state. */
  onReload?: () => void;
  /** Objects to close with it, besides its style and layout. */
  readonly followers = new Set<{ close(): void }>();

  constructor(type: ModelType, state: Json, guards: Guards = {}) {
    this.#type = type;
    this.#state = state;
    this.#guards = guards;
  }

  get isOpen(): boolean {
    return this.#comm !== undefined;
  }

  get(name: string): unknown {
    return this.#state[name];
  }

  /** Changes attributes, here and in the page. */
  set(changes: Json): void {
    Object.assign(this.#state, changes);
    this.#send('update', changes);
  }

  /** Makes the page know the model and those that it refers to. False where there is no page. */
  open(): boolean {
    const comms = hostComms();
    if (!comms) return false;
    if (this.#comm) return true;
    const { state, buffer_paths, buffers } = removeBuffers(this.pack(this.#whole()));
    const metadata = { version: protocolVersion };
    const comm = comms.open('jupyter.widget', { state, buffer_paths }, { id: this.id, metadata, buffers });
    comm.onMessage = (data, buffers) => this.#receive(data, buffers);
    comm.onClose = ({ page }) => {
      this.#comm = undefined;
      this.onRefused?.(page === 'none');
      noteRefused(this);
    };
    this.#comm = comm;
    noteOpened(this, comms);
    return true;
  }

  /** Removes the model from the page, with its views, its style and layout, and its followers. */
  close(): void {
    const comm = this.#comm;
    this.#comm = undefined;
    noteClosed(this);
    comm?.close();
    for (const own of [this.#state.style, this.#state.layout]) if (own instanceof Model) own.close();
    for (const follower of this.followers) follower.close();
    this.followers.clear();
  }

  /** Sends a message of the widget's own kind. */
  send(content: unknown, buffers: Uint8Array[] = []): void {
    this.#comm?.send({ method: 'custom', content }, { buffers });
  }

  /** The state as the page keeps it: models become references, opened where they are not. */
  pack(value: Json): Json {
    const packed = (item: unknown): unknown => {
      if (item instanceof Model) {
        item.open();
        return `IPY_MODEL_${item.id}`;
      }
      if (Array.isArray(item)) return item.map(packed);
      return isPlain(item) ? this.pack(item) : item;
    };
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, packed(item)]));
  }

  /** The answer to `request_states` for this model. */
  described(): Description {
    this.onReload?.();
    const { state, buffer_paths, buffers } = removeBuffers(this.pack(this.#whole()));
    const { model, module, version } = this.#type;
    const entry = { model_name: model, model_module: module, model_module_version: version, state };
    return { entry, buffer_paths: buffer_paths.map((path) => ['state', ...path]), buffers };
  }

  #whole(): Json {
    const { module, version, model, view } = this.#type;
    return {
      _model_module: module,
      _model_module_version: version,
      _model_name: model,
      _view_module: module,
      _view_module_version: version,
      _view_name: view,
      ...this.#state,
    };
  }

  #send(method: 'update' | 'echo_update', changes: Json): void {
    if (!this.#comm) return;
    const { state, buffer_paths, buffers } = removeBuffers(this.pack(changes));
    this.#comm.send({ method, state, buffer_paths }, { buffers });
  }

  #receive(data: Json, buffers: Uint8Array[]): void {
    switch (data.method) {
      case 'update':
        return this.#update(data, buffers);
      case 'request_state':
        this.onReload?.();
        return this.#send('update', this.#whole());
      case 'custom':
        return this.onCustom?.(data.content, buffers);
      default:
        console.error(`${this.#type.model}: ignored a message with method ${JSON.stringify(data.method)}`);
    }
  }

  #update({ state, buffer_paths }: Json, buffers: Uint8Array[]): void {
    if (!isPlain(state)) return console.error(`${this.#type.model}: ignored an update without a state`);
    putBuffers(state, buffer_paths, buffers);
    const believed = Object.entries(state).filter(([name, value]) => this.#believes(name, value));
    if (believed.length === 0) return;
    const changed = Object.fromEntries(believed);
    Object.assign(this.#state, changed);
    if (this.echoes) this.#send('echo_update', changed);
    this.onUpdate?.(changed);
  }

  #believes(name: string, value: unknown): boolean {
    if (!Object.hasOwn(this.#guards, name)) return false;
    if (this.#guards[name]!(value)) return true;
    const text = JSON.stringify(value) ?? String(value);
    console.error(`${this.#type.model}: ignored ${name} = ${text.slice(0, 60)} from the page`);
    return false;
  }
}

function isPlain(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}
