// The one factory of samplers: a sampler's file says what moves the field and what it keeps beside it. What a
// state is made of, how it is saved and restored, and how accepted moves are reported is the same for all.
import { card, type MimeBundle, printAs } from '../display/index.js';
import { requireCurved, type Hamiltonian } from '../energies/index.js';
import { constantField, type Field } from '../fields/index.js';
import { got } from '../numerics/check.js';
import { type Key, randomKey } from '../randomness/index.js';
import { Turns } from '../runtime/index.js';
import { fieldOfState } from './checkState.js';
import { savedStateCard } from './savedState.js';
import type { NodeSchedule } from './schedules/nodeTemperature.js';
import type { AnyState, Numbers, Sampler, SavedState } from './sampler.js';
import { requireSameLaw, lawOf } from './lawOf.js';

/** Where a run stands, besides what its sampler keeps. */
export interface RunPosition extends Omit<SavedState, 'sampler' | 'arrays' | 'under'> {
  /** Keys the random numbers; made from the seed and the sampler. */
  readonly key: Key;
}

export type MaybePromise<T> = T | Promise<T>;

/** The arrays of a saved state. A field at the start has `values` alone; nothing is accepted then. */
export type Arrays = Readonly<Record<string, Numbers | undefined>> & {
  readonly values: Numbers;
  readonly accepted: Float64Array;
};

export interface Recipe<State extends RunPosition> {
  /** The function's name: errors begin with it, and it names the stream of random numbers. */
  readonly caller: string;
  readonly name: string;
  readonly energy: Hamiltonian;
  readonly temperature: NodeSchedule;
  readonly law?: string | undefined;
  readonly byGradient?: boolean;
  /** Zeros by default. */
  readonly initialField?: Sampler<AnyState>['initialField'];
  check?(field: Field): void;
  /** What is checked of a field to start from, and not of one to go on from. */
  checkStart?(field: Field): void;
  /** What the sampler keeps, from the arrays of a saved state, which it may own. */
  start(place: RunPosition, arrays: Arrays): Omit<State, keyof RunPosition>;
  advance(state: State, steps: number, signal?: AbortSignal): Promise<State>;
  values(state: State): MaybePromise<Numbers>;
  /** Accepted moves by chain, saved as `accepted`; and moves of one step, 1 by default. */
  accepted?(state: State): Float64Array | undefined;
  readonly attempts?: number;
  /** Arrays that a state must have, besides its values. */
  readonly needs?: readonly string[];
  /** What else is saved. */
  others?(state: State): MaybePromise<Readonly<Record<string, Numbers>>>;
  load(state: State, values: Float32Array): State;
  dispose?(state: State): void;
}

export function makeSampler<State extends RunPosition>(recipe: Recipe<State>): Sampler<State> {
  const { caller, name, energy, temperature, law, byGradient = false, attempts = 1, needs = [] } = recipe;
  const nodes = energy.graph.nodeCount;
  const begin = (
    { step, seed }: Pick<RunPosition, 'step' | 'seed'>,
    field: Field,
    arrays: SavedState['arrays'],
  ): State => {
    const { components, chains, gauge, codomain, states: labels } = field;
    const shape = [nodes, components, chains] as const;
    const place: RunPosition = {
      step,
      seed,
      key: randomKey(seed, caller),
      shape,
      gauge,
      codomain,
      ...(labels !== undefined && { labels }),
    };
    const accepted = Float64Array.from(arrays['accepted'] ?? new Float64Array(shape[2]));
    return { ...place, ...recipe.start(place, { ...arrays, accepted } as unknown as Arrays) } as State;
  };

  return printAs<Sampler<State>>(
    {
      name,
      energy,
      temperature,
      byGradient,
      ...(law === undefined ? {} : { law }),
      initialField:
        recipe.initialField ??
        (({ components, chains }) => {
          requireCurved(caller, energy.terms);
          return constantField({ sites: nodes, components, chains }, 0);
        }),

      init(field, seed) {
        recipe.check?.(field);
        recipe.checkStart?.(field);
        return begin({ step: 0, seed }, field, { values: field.values });
      },
      advance: (state, steps, signal) => recipe.advance(state, steps, signal),
      async read(state) {
        const values = await recipe.values(state);
        return values instanceof Float32Array ? values : Float32Array.from(values);
      },
      load: (state, values) => recipe.load(state, values),
      acceptance(state) {
        const accepted = recipe.accepted?.(state);
        return accepted && Array.from(accepted, (count) => count / (state.step * attempts));
      },

      async save(state) {
        const { step, seed, shape, gauge, codomain, labels } = state;
        const accepted = recipe.accepted?.(state)?.slice();
        const arrays = {
          values: await recipe.values(state),
          ...(accepted && { accepted }),
          ...(await recipe.others?.(state)),
        };
        return printAs(
          {
            sampler: name,
            seed,
            step,
            shape,
            gauge,
            codomain,
            ...(labels !== undefined && { labels }),
            under: lawOf(recipe),
            arrays,
          },
          savedStateCard,
        );
      },
      restore(saved, allowed = []) {
        if (saved?.sampler !== name)
          throw new RangeError(
            `${caller}: cannot resume a state saved by ${got(saved?.sampler)}, the sampler is ${got(name)}`,
          );
        const field = fieldOfState(caller, saved, needs);
        if (field.sites !== nodes)
          throw new RangeError(
            `${caller}: cannot resume a state of ${field.sites} nodes on a graph of ${nodes}`,
          );
        recipe.check?.(field);
        if (saved.under) requireSameLaw(caller, saved.under, lawOf(recipe), allowed);
        return begin(saved, field, saved.arrays);
      },
      dispose: (state) => recipe.dispose?.(state),
    },
    samplerCard,
  );
}

/** `advance` of a sampler that makes one step after another on this thread; fewer than asked when aborted. */
export function stepByStep<State extends AnyState>(step: (state: State) => State): Sampler<State>['advance'] {
  return async (from, steps, signal) => {
    let state = from;
    const turns = new Turns(signal);
    for (let made = 0; made < steps && !turns.isAborted; made++) {
      state = step(state);
      if (turns.isLate) await turns.take();
    }
    return state;
  };
}

function samplerCard({
  name,
  energy,
  temperature,
  law,
}: Pick<Sampler<AnyState>, 'name' | 'energy' | 'temperature' | 'law'>): MimeBundle {
  const isByNode = typeof temperature.at(0) !== 'number';
  return card(`Sampler ${name}`, {
    law: law ?? (isByNode ? 'no exp(-H/T) where temperatures differ: heat flows' : undefined),
    temperature: temperature.name,
    energy: energy.terms.map((term) => term.name).join(' + '),
    graph: String(energy.graph),
  });
}
