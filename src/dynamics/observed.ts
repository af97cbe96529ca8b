// What a run measures as it goes, in place of keeping its states: for each observable and chain the sums of
// blocking. With a checkpoint the state and the sums are written now and then, and the same call in another
// process goes on from there, to the bit.
import { got } from '../numerics/check.js';
import type { Rule } from '../numerics/options.js';
import { type BlockedMean, blockedMean, Blocking } from '../statistics/index.js';
import { chainsOf } from './chains.js';
import type { Checkpoint } from './checkpoint.js';
import { parseState, serialiseState } from './savedState.js';
import type { SavedState } from './sampler.js';

/** Numbers computed from one state [nodes, components], row-major, by name. */
export type Observables = Readonly<Record<string, (state: Float64Array, components: number) => number>>;

export const observablesRule: Rule<Observables> = (caller: string, name: string, value: object | null) => {
  const wrong = Object.entries(value ?? {}).find(([, one]) => typeof one !== 'function');
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0 && !wrong) return;
  const what = wrong ? `${wrong[0]} = ${got(wrong[1])}` : got(value);
  throw new TypeError(`${caller}: ${name} must be functions of a state by name, got ${what}`);
};

export const checkpointRule: Rule<Checkpoint> = (
  caller: string,
  name: string,
  value: Partial<Checkpoint> | null,
) => {
  if (typeof value?.read === 'function' && typeof value.write === 'function') return;
  throw new TypeError(`${caller}: ${name} must be the checkpoint that a sweep gives, got ${got(value)}`);
};

type Sums = Readonly<Record<string, readonly Blocking[]>>;

export class Observer {
  #sums: Sums | undefined;

  constructor(
    readonly observables: Observables,
    sums?: Sums,
  ) {
    this.#sums = sums;
  }

  /** @throws RangeError for an observable that is not a finite number */
  add(values: Float32Array, components: number, chains: number, step: number): void {
    const states = chainsOf(values, chains);
    const names = Object.keys(this.observables);
    this.#sums ??= Object.fromEntries(names.map((name) => [name, states.map(() => new Blocking())]));
    for (const name of names) {
      states.forEach((state, chain) => {
        const value = this.observables[name](state, components);
        if (!Number.isFinite(value))
          throw new RangeError(
            `sample: observe.${name} must be finite, got ${got(value)} at step ${step}, chain ${chain}`,
          );
        this.#sums![name][chain].add(value);
      });
    }
  }

  /** Undefined before the first record. */
  get means(): Readonly<Record<string, BlockedMean>> | undefined {
    return (
      this.#sums &&
      Object.fromEntries(Object.entries(this.#sums).map(([name, chains]) => [name, blockedMean(chains)]))
    );
  }

  get sums(): Sums | undefined {
    return this.#sums;
  }
}

/** Calls of `sample` with each checkpoint so far: a run may sample several times. */
const calls = new WeakMap<Checkpoint, number>();

/** The place of one call of `sample` in the checkpoint of a run. */
export class SamplePlace {
  readonly #name: string;

  constructor(
    readonly checkpoint: Checkpoint,
    readonly observables: Observables,
  ) {
    const call = calls.get(checkpoint) ?? 0;
    calls.set(checkpoint, call + 1);
    this.#name = `sample ${call}`;
  }

  /** Where an earlier process has come to. */
  read(): { readonly state: SavedState; readonly begin: number; readonly observer: Observer } | undefined {
    const text = this.checkpoint.read(this.#name);
    if (text === undefined) return undefined;
    const { state, begin, sums } = JSON.parse(text) as { state: string; begin: number; sums?: Sums };
    const lists = Object.entries(sums ?? {}).map(([name, chains]) => [
      name,
      chains.map(({ levels }) => new Blocking(levels)),
    ]);
    return {
      state: parseState(state),
      begin,
      observer: new Observer(this.observables, sums && Object.fromEntries(lists)),
    };
  }

  write(state: SavedState, begin: number, { sums }: Observer): void {
    this.checkpoint.write(this.#name, JSON.stringify({ state: serialiseState(state), begin, sums }));
  }
}
