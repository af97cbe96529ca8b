// What every sampler offers: `init` makes a state from a field, `advance` moves it. All randomness follows
// from the state's step and seed, so that a saved state continues identically. `makeSampler` makes samplers.
import type { Hamiltonian } from '../energies/index.js';
import type { Field } from '../fields/index.js';
import { got } from '../numerics/check.js';
import type { Seed } from '../randomness/index.js';
import type { NodeSchedule } from './schedules/nodeTemperature.js';
import type { Change, SavedLaw } from './lawOf.js';

/** [nodes, components, chains]. */
export type ValuesShape = readonly [nodes: number, components: number, chains: number];

export type Numbers = Float32Array | Float64Array;

/** What every state has. */
export interface AnyState {
  /** Steps done. */
  readonly step: number;
  readonly shape: ValuesShape;
}

/** A sampler's state as plain numbers: what `sample` returns and resumes from. */
export interface SavedState extends AnyState {
  readonly sampler: string;
  readonly seed: Seed;
  readonly gauge: Field['gauge'];
  /** The field's codomain, real by default; a 'potts' field also has the number of labels. */
  readonly codomain?: Field['codomain'];
  readonly labels?: number;
  /**
   * The graph, energy and temperature of the run that saved the state. You may leave it out of a state that
   * you write by hand.
   */
  readonly under?: SavedLaw;
  /**
   * `values` is the field, laid out as the shape says; whatever else a sampler keeps has names of its own.
   */
  readonly arrays: Readonly<Record<string, Numbers>>;
}

/** A Markov chain on fields; `sample` runs it. */
export interface Sampler<State extends AnyState> {
  readonly name: string;
  readonly energy: Hamiltonian;
  readonly temperature: NodeSchedule;
  /** What it samples, where that is not exp(-H/T). */
  readonly law?: string;
  /**
   * Whether it moves by the gradient alone, so that it does not see an energy that is infinite or not a
   * number.
   */
  readonly byGradient?: boolean;
  /** The field that a run starts from when none is given. */
  initialField(options: { components: number; chains: number; seed: Seed }): Field;
  init(field: Field, seed: Seed): State;
  /**
   * Advances by `steps`, or fewer when aborted, and releases the old state.
   *
   * @throws SamplerStopped, with the last state that is whole
   */
  advance(state: State, steps: number, signal?: AbortSignal): Promise<State>;
  /** The field, float32 [nodes, components, chains]. */
  read(state: State): Promise<Float32Array>;
  /** The state with another field, laid out as `read` does; the old state is released. */
  load(state: State, values: Float32Array): State;
  /**
   * By chain, the accepted moves so far, divided by steps x nodes. For the heat bath these are the moves
   * that changed the value. A pinned node has no accepted moves. Undefined if the
   * sampler takes every move, or counts none.
   */
  acceptance(state: State): number[] | undefined;
  save(state: State): Promise<SavedState>;
  /**
   * @param allowed what may differ on purpose from the run that saved the state
   * @throws RangeError or TypeError for a state of another sampler, graph, energy or temperature, and for one
   * that breaks a rule of states
   */
  restore(saved: SavedState, allowed?: readonly Change[]): State;
  dispose(state: State): void;
}

/** @throws TypeError unless it is a sampler */
export function requireSampler(
  caller: string,
  name: string,
  sampler: Pick<Sampler<AnyState>, 'init' | 'energy'>,
): void {
  if (typeof sampler === 'object' && typeof sampler?.init === 'function') return;
  throw new TypeError(
    `${caller}: ${name} must be a sampler, such as langevin(energy, { temperature, timeStep }), got ${got(sampler)}`,
  );
}

/** A sampler could not go on; `state` is the last that is whole. */
export class SamplerStopped extends Error {
  constructor(
    override readonly cause: Error,
    readonly state: AnyState,
  ) {
    super(cause.message, { cause });
  }
}
