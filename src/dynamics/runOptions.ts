// What every run takes, how it is checked, and the state that it starts from.
import { type Field, replicate } from '../fields/index.js';
import { requireBytes } from '../graphs/index.js';
import { defaultSeed, type SeedOption } from '../randomness/index.js';
import { got, requireInteger } from '../numerics/check.js';
import { needed, type Rule, type Rules } from '../numerics/options.js';
import { aFunction, anything, aSignal, integer } from '../numerics/rules.js';
import { count, countOrZero } from './check.js';
import type { AnyState, Sampler } from './sampler.js';

/** What every run takes. */
export interface RunOptions extends SeedOption {
  /** Independent replicas; 1 by default. */
  readonly chains?: number;
  /**
   * Field to start from, of one chain (then replicated) or as many as asked; by default the sampler's own.
   */
  readonly initial?: Field;
  /** Components of the sampler's own initial field. */
  readonly components?: number;
  /** Called now and then, and at the end, with what is done and what there is in all. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Aborting rejects with Aborted, whose `partial` is what was done. */
  readonly signal?: AbortSignal;
}

/** The steps of a run that keeps records. */
export interface RecordOptions extends RunOptions {
  /** Steps of the run, behind the burn-in. */
  readonly steps: number;
  /** Steps from one record to the next; 1 by default. */
  readonly every?: number;
  /** Steps before the first record, left out. */
  readonly burnIn?: number;
}

/** By its parts, so that a field of another copy of the package passes. */
export const aField: Rule = (caller: string, name: string, value: Partial<Field> | null) => {
  if (value?.values instanceof Float32Array && Number.isInteger(value.sites)) return;
  throw new TypeError(`${caller}: ${name} must be a field, such as fieldFrom([1, 0, 2]), got ${got(value)}`);
};

export const runRules: Rules<RunOptions> = {
  chains: count,
  initial: aField,
  components: integer(1),
  seed: anything,
  onProgress: aFunction,
  signal: aSignal,
};

export const recordRules: Rules<RecordOptions> = {
  ...runRules,
  steps: needed(count),
  every: count,
  burnIn: countOrZero,
};

/** @throws TypeError for a run with two starts */
export function requireOneStart(
  caller: string,
  { initial, resume }: { readonly initial?: unknown; readonly resume?: unknown },
): void {
  if (initial && resume) throw new TypeError(`${caller}: a run starts from initial or from resume, got both`);
}

/** @throws RangeError for a run without a record */
export function requireRecord(caller: string, { steps, every = 1 }: RecordOptions): void {
  requireInteger(caller, 'every', every, 1, steps);
}

/** @throws RangeError for fewer steps than the run that is resumed has made */
export function requireLength(caller: string, steps: number, made: number): void {
  if (steps >= made) return;
  throw new RangeError(
    `${caller}: steps of a resumed run count from its start: at least those that it has made (${made}), got ${steps}`,
  );
}

/** @throws RangeError, with the bytes, for more records than memory holds */
export function requireRoom<State extends AnyState>(
  caller: string,
  { energy }: Sampler<State>,
  { shape: [, components, chains] }: State,
  { steps, every = 1 }: RecordOptions,
  runs = 1,
): void {
  const [records, numbers] = [runs * Math.floor(steps / every), energy.graph.nodeCount * components * chains];
  const bytes = 4 * records * numbers;
  if (bytes > 2 ** 26) requireBytes(caller, `${records} records of ${numbers} numbers need`, bytes);
}

/**
 * @throws RangeError where options differ from what they must agree with, such as those that a resumed run
 * began with
 */
export function requireSame<Asked extends object>(
  caller: string,
  asked: Asked,
  saved: Partial<Readonly<Record<keyof Asked, unknown>>>,
  of: string,
): void {
  for (const [name, value] of Object.entries(saved)) {
    const given = asked[name as keyof Asked];
    if (given === undefined || value === undefined || given === value) continue;
    throw new RangeError(`${caller}: ${name} must be that of ${of}, ${got(value)}, got ${got(given)}`);
  }
}

/** The state that a run of these options starts from. */
export function startOf<State extends AnyState>(sampler: Sampler<State>, options: RunOptions): State {
  const { seed = defaultSeed(), components = 1, initial } = options;
  const chains = options.chains ?? initial?.chains ?? 1;
  if (initial) requireSame('sample', options, { components: initial.components }, 'the initial field');
  const field = initial
    ? initial.chains === chains
      ? initial
      : replicate(initial, chains)
    : sampler.initialField({ components, chains, seed });
  const nodes = sampler.energy.graph.nodeCount;
  if (field.support !== 'node')
    throw new RangeError(`sample: the initial field must live on nodes, got one on ${field.support}s`);
  if (field.sites !== nodes) {
    throw new RangeError(
      `sample: the initial field must have one site per node (${nodes}), got ${field.sites}`,
    );
  }
  return sampler.init(field, seed);
}
