// Parallel tempering: one field at each temperature of a ladder, all moved by a sampler; after every round of steps neighbours
// on the ladder, even pairs and odd pairs by turns, change places with probability
//   min(1, exp((1/T_a - 1/T_b)(E_a - E_b))),
// which leaves every exp(-H/T) as it is where the sampler does. Ladders are independent: one a chain. What a sampler keeps
// besides the field (velocities) stays with the temperature. Sources: Swendsen and Wang, Phys. Rev. Lett. 57 (1986) 2607,
// doi:10.1103/PhysRevLett.57.2607; Hukushima and Nemoto, J. Phys. Soc. Jpn. 65 (1996) 1604, doi:10.1143/JPSJ.65.1604.
import { jupyterDisplay, messageAbove, type MimeBundle, summarised } from '../display/index.js';
import { requireInteger, requirePositive } from '../graph/check.js';
import { defaultSeed, randomKey, type Seed, uniformGenerator } from '../random/index.js';
import type { Field } from '../field/index.js';
import { chainEnergies } from './chainEnergies.js';
import { temperingCard } from './display.js';
import { requireOneTemperature } from './nodeTemperature.js';
import { copyRungs, type RungsState, startRungs, swapRungs } from './roundTrips.js';
import { sample, type Samples, SamplingAborted } from './sample.js';
import type { AnyState, Sampler, SavedState } from './sampler.js';

export interface TemperingOptions<State extends AnyState> {
  /** The ladder, ascending, at least two. */
  readonly temperatures: readonly number[];
  /** The sampler of one temperature; its name must be the same at all. */
  readonly sampler: (temperature: number) => Sampler<State>;
  /** Rounds that are recorded; each ends with swaps. */
  readonly rounds: number;
  /** Steps of the sampler a round; 1 by default. */
  readonly stepsPerRound?: number;
  /** Rounds before the first record, left out of swap rates too. */
  readonly burnIn?: number;
  /** Independent ladders. */
  readonly chains?: number;
  /** Of the field that each temperature starts from. */
  readonly initial?: Field;
  readonly components?: number;
  readonly seed?: Seed;
  /** Called after rounds, with rounds done and rounds in all. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Aborting rejects with TemperingAborted, which carries the rounds that are done. */
  readonly signal?: AbortSignal;
  /** A state to go on from, instead of chains, seed and initial: the run is the one that was never stopped. */
  readonly resume?: TemperingState;
}

export interface TemperingState {
  /** Rounds done. */
  readonly round: number;
  readonly seed: Seed;
  /** By temperature. */
  readonly saved: readonly SavedState[];
  readonly rungs: RungsState;
}

export interface Tempering {
  /** By temperature, as `sample` returns them: one record a round, before its swaps. */
  readonly samples: readonly Samples[];
  /** By pair of neighbours: the lower temperature, swaps tried and taken in all ladders. */
  readonly swaps: readonly { readonly temperature: number; readonly tried: number; readonly taken: number; readonly rate: number }[];
  /** By ladder: how often a field came from the lowest temperature to the highest and back, burn-in included. */
  readonly roundTrips: Float64Array;
  /** Where the run stands: pass it as `resume` to go on. */
  readonly state: TemperingState;
}

/** Thrown when the signal aborts, after the first whole round; `tempering` holds what was done, `tempering.state` resumes it. */
export class TemperingAborted extends Error {
  override readonly name = 'AbortError';
  constructor(readonly tempering: Tempering) {
    super(`parallelTempering: aborted after round ${tempering.state.round}; resume from error.tempering.state`);
  }

  [jupyterDisplay](): MimeBundle {
    return messageAbove(this.message, temperingCard(this.tempering));
  }
}

/**
 * Runs ladders of temperatures side by side.
 *
 * @throws RangeError for a ladder that does not ascend from a positive temperature, counts that are none, a state of another
 *         ladder; TemperingAborted; what the sampler throws
 * @example
 * const { samples, swaps } = await parallelTempering({
 *   temperatures: [0.5, 1, 2, 4], sampler: (temperature) => heatBath(ising, { temperature }), rounds: 2000, burnIn: 200, chains: 16, seed: 1,
 * });
 */
export async function parallelTempering<State extends AnyState>(options: TemperingOptions<State>): Promise<Tempering> {
  const { rounds, stepsPerRound = 1, burnIn = 0, signal, onProgress, resume } = options;
  const { temperatures, chains, seed } = checked(options);
  const samplers = temperatures.map((T) => options.sampler(T));
  for (const { temperature } of samplers) requireOneTemperature('parallelTempering', temperature);
  const rungs = resume ? copyRungs(resume.rungs) : startRungs(temperatures.length, chains);
  const start = resume?.round ?? 0;
  let saved = resume?.saved;
  let last: Samples[] = [];
  const records: Float32Array[][] = temperatures.map(() => []);
  const steps: number[] = [];
  const pairs = temperatures.slice(1).map((_, k) => ({ temperature: temperatures[k], tried: 0, taken: 0 }));
  const done = (round: number): Tempering => summarised<Tempering>({
    samples: last.map((samples, k) => ({
      ...samples, every: stepsPerRound, steps: [...steps], temperatures: steps.map(() => temperatures[k]), states: records[k], state: saved![k],
    })),
    swaps: pairs.map((pair) => ({ ...pair, rate: pair.taken / pair.tried })),
    roundTrips: rungs.trips,
    state: { round, seed, saved: saved!, rungs },
  }, temperingCard);
  /** One round of one temperature, from where it stood. */
  const move = (k: number): Promise<Samples> => {
    const { initial, components } = options;
    const from = saved ? { resume: saved[k] } : { initial, components, chains, seed: (randomKey(seed, `temperature ${k}`).stream ^ randomKey(seed).seed) >>> 0 };
    return sample(samplers[k], { ...from, steps: stepsPerRound, every: stepsPerRound, signal });
  };

  for (let round = start; round < start + burnIn + rounds; round++) {
    const isRecorded = round >= start + burnIn;
    const moved: Samples[] = [];
    try {
      if (round > start) signal?.throwIfAborted();
      for (const k of temperatures.keys()) moved.push(await move(k));
    } catch (error) { // a round that is not whole is left out: on resume it is made again
      if (last.length > 0 && (error instanceof SamplingAborted || signal?.aborted)) throw new TemperingAborted(done(round));
      throw error;
    }
    last = moved;
    const fields = last.map(({ states }) => states[0].slice());
    const energies = fields.map((field, k) => chainEnergies(samplers[k].energy, field, chains));
    if (isRecorded) {
      last.forEach(({ states }, k) => records[k].push(states[0]));
      steps.push(last[0].steps[0]);
    }
    const random = uniformGenerator(seed, `swaps ${round}`);
    for (let k = round % 2; k + 1 < temperatures.length; k += 2) {
      for (let c = 0; c < chains; c++) {
        const exponent = (1 / temperatures[k] - 1 / temperatures[k + 1]) * (energies[k][c] - energies[k + 1][c]);
        const isTaken = random() < Math.exp(exponent);
        if (isRecorded) {
          pairs[k].tried++;
          pairs[k].taken += Number(isTaken);
        }
        if (!isTaken) continue;
        for (let at = c; at < fields[k].length; at += chains) [fields[k][at], fields[k + 1][at]] = [fields[k + 1][at], fields[k][at]];
        swapRungs(rungs, k, c);
      }
    }
    saved = last.map(({ state }, k) => ({ ...state, arrays: { ...state.arrays, values: fields[k] } }));
    onProgress?.(round + 1 - start, burnIn + rounds);
    if (round % 16 === 15) await new Promise(setImmediate);
  }
  return done(start + burnIn + rounds);
}

/** The ladder, its chains and seed. @throws RangeError for what is none */
function checked<State extends AnyState>(options: TemperingOptions<State>): { temperatures: readonly number[]; chains: number; seed: Seed } {
  const { temperatures, rounds, stepsPerRound = 1, burnIn = 0, initial, resume } = options;
  const chains = resume?.rungs.trips.length ?? options.chains ?? initial?.chains ?? 1;
  if (temperatures.length < 2) throw new RangeError(`parallelTempering: needs at least two temperatures, got ${temperatures.length}`);
  temperatures.forEach((T, k) => {
    requirePositive('parallelTempering', `temperatures[${k}]`, T);
    if (k > 0 && T <= temperatures[k - 1]) throw new RangeError(`parallelTempering: temperatures must ascend, got ${temperatures[k - 1]} before ${T}`);
  });
  for (const [name, value, least] of [['rounds', rounds, 1], ['stepsPerRound', stepsPerRound, 1], ['burnIn', burnIn, 0], ['chains', chains, 1]] as const) {
    requireInteger('parallelTempering', name, value, least);
  }
  if (resume && resume.saved.length !== temperatures.length) {
    throw new RangeError(`parallelTempering: cannot resume a ladder of ${resume.saved.length} temperatures on one of ${temperatures.length}`);
  }
  return { temperatures, chains, seed: resume?.seed ?? options.seed ?? defaultSeed() };
}
