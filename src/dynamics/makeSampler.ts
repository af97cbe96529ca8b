// The one factory of samplers: a sampler's file says what moves the field and what it keeps beside it; what states are made of,
// how they are saved and restored, and in which strides they advance is the same for all.
import { card, type MimeBundle, summarised } from '../display/index.js';
import type { Hamiltonian } from '../energy/index.js';
import { constantField, type Field } from '../field/index.js';
import { type Key, randomKey, type Seed } from '../random/index.js';
import { savedStateCard } from './savedState.js';
import type { NodeSchedule } from './langevin/nodeTemperature.js';
import type { AnyState, Numbers, Sampler, SavedState, ValuesShape } from './sampler.js';

/** Where a run stands, besides what its sampler keeps. */
export interface Place extends AnyState {
  readonly seed: Seed;
  /** Of the seed and the sampler. */
  readonly key: Key;
  readonly shape: ValuesShape;
  readonly gauge: Field['gauge'];
}

type MaybePromise<T> = T | Promise<T>;

export interface Recipe<State extends Place> {
  /** To be named in errors; the stream of the random numbers. */
  readonly caller: string;
  readonly name: string;
  readonly energy: Hamiltonian;
  readonly temperature: NodeSchedule;
  readonly law?: string | undefined;
  /** Zeros by default. */
  readonly initialField?: Sampler<AnyState>['initialField'];
  /** Throws for a field that it cannot move. */
  check?(field: Field): void;
  /** What it keeps, from the arrays of a saved state; at the start there is `values` alone. */
  start(place: Place, arrays: Readonly<Record<string, Numbers | undefined>> & { readonly values: Numbers }): Omit<State, keyof Place>;
  /** See Sampler. */
  advance(state: State, steps: number, signal?: AbortSignal): Promise<State>;
  /** The field; and what else is saved. */
  values(state: State): MaybePromise<Numbers>;
  others?(state: State): MaybePromise<Readonly<Record<string, Numbers>>>;
  load(state: State, values: Float32Array): State;
  acceptance?(state: State): number[] | undefined;
  dispose?(state: State): void;
}

/** A sampler by its recipe. */
export function makeSampler<State extends Place>(recipe: Recipe<State>): Sampler<State> {
  const { caller, name, energy, temperature, law } = recipe;
  const nodes = energy.graph.nodeCount;
  const begin = (at: Omit<Place, 'key'>, arrays: SavedState['arrays']): State => {
    const place: Place = { step: at.step, seed: at.seed, key: randomKey(at.seed, caller), shape: at.shape, gauge: at.gauge };
    return { ...place, ...recipe.start(place, arrays as SavedState['arrays'] & { values: Numbers }) } as State;
  };

  return summarised<Sampler<State>>({
    name,
    energy,
    temperature,
    ...(law === undefined ? {} : { law }),
    initialField: recipe.initialField ?? (({ components, chains }) => constantField({ sites: nodes, components, chains }, 0)),

    init(field, seed) {
      recipe.check?.(field);
      return begin({ step: 0, seed, shape: [nodes, field.components, field.chains], gauge: field.gauge }, { values: field.values });
    },
    advance: (state, steps, signal) => recipe.advance(state, steps, signal),
    async read(state) {
      const values = await recipe.values(state);
      return values instanceof Float32Array ? values : Float32Array.from(values);
    },
    load: (state, values) => recipe.load(state, values),
    acceptance: (state) => recipe.acceptance?.(state),

    async save(state) {
      const { step, seed, shape, gauge } = state;
      const arrays = { values: await recipe.values(state), ...(await recipe.others?.(state)) };
      return summarised({ sampler: name, seed, step, shape, gauge, arrays }, savedStateCard);
    },
    restore(saved) {
      checkSaved(name, nodes, saved);
      return begin(saved, saved.arrays);
    },
    dispose: (state) => recipe.dispose?.(state),
  }, samplerCard);
}

/** @throws RangeError naming the sampler that wrote the state */
function checkSaved(name: string, nodes: number, saved: SavedState): void {
  if (saved.sampler !== name) {
    throw new RangeError(`${name}: cannot resume a state saved by ${saved.sampler}`);
  }
  if (saved.shape[0] !== nodes) {
    throw new RangeError(`${name}: cannot resume a state of ${saved.shape[0]} nodes on a graph of ${nodes}`);
  }
}

/** The event loop gets its turn this often, in milliseconds: progress, abort, interrupts. */
export const TURN = 40;

/** `advance` of a sampler that makes one step after another on this thread; fewer than asked when aborted. */
export function stepByStep<State extends AnyState>(step: (state: State) => State): Sampler<State>['advance'] {
  return async (from, steps, signal) => {
    let state = from;
    let turn = performance.now();
    for (let made = 0; made < steps && !signal?.aborted; made++) {
      state = step(state);
      if (performance.now() - turn > TURN) {
        await new Promise(setImmediate);
        turn = performance.now();
      }
    }
    return state;
  };
}

function samplerCard({ name, energy, temperature, law }: Pick<Sampler<AnyState>, 'name' | 'energy' | 'temperature' | 'law'>): MimeBundle {
  const isByNode = typeof temperature.at(0) !== 'number';
  return card(`Sampler ${name}`, {
    law: law ?? (isByNode ? 'no exp(-H/T) where temperatures differ: heat flows' : undefined),
    temperature: temperature.name,
    energy: energy.terms.map((term) => term.name).join(' + '),
    graph: String(energy.graph),
  });
}
