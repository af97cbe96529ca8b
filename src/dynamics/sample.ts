// Runs a sampler and keeps what it visits. Long runs report progress, can be aborted and resumed: the
// seed and the step fix all randomness, so a resumed run is identical to an uninterrupted one.
import { Aborted, RunFailed, summarised } from '../display/index.js';
import { ready } from '../tensors/index.js';
import { replicate, type Field } from '../field/index.js';
import { defaultSeed, type Seed } from '../random/index.js';
import { isByNode, meanTemperature } from './langevin/nodeTemperature.js';
import { Pace } from './pace.js';
import { type Samples, samplesCard } from './sampleResult.js';
import { SamplerStopped, type AnyState, type Sampler, type SavedState } from './sampler.js';

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
  /** Aborting rejects with Aborted, whose `partial` are the samples so far. */
  readonly signal?: AbortSignal;
  /**
   * Instead of chains, seed and initial: samples that were aborted, of the same call, which becomes the run never stopped; or a saved
   * state, from which a new run starts.
   */
  readonly resume?: Samples | SavedState;
}

/**
 * Samples [nodes, components, chains] every so many steps.
 *
 * @throws RangeError for steps, every, chains or burnIn that are no counts, an initial field that does not
 *         fit the graph, samples to resume of another `every`; RunFailed<Samples> with the place and the cause, if the field stops
 *         being finite, an energy is not a number or a thread dies; Aborted<Samples>
 * @example const samples = await sample(langevin(energy, { temperature: 1, timeStep: 0.1 }),
 *            { chains: 16, steps: 2000, every: 10, seed: 1 });
 */
export async function sample<State extends AnyState>(sampler: Sampler<State>, options: SampleOptions): Promise<Samples> {
  const { steps, every = 1, burnIn = 0, resume, onProgress, signal } = options;
  count('steps', steps, 1);
  count('every', every, 1);
  count('burnIn', burnIn, 0);
  const earlier = resume && 'states' in resume ? resume : undefined;
  if (earlier && earlier.every !== every) throw new RangeError(`sample: every must be ${earlier.every}, as of the samples to resume, got ${every}`);
  await ready();
  const saved = earlier ? earlier.state : (resume as SavedState | undefined);
  let state = saved ? sampler.restore(saved) : startOf(sampler, options);
  const begin = earlier?.begin ?? saved?.step ?? 0;
  const total = burnIn + steps;
  const records = new Records(sampler, earlier);
  const collected = (): Promise<Samples> => records.collected(state, begin, every);
  const pace = new Pace(sampler, signal, (step) => onProgress?.(step - begin, total));
  try {
    for (let done = state.step - begin; done < total;) {
      const next = Math.min(total, done < burnIn ? burnIn + every : done + every - ((done - burnIn) % every));
      state = await pace.advance(state, next - done);
      if (state.step - begin < next) throw new Aborted('sample', `step ${state.step}`, await collected()); // or a kernel's interrupt
      done = next;
      if (done > burnIn && (done - burnIn) % every === 0) await records.add(state);
    }
    onProgress?.(total, total);
    return await collected();
  } catch (error) {
    if (!(error instanceof SamplerStopped)) throw error;
    state = error.state as State;
    throw new RunFailed(error.cause, await collected());
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
export class Records<State extends AnyState> {
  readonly steps: number[];
  readonly temperatures: number[];
  readonly nodeTemperatures: ArrayLike<number>[] | undefined;
  readonly states: Float32Array[];

  /** @param earlier goes on with these */
  constructor(readonly sampler: Sampler<State>, earlier?: Pick<Samples, 'steps' | 'temperatures' | 'nodeTemperatures' | 'states'>) {
    const { steps = [], temperatures = [], nodeTemperatures = [], states = [] } = earlier ?? {};
    [this.steps, this.temperatures, this.states] = [[...steps], [...temperatures], [...states]];
    this.nodeTemperatures = isByNode(sampler.temperature) ? [...nodeTemperatures] : undefined;
  }

  /** @returns the field, which is kept */
  async add(state: State): Promise<Float32Array> {
    const { sampler } = this;
    const values = await sampler.read(state);
    const { step } = state;
    if (!allFinite(values)) {
      throw new SamplerStopped(new Error(`sample: the field is ${values.find((x) => !Number.isFinite(x))} at step ${step} under ${sampler.name}`), state);
    }
    const temperature = sampler.temperature.at(step - 1);
    this.steps.push(step);
    this.temperatures.push(meanTemperature(temperature));
    if (typeof temperature !== 'number') this.nodeTemperatures?.push(temperature);
    this.states.push(values);
    return values;
  }

  async collected(state: State, begin: number, every: number): Promise<Samples> {
    const { sampler, steps, temperatures, nodeTemperatures, states } = this;
    const saved = await sampler.save(state);
    const [nodes, components, chains] = saved.shape;
    return summarised({
      sampler: sampler.name,
      temperature: temperatures.at(-1) ?? meanTemperature(sampler.temperature.at(saved.step)),
      nodes, components, chains, gauge: saved.gauge, seed: saved.seed, begin, every, steps, temperatures,
      ...(nodeTemperatures ? { nodeTemperatures } : {}), states,
      acceptance: sampler.acceptance(state),
      state: saved,
    }, samplesCard);
  }
}

/** Whether all x - x are 0, as they are unless x is NaN or infinite. */
function allFinite(values: Float32Array): boolean {
  let differences = 0;
  for (let i = 0; i < values.length; i++) differences += values[i] - values[i];
  return differences === 0;
}

function count(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`sample: ${name} must be an integer >= ${least}, got ${value}`);
  }
}
