// A driven run: the energy, the temperature or both are changed stage by stage while a sampler keeps the field near the law of
// the moment. H_k and T_k are those of stage k = 0 ... n:
//   jump        W_k = H_k(x) - H_(k-1)(x)       work, done while the field stands still
//   relaxation  Q_k = H_k(x') - H_k(x)          heat, taken from the bath while the energy stands still
// so that H_n(end) - H_0(start) = sum of W_k + Q_k (the first law, by construction), and the bath gains the entropy - sum of
// Q_k / T_k. Where stage 0 starts in equilibrium, T is constant, and the sampler keeps exp(-H_k/T) (heat bath, Metropolis,
// clusters, MALA; not Langevin steps of finite size): <exp(-W/T)> = exp(-dF/T) at any speed. A change of T alone does no work.
// Sources: Jarzynski, Phys. Rev. Lett. 78 (1997) 2690, doi:10.1103/PhysRevLett.78.2690; Crooks, Phys. Rev. E 60 (1999) 2721,
// doi:10.1103/PhysRevE.60.2721.
import { summarised } from '../display/index.js';
import { ready } from '../engine/index.js';
import type { Hamiltonian } from '../energy/index.js';
import type { Field } from '../field/index.js';
import { requireInteger, requirePositive } from '../graph/check.js';
import type { Seed } from '../random/index.js';
import { chainEnergies } from './chainEnergies.js';
import { drivenCard } from './display.js';
import { requireOneTemperature } from './nodeTemperature.js';
import { sample, SamplingAborted, startOf, type Samples } from './sample.js';
import type { AnyState, Sampler, SavedState } from './sampler.js';
import { asSchedule, type Temperature } from './schedule.js';

export interface DriveOptions<State extends AnyState> {
  /** H of a value of the protocol. */
  readonly energy: (lambda: number, stage: number) => Hamiltonian;
  /** lambda_0 ... lambda_n, n at least 1. */
  readonly protocol: ArrayLike<number>;
  /** T_k: a number, or a schedule whose steps are stages. */
  readonly temperature: Temperature;
  /** The sampler of a stage. Its name must be the same at all stages: the state goes on from one to the next. */
  readonly sampler: (energy: Hamiltonian, temperature: number) => Sampler<State>;
  /** Steps of the sampler after every jump; 1 by default. */
  readonly sweepsPerStage?: number;
  /** Steps at stage 0 before the first jump, to be in equilibrium; neither work nor heat. */
  readonly burnIn?: number;
  /** A field to start from: without burn-in it must be in the law of stage 0. */
  readonly initial?: Field;
  readonly chains?: number;
  /** Of the sampler's own initial field. */
  readonly components?: number;
  readonly seed?: Seed;
  /** Called now and then, and at the end, with stages done and stages in all. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Aborting rejects with SamplingAborted. */
  readonly signal?: AbortSignal;
}

/** Arrays by stage start with stage 0, where there is neither work nor heat; [chains] each. */
export interface DrivenRun {
  readonly sampler: string;
  readonly protocol: Float64Array;
  readonly temperatures: Float64Array;
  /** W of each chain: sum over stages. */
  readonly work: Float64Array;
  /** Q of each chain. */
  readonly heat: Float64Array;
  /** Given to the bath by each chain: - sum of Q_k / T_k. */
  readonly entropy: Float64Array;
  readonly works: readonly Float64Array[];
  readonly heats: readonly Float64Array[];
  /** H_k at the end of stage k. */
  readonly energies: readonly Float64Array[];
  /** Where the run stands. */
  readonly state: SavedState;
}

/** The event loop gets its turn this often, in milliseconds. */
const TURN = 40;

/**
 * Drives independent chains through the stages of a protocol.
 *
 * @throws RangeError for a protocol of fewer than two values, a temperature that is not positive, counts that are none, or with
 *         neither a burn-in nor an initial field; what the sampler throws; SamplingAborted
 * @example
 * const { work } = await drive({
 *   energy: (J) => hamiltonian(complete(6), [interaction({ J })]), protocol: [1, 1.2, 1.4, 1.6, 1.8, 2], temperature: 1,
 *   sampler: (energy, temperature) => mala(energy, { temperature, timeStep: 0.05 }), burnIn: 200, sweepsPerStage: 4, chains: 4096, seed: 1,
 * });
 * -Math.log(mean(work.map((w) => Math.exp(-w)))); // 1.73, of (N - 1) / 2 ln 2 = 1.7329
 */
export async function drive<State extends AnyState>(options: DriveOptions<State>): Promise<DrivenRun> {
  const { sampler, sweepsPerStage = 1, burnIn = 0, initial, signal, onProgress } = options;
  const protocol = Float64Array.from(options.protocol);
  if (protocol.length < 2) throw new RangeError(`drive: the protocol needs at least two values, got ${protocol.length}`);
  requireInteger('drive', 'sweepsPerStage', sweepsPerStage, 1);
  requireInteger('drive', 'burnIn', burnIn, 0);
  if (burnIn === 0 && !initial) throw new RangeError('drive: needs a burnIn, or an initial field in the law of stage 0, got neither');
  const schedule = asSchedule('drive', options.temperature);
  const temperatures = protocol.map((_, stage) => schedule.at(stage));
  temperatures.forEach((T, stage) => requirePositive('drive', `the temperature of stage ${stage}`, T));
  await ready();

  let energy = options.energy(protocol[0], 0);
  let now = sampler(energy, temperatures[0]);
  requireOneTemperature('drive', now.temperature);
  let { saved, values } = await begin(now, options);
  const chains = saved.shape[2];
  const zeros = (): Float64Array => new Float64Array(chains);
  const [works, heats, energies] = [[zeros()], [zeros()], [chainEnergies(energy, values, chains)]];
  let turn = performance.now();
  for (let stage = 1; stage < protocol.length; stage++) {
    const before = energies[stage - 1];
    const last = energy;
    energy = options.energy(protocol[stage], stage);
    if (last !== energy) last.dispose();
    now = sampler(energy, temperatures[stage]);
    const jumped = chainEnergies(energy, values, chains);
    const samples = await relax(now, saved, sweepsPerStage, signal);
    [saved, values] = [samples.state, samples.states[0]];
    const after = chainEnergies(energy, values, chains);
    works.push(jumped.map((E, c) => E - before[c]));
    heats.push(after.map((E, c) => E - jumped[c]));
    energies.push(after);
    if (performance.now() - turn > TURN) {
      onProgress?.(stage, protocol.length - 1);
      await new Promise(setImmediate);
      turn = performance.now();
      if (signal?.aborted) throw new SamplingAborted(samples);
    }
  }
  onProgress?.(protocol.length - 1, protocol.length - 1);
  const sum = (by: readonly Float64Array[], weight: (stage: number) => number): Float64Array =>
    zeros().map((_, c) => by.reduce((total, each, stage) => total + each[c] * weight(stage), 0));
  return summarised<DrivenRun>({
    sampler: now.name, protocol, temperatures,
    work: sum(works, () => 1), heat: sum(heats, () => 1), entropy: sum(heats, (stage) => -1 / temperatures[stage]),
    works, heats, energies, state: saved,
  }, drivenCard);
}

/** The state after the burn-in, and its field. */
async function begin<State extends AnyState>(sampler: Sampler<State>, options: DriveOptions<State>): Promise<{ saved: SavedState; values: Float32Array }> {
  const state = startOf(sampler, options);
  const saved = await sampler.save(state);
  const values = await sampler.read(state);
  sampler.dispose(state);
  if (!options.burnIn) return { saved, values };
  const samples = await relax(sampler, saved, options.burnIn, options.signal);
  return { saved: samples.state, values: samples.states[0] };
}

const relax = <State extends AnyState>(sampler: Sampler<State>, resume: SavedState, steps: number, signal: AbortSignal | undefined): Promise<Samples> =>
  sample(sampler, { resume, steps, every: steps, signal });
