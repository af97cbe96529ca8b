// A widget: a value that the reader of a notebook sees and, where the page answers, can change. Where no page
// answers, it is a line of text with its value.
import { Displayed } from '../comms/displayed.js';
import type { Json } from '../comms/host.js';
import { Model, type Guards, type ModelType } from '../comms/model.js';
import type { Still } from '../comms/view.js';

/** Conversion between a value of type `Value` and the state of the model. */
export interface Codec<Value> {
  /** The state that holds a value. @throws RangeError or TypeError for a value that the widget cannot have */
  readonly encode: (value: Value) => Json;
  readonly decode: (state: (name: string) => unknown) => Value;
}

/** The attribute `value` of the model is the value itself; `check` returns it, changed or not, or throws. */
export const itself = <Value>(check = (value: Value): Value => value): Codec<Value> => ({
  encode: (value) => ({ value: check(value) }),
  decode: (state) => state('value') as Value,
});

/**
 * A control with a value. Listeners are called at every change, here or in the page.
 *
 * @example
 * const temperature = slider({ min: 0.1, max: 3, value: 1 });
 * const seen: number[] = [];
 * const stop = temperature.onChange((T) => seen.push(T));
 * temperature.value = 2;
 * stop();
 * seen; // [2]
 */
export class Widget<Value> extends Displayed {
  readonly model: Model;
  readonly #codec: Codec<Value>;
  readonly #still: (value: Value) => Still;
  readonly #listeners = new Set<(value: Value) => void>();

  constructor(
    type: ModelType,
    initial: Value,
    state: Json,
    codec: Codec<Value>,
    guards: Guards,
    still: (value: Value) => Still,
  ) {
    super();
    this.#codec = codec;
    this.#still = still;
    this.model = new Model(type, { ...state, ...codec.encode(initial) }, guards);
    this.model.onUpdate = () => this.#notify();
  }

  get value(): Value {
    return this.#codec.decode((name) => this.model.get(name));
  }

  /** Sets the value, here and in the page. @throws for a value that the widget cannot have */
  set value(value: Value) {
    const changes = this.#codec.encode(value);
    if (Object.entries(changes).every(([name, item]) => Object.is(item, this.model.get(name)))) return;
    this.model.set(changes);
    this.#notify();
  }

  /** Calls `listener` with every new value; returns the function that stops it. */
  onChange(listener: (value: Value) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  still(): Still {
    return this.#still(this.value);
  }

  #notify(): void {
    const { value } = this;
    for (const listener of this.#listeners) listener(value);
  }
}
