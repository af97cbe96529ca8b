// Runs a sampler and keeps what it visits. Long runs report progress, can be aborted and resumed: the
// seed and the step fix all randomness, so a resumed run is identical to an uninterrupted one.
import { printAs } from '../display/index.js';
import { ready } from '../tensors/index.js';
import { replicate, type Field } from '../field/index.js';
import { defaultSeed, type SeedOption } from '../random/index.js';
import { requireCounts } from './check.js';
import { isByNode, meanTemperature } from './langevin/nodeTemperature.js';
import { Pace } from './pace.js';
import { keepEnergy, type Samples, samplesCard } from './sampleResult.js';
import { SamplerStopped, type AnyState, type Sampler, type SavedState } from './sampler.js';

/** What every run takes. */
export interface RunOptions extends SeedOption {
  /** Independent replicas; 1 by default. */
  readonly chains?: number;
  /** Field to start from, of one chain (then replicated) or as many as asked; by default the sampler's own. */
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
  readonly steps: number;
  /** Steps from one record to the next; 1 by default. */
  readonly every?: number;
  /** Steps before the first record, left out. */
  readonly burnIn?: number;
}

export interface SampleOptions extends RecordOptions {
  /** Instead of chains, seed and initial: aborted samples of the same call, which go on as if never stopped; or a state, to start from. */
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
  requireCounts('sample', { steps, every, burnIn });
  const earlier = resume && 'states' in resume ? resume : undefined;
  if (earlier && earlier.every !== every) throw new RangeError(`sample: every must be ${earlier.every}, as of the samples to resume, got ${every}`);
  await ready();
  const saved = earlier ? earlier.state : (resume as SavedState | undefined);
  let state = saved ? sampler.restore(saved) : startOf(sampler, options);
  const begin = earlier?.begin ?? saved?.step ?? 0;
  const total = burnIn + steps;
  const records = new Records(sampler, earlier);
  const partial = (last: State): Promise<Samples> => records.collected((state = last), begin, every);
  const stop = { caller: 'sample', signal, where: ({ step }: State) => `step ${step}`, partial };
  const pace = new Pace(sampler, stop, (step) => onProgress?.(step - begin, total));
  try {
    for (let done = state.step - begin; done < total;) {
      const next = Math.min(total, done < burnIn ? burnIn + every : done + every - ((done - burnIn) % every));
      state = await pace.advance(state, next - done);
      done = next;
      if (done > burnIn && (done - burnIn) % every === 0) await pace.orFailed(records.add(state));
    }
    onProgress?.(total, total);
    return await partial(state);
  } finally {
    sampler.dispose(state);
  }
}

/** The state that a run of these options starts from. */
export function startOf<State extends AnyState>(sampler: Sampler<State>, options: RunOptions): State {
  const { seed = defaultSeed(), components = 1, initial } = options;
  const chains = options.chains ?? initial?.chains ?? 1;
  requireCounts('sample', { chains });
  const field = initial ? (initial.chains === chains ? initial : replicate(initial, chains)) : sampler.initialField({ components, chains, seed });
  const nodes = sampler.energy.graph.nodeCount;
  if (field.sites !== nodes) {
    throw new RangeError(`sample: the initial field must have one site per node (${nodes}), got ${field.sites}`);
  }
  return sampler.init(field, seed);
}

/** What a run gathers. */
export class Records<State extends AnyState> {
  readonly #steps: number[];
  readonly #temperatures: number[];
  readonly #nodeTemperatures: ArrayLike<number>[];
  readonly #states: Float32Array[];

  /** @param earlier goes on with these */
  constructor(readonly sampler: Sampler<State>, earlier?: Samples) {
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
      throw new SamplerStopped(new Error(`sample: the field is ${values.find((x) => !Number.isFinite(x))} at step ${step} under ${sampler.name}`), state);
    }
    const temperature = sampler.temperature.at(step - 1);
    this.#steps.push(step);
    this.#temperatures.push(meanTemperature(temperature));
    if (typeof temperature !== 'number') this.#nodeTemperatures.push(temperature);
    this.#states.push(values);
    return values;
  }

  async collected(state: State, begin: number, every: number): Promise<Samples> {
    const { sampler } = this;
    const saved = await sampler.save(state);
    const { shape: [nodes, components, chains], gauge, seed } = saved;
    return keepEnergy(sampler.energy, printAs({
      sampler: sampler.name,
      temperature: this.#temperatures.at(-1) ?? meanTemperature(sampler.temperature.at(saved.step)),
      nodes, components, chains, gauge, seed, begin, every, steps: this.#steps, temperatures: this.#temperatures,
      ...(isByNode(sampler.temperature) ? { nodeTemperatures: this.#nodeTemperatures } : {}), states: this.#states,
      acceptance: sampler.acceptance(state),
      state: saved,
    }, samplesCard));
  }
}

/** Whether all x - x are 0, as they are unless x is NaN or infinite. */
function allFinite(values: Float32Array): boolean {
  let differences = 0;
  for (let i = 0; i < values.length; i++) differences += values[i] - values[i];
  return differences === 0;
}
