// Runs a sampler and keeps what it visits. Long runs report progress, can be aborted and resumed: the
// seed and the step fix all randomness, so a resumed run is identical to an uninterrupted one.
import { jupyterDisplay, messageAbove, type MimeBundle, summarised } from '../display/index.js';
import { ready } from '../engine/index.js';
import { replicate, type Field } from '../field/index.js';
import { defaultSeed, type Seed } from '../random/index.js';
import { samplesCard } from './display.js';
import { isByNode, meanTemperature } from './nodeTemperature.js';
import { SamplerStopped, type AnyState, type ValuesShape, type Sampler, type SavedState } from './sampler.js';

export interface SampleOptions {
  /** Independent replicas. */
  readonly chains?: number;
  /** Steps to run. */
  readonly steps: number;
  /** One record every so many steps. */
  readonly every?: number;
  /** Steps before the first record, left out. */
  readonly burnIn?: number;
  /** Default: that of the session (`setDefaultSeed`), 0 at first. */
  readonly seed?: Seed;
  /** Field to start from, of one chain (then replicated) or as many as asked. */
  readonly initial?: Field;
  /** Components of the default initial field. */
  readonly components?: number;
  /** Called now and then, and at the end, with steps done and steps in all. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Aborting rejects with SamplingAborted, which carries the samples so far. */
  readonly signal?: AbortSignal;
  /** A state to go on from, instead of chains, seed and initial. */
  readonly resume?: SavedState;
}

export interface Samples {
  readonly sampler: string;
  /** Temperature at the last record; the mean over nodes where they differ. */
  readonly temperature: number;
  readonly nodes: number;
  readonly components: number;
  readonly chains: number;
  readonly gauge: Field['gauge'];
  readonly seed: Seed;
  /** Steps between records. */
  readonly every: number;
  /** Steps done at each record. */
  readonly steps: readonly number[];
  /** Temperature at each record; the mean over nodes where they differ. */
  readonly temperatures: readonly number[];
  /** [nodes] at each record, of a sampler with temperatures by node. */
  readonly nodeTemperatures?: readonly ArrayLike<number>[];
  /** float32 [nodes, components, chains] at each record. */
  readonly states: readonly Float32Array[];
  /** Accepted fraction by chain, where it is counted: see Sampler. */
  readonly acceptance: readonly number[] | undefined;
  /** Where the run stands: pass it as `resume` to go on. */
  readonly state: SavedState;
}

/** Thrown when the signal aborts; `samples` holds what was done, `samples.state` resumes it. */
export class SamplingAborted extends Error {
  override readonly name = 'AbortError';
  constructor(readonly samples: Samples) {
    super(`sample: aborted at step ${samples.state.step}; resume from error.samples.state`);
  }

  [jupyterDisplay](): MimeBundle {
    return messageAbove(this.message, samplesCard(this.samples));
  }
}

/** Thrown when a sampler cannot go on; `samples` holds what was done, `samples.state` the last state that is whole. */
export class SamplingFailed extends Error {
  override readonly name = 'SamplingFailed';
  constructor(readonly samples: Samples, override readonly cause: Error) {
    super(`${cause.message} (error.samples holds what was done until step ${samples.state.step})`, { cause });
  }

  [jupyterDisplay](): MimeBundle {
    return messageAbove(this.message, samplesCard(this.samples));
  }
}

/** The event loop gets its turn this often, in milliseconds: progress, abort, interrupts. */
const TURN = 40;

/**
 * Samples [nodes, components, chains] every so many steps.
 *
 * @throws RangeError for steps, every, chains or burnIn that are no counts, an initial field that does not
 *         fit the graph; SamplingFailed, or Error on tensors, naming step and cause if the field stops being finite or a thread
 *         dies; SamplingAborted
 * @example const samples = await sample(langevin(energy, { temperature: 1, timeStep: 0.1 }),
 *            { chains: 16, steps: 2000, every: 10, seed: 1 });
 */
export async function sample<State extends AnyState>(sampler: Sampler<State>, options: SampleOptions): Promise<Samples> {
  const { steps, every = 1, burnIn = 0, resume } = options;
  count('steps', steps, 1);
  count('every', every, 1);
  count('burnIn', burnIn, 0);
  await ready();
  const first = resume ? sampler.restore(resume) : startOf(sampler, options);
  const total = burnIn + steps;
  const records: Records = { steps: [], temperatures: [], ...(isByNode(sampler.temperature) ? { nodeTemperatures: [] } : {}), states: [] };
  let state = first;
  try {
    let turn = performance.now();
    let stride = 1;
    for (let done = 0; done < total; ) {
      const toRecord = done < burnIn ? burnIn + every - done : every - ((done - burnIn) % every);
      const count = sampler.advance ? Math.min(stride, toRecord, total - done) : 1;
      const start = performance.now();
      const before = state.step;
      state = sampler.advance ? await sampler.advance(state, count, options.signal) : sampler.step(state);
      const made = state.step - before;
      done += made;
      stride = Math.max(1, Math.min(2 * stride, Math.floor((made * TURN) / (performance.now() - start))));
      if (made > 0 && done > burnIn && (done - burnIn) % every === 0) {
        await record(sampler, state, (resume?.step ?? 0) + done, records);
      }
      if (made < count) throw new SamplingAborted(await collect(sampler, state, every, records)); // or a kernel's interrupt
      if (performance.now() - turn > TURN) {
        options.onProgress?.(done, total);
        await new Promise(setImmediate);
        turn = performance.now();
        if (options.signal?.aborted) throw new SamplingAborted(await collect(sampler, state, every, records));
      }
    }
    options.onProgress?.(total, total);
    return await collect(sampler, state, every, records);
  } catch (error) {
    if (!(error instanceof SamplerStopped)) throw error;
    throw new SamplingFailed(await collect(sampler, error.state as State, every, records), error.cause);
  } finally {
    sampler.dispose(state);
  }
}

/** The state that a run of these options starts from. */
export function startOf<State extends AnyState>(
  sampler: Sampler<State>, options: Pick<SampleOptions, 'seed' | 'components' | 'initial' | 'chains'>,
): State {
  const { seed = defaultSeed(), components = 1, initial } = options;
  const chains = options.chains ?? initial?.chains ?? 1;
  count('chains', chains, 1);
  const field = initial ? (initial.chains === chains ? initial : replicate(initial, chains)) : sampler.initialField({ components, chains, seed });
  const nodes = sampler.energy.graph.nodeCount;
  if (field.sites !== nodes) {
    throw new RangeError(`sample: the initial field must have one site a node (${nodes}), got ${field.sites}`);
  }
  return sampler.init(field, seed);
}

/** What a run gathers. */
interface Records {
  readonly steps: number[];
  readonly temperatures: number[];
  readonly nodeTemperatures?: ArrayLike<number>[];
  readonly states: Float32Array[];
}

async function record<State extends AnyState>(
  sampler: Sampler<State>,
  state: State,
  step: number,
  records: Records,
): Promise<void> {
  const values = await sampler.read(state);
  if (!allFinite(values)) {
    const bad = values.find((x) => !Number.isFinite(x));
    throw new Error(
      `sample: the field is ${bad} at step ${step} under ${sampler.name}; ` +
        'the time step is too large for the curvature that it met, or the energy has no lower bound',
    );
  }
  const temperature = sampler.temperature.at(step - 1);
  records.steps.push(step);
  records.temperatures.push(meanTemperature(temperature));
  if (typeof temperature !== 'number') records.nodeTemperatures?.push(temperature);
  records.states.push(values);
}

/** Whether all x - x are 0, as they are unless x is NaN or infinite. */
function allFinite(values: Float32Array): boolean {
  let differences = 0;
  for (let i = 0; i < values.length; i++) differences += values[i] - values[i];
  return differences === 0;
}

async function collect<State extends AnyState>(
  sampler: Sampler<State>,
  state: State,
  every: number,
  records: Records,
): Promise<Samples> {
  const saved = await sampler.save(state);
  const [nodes, components, chains] = saved.shape as ValuesShape;
  return summarised({
    sampler: sampler.name,
    temperature: records.temperatures.at(-1) ?? meanTemperature(sampler.temperature.at(saved.step)),
    nodes,
    components,
    chains,
    gauge: saved.gauge,
    seed: saved.seed,
    every,
    ...records,
    acceptance: sampler.acceptance(state),
    state: saved,
  }, samplesCard);
}

function count(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`sample: ${name} must be an integer >= ${least}, got ${value}`);
  }
}
