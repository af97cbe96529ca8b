// Parallel tempering: one field at each temperature of a ladder, all moved by a sampler; after every round of steps neighbours
// on the ladder, even pairs and odd pairs by turns, change places with probability
//   min(1, exp((1/T_a - 1/T_b)(E_a - E_b))),
// which leaves every exp(-H/T) as it is where the sampler does. Ladders are independent: one a chain. What a sampler keeps
// besides the field (velocities) stays with the temperature. Sources: Swendsen and Wang, Phys. Rev. Lett. 57 (1986) 2607,
// doi:10.1103/PhysRevLett.57.2607; Hukushima and Nemoto, J. Phys. Soc. Jpn. 65 (1996) 1604, doi:10.1143/JPSJ.65.1604.
import { Aborted, card, grouped, type MimeBundle, rangeText, RunFailed, summarised } from '../../display/index.js';
import { ready } from '../../tensors/index.js';
import { requireInteger, requirePositive } from '../../numerics/check.js';
import { defaultSeed, randomKey, type Seed, uniformGenerator } from '../../random/index.js';
import type { Field } from '../../field/index.js';
import { chainEnergies } from '../chainEnergies.js';
import { requireOneTemperature } from '../langevin/nodeTemperature.js';
import { copyRungs, type RungsState, startRungs, swapRungs } from './roundTrips.js';
import { Pace } from '../pace.js';
import { Records, startOf } from '../sample.js';
import { type Samples, shareText } from '../sampleResult.js';
import { type AnyState, type Sampler, SamplerStopped, type SavedState } from '../sampler.js';

export interface TemperingOptions<State extends AnyState> {
  /** The ladder, ascending, at least two. */
  readonly temperatures: readonly number[];
  /** The sampler of one temperature; its name must be the same at all. */
  readonly sampler: (temperature: number) => Sampler<State>;
  /** Steps of the sampler at each temperature that are recorded, a multiple of `every`. */
  readonly steps: number;
  /** Steps of a round: from one record, and the swaps after it, to the next; 1 by default. */
  readonly every?: number;
  /** Steps before the first record, a multiple of `every`, left out of swap rates too. */
  readonly burnIn?: number;
  /** Independent ladders. */
  readonly chains?: number;
  /** Of the field that each temperature starts from. */
  readonly initial?: Field;
  readonly components?: number;
  readonly seed?: Seed;
  /** Called after rounds, with steps done and steps in all. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Aborting rejects with Aborted, whose `partial` is what was done. */
  readonly signal?: AbortSignal;
  /** Instead of chains, seed and initial: an aborted run of the same call; or a state, from which a new run starts. */
  readonly resume?: Tempering | TemperingState;
}

export interface TemperingState {
  /** Rounds done. */
  readonly round: number;
  /** Steps done in these; a temperature may be ahead, where its round was not over. */
  readonly step: number;
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

/**
 * Runs ladders of temperatures side by side.
 *
 * @throws RangeError for a ladder that does not ascend from a positive temperature, counts that are none, a run or state of another
 *         ladder; Aborted<Tempering>; RunFailed<Tempering>, as `sample`
 * @example
 * const { samples, swaps } = await parallelTempering({
 *   temperatures: [0.5, 1, 2, 4], sampler: (temperature) => heatBath(ising, { temperature }), steps: 2000, burnIn: 200, chains: 16, seed: 1,
 * });
 */
export async function parallelTempering<State extends AnyState>(options: TemperingOptions<State>): Promise<Tempering> {
  const { every = 1, burnIn = 0, signal, onProgress, initial, components } = options;
  const { temperatures, chains, seed, earlier, from } = checked(options);
  await ready();
  const samplers = temperatures.map((T) => options.sampler(T));
  for (const { temperature } of samplers) requireOneTemperature('parallelTempering', temperature);
  const seedOf = (k: number): number => (randomKey(seed, `temperature ${k}`).stream ^ randomKey(seed).seed) >>> 0;
  const states = samplers.map((sampler, k) => (from ? sampler.restore(from.saved[k]) : startOf(sampler, { initial, components, chains, seed: seedOf(k) })));
  const rungs = from ? copyRungs(from.rungs) : startRungs(temperatures.length, chains);
  const pairs = temperatures.slice(1).map((_, k) => ({ temperature: temperatures[k], tried: earlier?.swaps[k].tried ?? 0, taken: earlier?.swaps[k].taken ?? 0 }));
  const records = samplers.map((sampler, k) => new Records(sampler, earlier?.samples[k]));
  const paces = samplers.map((sampler) => new Pace(sampler, signal));
  let { round, step } = from ?? { round: 0, step: 0 };
  const begin = earlier?.samples[0].begin ?? step;
  const last = begin + burnIn + options.steps;

  const collected = async (): Promise<Tempering> => {
    const samples = await Promise.all(records.map((each, k) => each.collected(states[k], begin, every)));
    return summarised<Tempering>({
      samples,
      swaps: pairs.map((pair) => ({ ...pair, rate: pair.taken / pair.tried })),
      roundTrips: rungs.trips,
      state: { round, step, seed, saved: samples.map(({ state }) => state), rungs: copyRungs(rungs) },
    }, temperingCard);
  };
  /** Neighbours change places. */
  const swap = (fields: readonly Float32Array[], isRecorded: boolean): void => {
    const energies = fields.map((field, k) => chainEnergies(samplers[k].energy, field, chains));
    const random = uniformGenerator(seed, `swaps ${round}`);
    const isChanged = temperatures.map(() => false);
    for (let k = round % 2; k + 1 < temperatures.length; k += 2) {
      for (let c = 0; c < chains; c++) {
        const exponent = (1 / temperatures[k] - 1 / temperatures[k + 1]) * (energies[k][c] - energies[k + 1][c]);
        if (Number.isNaN(exponent)) throw new RangeError(`parallelTempering: the energies on rungs ${k} and ${k + 1} of ladder ${c} are ${energies[k][c]} and ${energies[k + 1][c]}`);
        const isTaken = random() < Math.exp(exponent);
        if (isRecorded) {
          pairs[k].tried++;
          pairs[k].taken += Number(isTaken);
        }
        if (!isTaken) continue;
        isChanged[k] = isChanged[k + 1] = true;
        for (let at = c; at < fields[k].length; at += chains) [fields[k][at], fields[k + 1][at]] = [fields[k + 1][at], fields[k][at]];
        swapRungs(rungs, k, c);
      }
    }
    isChanged.forEach((is, k) => is && (states[k] = samplers[k].load(states[k], fields[k])));
  };

  try {
    for (; step < last; round++, step += every) {
      for (const k of samplers.keys()) {
        try {
          states[k] = await paces[k].advance(states[k], step + every - states[k].step);
        } catch (error) {
          if (!(error instanceof SamplerStopped)) throw error;
          states[k] = error.state as State;
          throw new RunFailed(error.cause, await collected());
        }
        if (states[k].step < step + every) throw new Aborted('parallelTempering', `round ${round}`, await collected());
      }
      const isRecorded = step >= begin + burnIn;
      const fields = await Promise.all(records.map((each, k) => (isRecorded ? each.add(states[k]) : samplers[k].read(states[k]))));
      swap(fields.map((field) => field.slice()), isRecorded);
      onProgress?.(step + every - begin, last - begin);
      if (round % 16 === 15) await new Promise(setImmediate);
    }
    return await collected();
  } finally {
    samplers.forEach((sampler, k) => sampler.dispose(states[k]));
  }
}

/** The ladder, its chains and seed, and where it goes on. @throws RangeError for what is none */
function checked<State extends AnyState>(options: TemperingOptions<State>): {
  temperatures: readonly number[]; chains: number; seed: Seed; earlier: Tempering | undefined; from: TemperingState | undefined;
} {
  const { temperatures, steps, every = 1, burnIn = 0, initial, resume } = options;
  const earlier = resume && 'samples' in resume ? resume : undefined;
  const from = earlier ? earlier.state : (resume as TemperingState | undefined);
  const chains = from?.rungs.trips.length ?? options.chains ?? initial?.chains ?? 1;
  if (temperatures.length < 2) throw new RangeError(`parallelTempering: needs at least two temperatures, got ${temperatures.length}`);
  temperatures.forEach((T, k) => {
    requirePositive('parallelTempering', `temperatures[${k}]`, T);
    if (k > 0 && T <= temperatures[k - 1]) throw new RangeError(`parallelTempering: temperatures must ascend, got ${temperatures[k - 1]} before ${T}`);
  });
  for (const [name, value, least] of [['steps', steps, 1], ['every', every, 1], ['burnIn', burnIn, 0], ['chains', chains, 1]] as const) {
    requireInteger('parallelTempering', name, value, least);
  }
  for (const [name, value] of Object.entries({ steps, burnIn })) {
    if (value % every !== 0) throw new RangeError(`parallelTempering: ${name} must be a multiple of every (${every}), got ${value}`);
  }
  if (from && from.saved.length !== temperatures.length) {
    throw new RangeError(`parallelTempering: cannot resume a ladder of ${from.saved.length} temperatures on one of ${temperatures.length}`);
  }
  return { temperatures, chains, seed: from?.seed ?? options.seed ?? defaultSeed(), earlier, from };
}

function temperingCard({ samples, swaps, roundTrips }: Tempering): MimeBundle {
  return card(`Parallel tempering of ${samples[0].sampler}`, {
    temperatures: `${samples.length}, ${rangeText(samples.map(({ temperature }) => temperature))}`,
    ladders: grouped(samples[0].chains),
    rounds: grouped(samples[0].steps.length),
    'swaps taken': `${shareText(swaps.map(({ rate }) => rate)).replace('chain', 'pair')}`,
    'round trips': grouped(roundTrips.reduce((sum, trips) => sum + trips, 0)),
  });
}
