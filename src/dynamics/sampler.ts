// What every sampler offers: `init` makes a state from a field, `step` advances it. A state knows its own
// step and seed, and all randomness follows from these, so that a saved state continues identically.
import type { Hamiltonian } from '../energy/index.js';
import type { Field } from '../field/index.js';
import type { Seed } from '../random/index.js';
import type { NodeSchedule } from './nodeTemperature.js';

/** [nodes, components, chains]. */
export type ValuesShape = readonly [nodes: number, components: number, chains: number];

/** A sampler's state as plain numbers: what `sample` returns and resumes from. */
export interface SavedState {
  readonly sampler: string;
  readonly seed: Seed;
  /** Steps done. */
  readonly step: number;
  readonly shape: ValuesShape;
  readonly gauge: Field['gauge'];
  /** `values` is the field, laid out as the shape says; whatever else a sampler keeps has names of its own. */
  readonly arrays: Readonly<Record<string, Float32Array | Float64Array>>;
}

/** What every state tells. */
export interface AnyState {
  /** Steps done. */
  readonly step: number;
}

export interface Sampler<State extends AnyState> {
  readonly name: string;
  readonly energy: Hamiltonian;
  readonly temperature: NodeSchedule;
  /** What it samples, where that is not exp(-H/T). */
  readonly law?: string;
  /** The field that a run starts from when none is given. */
  initialField(options: { components: number; chains: number; seed: Seed }): Field;
  init(field: Field, seed: Seed): State;
  /** Advances by one step and releases the old state. */
  step(state: State): State;
  /**
   * Several steps at once, where the engine can: on all threads, the calling one free. Fewer than asked when aborted.
   * Throws SamplerStopped.
   */
  advance?(state: State, steps: number, signal?: AbortSignal): Promise<State>;
  /** The field, float32 [nodes, components, chains]. */
  read(state: State): Promise<Float32Array>;
  /**
   * By chain, accepted moves so far over steps x nodes: of the heat bath, those that changed the value; a node that is held
   * has none. Undefined where every move is taken, or none is counted.
   */
  acceptance(state: State): number[] | undefined;
  save(state: State): Promise<SavedState>;
  /** @throws Error if the state was saved by another sampler or on another shape */
  restore(saved: SavedState): State;
  dispose(state: State): void;
}

/** A sampler could not go on; `state` is the last that is whole. */
export class SamplerStopped extends Error {
  constructor(override readonly cause: Error, readonly state: AnyState) {
    super(cause.message, { cause });
  }
}

/** @throws RangeError naming the sampler that wrote the state */
export function checkSaved(name: string, nodes: number, saved: SavedState): void {
  if (saved.sampler !== name) {
    throw new RangeError(`${name}: cannot resume a state saved by ${saved.sampler}`);
  }
  if (saved.shape[0] !== nodes) {
    throw new RangeError(`${name}: cannot resume a state of ${saved.shape[0]} nodes on a graph of ${nodes}`);
  }
}
