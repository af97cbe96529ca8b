// What every run takes, how it is checked, and the state that it starts from.
import { type Field, replicate } from '../fields/index.js';
import { requireBytes } from '../graphs/index.js';
import { defaultSeed, seedOption, type SeedOption } from '../randomness/index.js';
import { got, requireInteger } from '../numerics/check.js';
import { byDefault, type Filled, needed, type OptionsOf, type Rule, typed } from '../numerics/options.js';
import { aFunction, aSignal, integer } from '../numerics/rules.js';
import { count, countOrZero } from './check.js';
import type { AnyState, Sampler } from './sampler.js';

/** By its parts, so that a field of another copy of the package passes. */
export const aField: Rule<Field> = (caller: string, name: string, value: Partial<Field> | null) => {
  if (value?.values instanceof Float32Array && Number.isInteger(value.sites)) return;
  throw new TypeError(`${caller}: ${name} must be a field, such as fieldFrom([1, 0, 2]), got ${got(value)}`);
};

export const progressOptions = {
  ...seedOption,
  /** Called now and then, and at the end, with what is done and what there is in all. */
  onProgress: typed<(done: number, total: number) => void>(aFunction),
  /** Aborting rejects with Aborted, whose `partial` is what was done. */
  signal: aSignal,
};

/** What every long run takes. */
export interface ProgressOptions extends SeedOption, OptionsOf<typeof progressOptions> {}

export const runOptions = {
  /** Independent replicas; 1 by default. */
  chains: count,
  /**
   * Field to start from, of one chain (then replicated) or as many as asked; by default the sampler's own.
   */
  initial: aField,
  /** Components of the sampler's own initial field. */
  components: integer(1),
  ...progressOptions,
};

/** What every run of a sampler takes. */
export interface RunOptions extends ProgressOptions, OptionsOf<typeof runOptions> {}

export const recordOptions = {
  /** Steps of the run, behind the burn-in. */
  steps: needed(count),
  /** Steps from one record to the next; 1 by default. */
  every: byDefault(1, count),
  /** Steps before the first record, left out; 0 by default. */
  burnIn: byDefault(0, countOrZero),
  ...runOptions,
};

/** The steps of a run that keeps records. */
export interface RecordOptions extends RunOptions, OptionsOf<typeof recordOptions> {}

/** @throws TypeError for a run with two starts */
export function requireOneStart(
  caller: string,
  { initial, resume }: { readonly initial?: unknown; readonly resume?: unknown },
): void {
  if (initial && resume) throw new TypeError(`${caller}: a run starts from initial or from resume, got both`);
}

type RecordSteps = Pick<Filled<typeof recordOptions>, 'steps' | 'every'>;

/** @throws RangeError for a run without a record */
export function requireRecord(caller: string, { steps, every }: RecordSteps): void {
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
  { steps, every }: RecordSteps,
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
