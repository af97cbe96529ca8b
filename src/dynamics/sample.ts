// Runs a sampler and keeps what it visits. Long runs report progress, can be aborted and resumed: the
// seed and the step fix all randomness, so a resumed run is identical to an uninterrupted one.
import { printAs } from '../display/index.js';
import { ready } from '../tensors/index.js';
import { type Field, replicate } from '../field/index.js';
import { requireBytes } from '../graph/memory.js';
import { defaultSeed, type SeedOption } from '../random/index.js';
import { got, requireInteger } from '../numerics/check.js';
import {
  aFunction,
  anything,
  aSignal,
  checkOptions,
  each,
  integer,
  needed,
  oneOf,
  type Rule,
  type Rules,
} from '../numerics/options.js';
import { count, countOrZero } from './check.js';
import { allFinite, requireRecords } from './checkRecords.js';
import { requirePlace } from './checkState.js';
import { EnergyWatch } from './energyWatch.js';
import { isByNode, meanTemperature } from './langevin/nodeTemperature.js';
import { Pace } from './pace.js';
import { type Samples, samplesCard } from './sampleResult.js';
import { CHANGES, type Change } from './stateUnder.js';
import { requireSampler, SamplerStopped, type AnyState, type Sampler, type SavedState } from './sampler.js';

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

/** Options of `sample`. */
export interface SampleOptions extends RecordOptions {
  /**
   * Instead of chains, seed and initial: aborted samples of the same call, which go on as if never stopped;
   * or a state, to start from.
   */
  readonly resume?: Samples | SavedState;
  /**
   * What may differ on purpose from the run that saved the state: with `['temperature']` a run starts from a
   * state that was sampled at another temperature.
   */
  readonly allow?: readonly Change[];
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

/**
 * Runs a sampler on independent chains and keeps its state, float32 [nodes, components, chains], every so
 * many steps. The seed and
 * the step fix all randomness: the same call gives the same numbers, also after a stop and `resume`.
 *
 * @throws RangeError for steps, every, chains or burnIn that are not whole numbers, an `every` above
 * `steps`, an
 * initial field that does not
 *         fit the graph, samples to resume of another run; TypeError for a wrong sampler or an unknown
 *         option;
 *         RunFailed<Samples> with the place
 *         and the cause, if the field stops being finite, an energy is not a number or a thread dies;
 *         Aborted<Samples>
 * @example
 * const energy = hamiltonian(karateClub(), [interaction()]);
 * const sampler = langevin(energy, { temperature: 1, timeStep: 0.02 });
 * const samples = await sample(sampler, { chains: 16, burnIn: 100, steps: 2000, every: 10, seed: 1 });
 * samples.states.length; // 200
 * observe(samples, energyOf(energy)).length; // 16
 */
export async function sample<State extends AnyState>(
  sampler: Sampler<State>,
  options: SampleOptions,
): Promise<Samples> {
  requireSampler('sample', 'the sampler', sampler);
  checkOptions('sample', options, { ...recordRules, resume: aResume, allow: changesRule });
  const { steps, every = 1, burnIn = 0, resume, allow, onProgress, signal } = options;
  requireOneStart('sample', options);
  requireRecord('sample', options);
  const earlier = resume && 'states' in resume ? resume : undefined;
  const saved = earlier ? earlier.state : (resume as SavedState | undefined);
  if (saved) requirePlace('sample', saved);
  if (saved)
    requireSame(
      'sample',
      options,
      { seed: saved.seed, components: saved.shape[1], chains: saved.shape[2] },
      'what is resumed',
    );
  if (allow && !saved) throw new TypeError('sample: allow belongs to resume, and resume is missing');
  if (earlier) {
    requireRecords('sample', earlier);
    requireSame('sample', { every }, { every: earlier.every }, 'the samples to resume');
    const made = earlier.state.step - (earlier.begin ?? 0) - burnIn;
    if (steps < made)
      throw new RangeError(
        `sample: steps of a resumed run count from its start: at least those that it has made (${made}), got ${steps}`,
      );
    if (allow)
      throw new TypeError(
        'sample: samples go on under the same law; with allow, resume must be a state, such as samples.state',
      );
  }
  await ready();
  let state = saved ? sampler.restore(saved, allow) : startOf(sampler, options);
  const begin = earlier?.begin ?? saved?.step ?? 0;
  requireRoom('sample', sampler, state, options);
  const total = burnIn + steps;
  const records = new Records(sampler, earlier);
  const partial = (last: State): Promise<Samples> => records.collected((state = last), begin, every);
  const stop = { caller: 'sample', signal, where: ({ step }: State) => `step ${step}`, partial };
  const pace = new Pace(sampler, stop, (step) => onProgress?.(step - begin, total));
  try {
    for (let done = state.step - begin; done < total; ) {
      const next = Math.min(total, done < burnIn ? burnIn + every : done + every - ((done - burnIn) % every));
      state = await pace.advance(state, next - done);
      done = next;
      if (done > burnIn && (done - burnIn) % every === 0) await pace.orFailed(records.add(state));
    }
    await pace.orFailed(records.end(state));
    onProgress?.(total, total);
    return await partial(state);
  } finally {
    sampler.dispose(state);
  }
}

const changesRule = each(oneOf(...CHANGES));

const aResume: Rule = (caller: string, name: string, value: Partial<Samples & SavedState> | null) => {
  if (typeof value === 'object' && value !== null && (value.arrays ?? value.state?.arrays)) return;
  throw new TypeError(`${caller}: ${name} must be samples or a saved state, got ${got(value)}`);
};

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

/** What a run gathers. */
export class Records<State extends AnyState> {
  readonly #watch: EnergyWatch<State>;
  readonly #steps: number[];
  readonly #temperatures: number[];
  readonly #nodeTemperatures: ArrayLike<number>[];
  readonly #states: Float32Array[];

  /** @param earlier goes on with these */
  constructor(
    readonly sampler: Sampler<State>,
    earlier?: Samples,
  ) {
    this.#watch = new EnergyWatch(sampler);
    const { steps = [], temperatures = [], nodeTemperatures = [], states = [] } = earlier ?? {};
    [this.#steps, this.#temperatures] = [[...steps], [...temperatures]];
    [this.#nodeTemperatures, this.#states] = [[...nodeTemperatures], [...states]];
  }

  /** @returns the field, which is kept */
  async add(state: State): Promise<Float32Array> {
    const { sampler } = this;
    const values = await sampler.read(state);
    const { step } = state;
    if (!allFinite(values)) {
      throw new SamplerStopped(
        new Error(
          `sample: the field is ${values.find((x) => !Number.isFinite(x))} at step ${step} under ${sampler.name}`,
        ),
        state,
      );
    }
    this.#look(state, values);
    const temperature = sampler.temperature.at(step - 1);
    this.#steps.push(step);
    this.#temperatures.push(meanTemperature(temperature));
    if (typeof temperature !== 'number') this.#nodeTemperatures.push(temperature);
    this.#states.push(values);
    return values;
  }

  /** A last look at the energies of the last record. */
  async end(state: State): Promise<void> {
    if (this.#states.length > 0 && this.#steps.at(-1) === state.step)
      this.#look(state, this.#states.at(-1)!, true);
  }

  #look(state: State, values: Float32Array, isLast = false): void {
    this.#watch.look('sample', state, values, isLast);
  }

  /**
   * A run that stops may have left the states of its law with the step of its last record: no later step has
   * seen it.
   */
  #leaveOut(chains: number): void {
    if (!this.#watch.wrongIn(this.#states.at(-1)!, chains)) return;
    for (const list of [this.#steps, this.#temperatures, this.#nodeTemperatures, this.#states]) list.pop();
  }

  async collected(state: State, begin: number, every: number): Promise<Samples> {
    const { sampler } = this;
    const saved = await sampler.save(state);
    const {
      shape: [nodes, components, chains],
      gauge,
      seed,
    } = saved;
    if (this.#steps.at(-1) === state.step && !this.#watch.hasPassed(state.step)) this.#leaveOut(chains);
    return printAs(
      {
        sampler: sampler.name,
        graph: sampler.energy.graph.hash,
        energy: sampler.energy.hash,
        temperature: this.#temperatures.at(-1) ?? meanTemperature(sampler.temperature.at(saved.step)),
        nodes,
        components,
        chains,
        gauge,
        seed,
        begin,
        every,
        steps: this.#steps,
        temperatures: this.#temperatures,
        ...(isByNode(sampler.temperature) ? { nodeTemperatures: this.#nodeTemperatures } : {}),
        states: this.#states,
        acceptance: sampler.acceptance(state),
        state: saved,
      },
      samplesCard,
    );
  }
}
