// A widget with its own JavaScript module in the page, after the anywidget specification (anywidget.dev),
// for pages that have anywidget (`pip install anywidget`, VS Code, Colab). A kernel cannot ask a page for its
// modules;
// but a page without the module puts an ErrorWidgetModel in the widget's place, and the echo of its view name
// shows this (see echo.ts). Then, and where no page answers, the result of `still` is displayed instead.
import { Displayed } from '../comms/displayed.js';
import type { Json } from '../comms/host.js';
import { Model } from '../comms/model.js';
import { stillText, type Still } from '../comms/view.js';

/** Options of `anywidget`. */
export interface AnyWidgetOptions<State extends Json> {
  /** Source of an ES module whose default export has `render({ model, el })`. */
  readonly esm: string;
  /** Its style sheet; none by default. */
  readonly css?: string;
  /** The state that both sides share: JSON values, or bytes (Uint8Array). */
  readonly state: State;
  /** Display of a state without the module. Default: its JSON. */
  readonly still?: (state: State) => Still | string;
}

/** A widget with its own JavaScript module in the page, after the anywidget specification. */
class AnyWidget<State extends Json> extends Displayed {
  readonly model: Model;
  readonly #names: readonly (keyof State & string)[];
  readonly #still: (state: State) => Still | string;
  readonly #listeners = new Set<(state: State) => void>();
  /** Called with each message of the module. */
  onMessage?: (content: unknown, buffers: readonly Uint8Array[]) => void;

  constructor({ esm, css = '', state, still = (value) => JSON.stringify(value) }: AnyWidgetOptions<State>) {
    super();
    this.#names = Object.keys(state);
    this.#still = still;
    const guards = Object.entries(state).map(
      ([name, initial]) => [name, (value: unknown) => kind(value) === kind(initial)] as const,
    );
    this.model = new Model(
      { module: 'anywidget', version: '*', model: 'AnyModel', view: 'AnyView' },
      { _esm: esm, _css: css, _anywidget_id: 'emtd-lab.AnyWidget', ...state },
      Object.fromEntries(guards),
    );
    this.model.onUpdate = () => this.#notify();
    this.model.onCustom = (content, buffers) => this.onMessage?.(content, buffers);
  }

  get state(): State {
    return Object.fromEntries(this.#names.map((name) => [name, this.model.get(name)])) as State;
  }

  /** Changes part of the state, here and in the page. */
  set(changes: Partial<State>): void {
    this.model.set(changes);
    this.#notify();
  }

  /** Calls `listener` with every new state; returns the function that stops it. */
  onChange(listener: (state: State) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Sends a message to the module. */
  send(content: unknown, buffers: Uint8Array[] = []): void {
    this.model.send(content, buffers);
  }

  still(): Still {
    const still = this.#still(this.state);
    return typeof still === 'string' ? stillText(still) : still;
  }

  #notify(): void {
    for (const listener of this.#listeners) listener(this.state);
  }
}

/** The kind of a value: the page may only send values of the initial kind. */
const kind = (value: unknown): string =>
  ArrayBuffer.isView(value)
    ? 'bytes'
    : Array.isArray(value)
      ? 'list'
      : value === null
        ? 'null'
        : typeof value;

export type { AnyWidget };

/**
 * A widget drawn by a module of yours.
 *
 * @example
 * const counter = anywidget({
 *   esm: 'export default { render({ model, el }) { el.textContent = model.get("count"); } }',
 *   state: { count: 1 },
 *   still: ({ count }) => `count ${count}`,
 * });
 * counter.set({ count: 2 });
 * counter.state; // { count: 2 }
 */
export const anywidget = <State extends Json>(options: AnyWidgetOptions<State>): AnyWidget<State> =>
  new AnyWidget(options);
