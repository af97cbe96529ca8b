// Parallel tempering: one field at each temperature of a ladder, all moved by a sampler; after every round of steps neighbours
// on the ladder, even pairs and odd pairs by turns, change places with probability
//   min(1, exp((1/T_a - 1/T_b)(E_a - E_b))),
// which leaves every exp(-H/T) as it is where the sampler does. Ladders are independent: one a chain. What a sampler keeps
// besides the field (velocities) stays with the temperature. Sources: Swendsen and Wang, Phys. Rev. Lett. 57 (1986) 2607,
// doi:10.1103/PhysRevLett.57.2607; Hukushima and Nemoto, J. Phys. Soc. Jpn. 65 (1996) 1604, doi:10.1143/JPSJ.65.1604; round
// trips: Katzgraber, Trebst, Huse, Troyer, J. Stat. Mech. (2006) P03018, doi:10.1088/1742-5468/2006/03/P03018.
import { summarised } from '../display/index.js';
import { requireInteger, requirePositive } from '../graph/check.js';
import { defaultSeed, randomKey, type Seed, uniformGenerator } from '../random/index.js';
import type { Field } from '../field/index.js';
import { chainEnergies } from './chainEnergies.js';
import { temperingCard } from './display.js';
import { sample, type Samples } from './sample.js';
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
  /** Aborting rejects with SamplingAborted. */
  readonly signal?: AbortSignal;
}

export interface Tempering {
  /** By temperature, as `sample` returns them: one record a round, before its swaps. */
  readonly samples: readonly Samples[];
  /** By pair of neighbours: the lower temperature, swaps tried and taken in all ladders. */
  readonly swaps: readonly { readonly temperature: number; readonly tried: number; readonly taken: number; readonly rate: number }[];
  /** By ladder: how often a field came from the lowest temperature to the highest and back, burn-in included. */
  readonly roundTrips: Float64Array;
}

/**
 * Runs ladders of temperatures side by side.
 *
 * @throws RangeError for a ladder that does not ascend from a positive temperature, or counts that are none; what the sampler throws
 * @example
 * const { samples, swaps } = await parallelTempering({
 *   temperatures: [0.5, 1, 2, 4], sampler: (temperature) => heatBath(ising, { temperature }), rounds: 2000, burnIn: 200, chains: 16, seed: 1,
 * });
 */
export async function parallelTempering<State extends AnyState>(options: TemperingOptions<State>): Promise<Tempering> {
  const { temperatures, rounds, stepsPerRound = 1, burnIn = 0, chains = 1, initial, components, signal, onProgress } = options;
  const { seed = defaultSeed() } = options;
  if (temperatures.length < 2) throw new RangeError(`parallelTempering: needs at least two temperatures, got ${temperatures.length}`);
  temperatures.forEach((T, k) => {
    requirePositive('parallelTempering', `temperatures[${k}]`, T);
    if (k > 0 && T <= temperatures[k - 1]) throw new RangeError(`parallelTempering: temperatures must ascend, got ${temperatures[k - 1]} before ${T}`);
  });
  for (const [name, value, least] of [['rounds', rounds, 1], ['stepsPerRound', stepsPerRound, 1], ['burnIn', burnIn, 0], ['chains', chains, 1]] as const) {
    requireInteger('parallelTempering', name, value, least);
  }
  const samplers = temperatures.map((T) => options.sampler(T));
  const random = uniformGenerator(seed, 'swaps');
  const seeds = temperatures.map((_, k) => (randomKey(seed, `temperature ${k}`).stream ^ randomKey(seed).seed) >>> 0);
  const last: Samples[] = [];
  const starts: (SavedState | undefined)[] = temperatures.map(() => undefined);
  const records: Float32Array[][] = temperatures.map(() => []);
  const steps: number[] = [];
  const pairs = temperatures.slice(1).map((_, k) => ({ temperature: temperatures[k], tried: 0, taken: 0 }));
  const trips = new RoundTrips(temperatures.length, chains);

  for (let round = 0; round < burnIn + rounds; round++) {
    const fields: Float32Array[] = [];
    const energies: Float64Array[] = [];
    for (const [k, sampler] of samplers.entries()) {
      const from = starts[k] ? { resume: starts[k] } : { initial, components, chains, seed: seeds[k] };
      last[k] = await sample(sampler, { ...from, steps: stepsPerRound, every: stepsPerRound, signal });
      fields.push(last[k].states[0].slice());
      energies.push(chainEnergies(sampler.energy, fields[k], chains));
      if (round >= burnIn) records[k].push(last[k].states[0]);
    }
    if (round >= burnIn) steps.push(last[0].steps[0]);
    for (let k = round % 2; k + 1 < temperatures.length; k += 2) {
      for (let c = 0; c < chains; c++) {
        const exponent = (1 / temperatures[k] - 1 / temperatures[k + 1]) * (energies[k][c] - energies[k + 1][c]);
        const isTaken = random() < Math.exp(exponent);
        if (round >= burnIn) {
          pairs[k].tried++;
          pairs[k].taken += Number(isTaken);
        }
        if (!isTaken) continue;
        for (let at = c; at < fields[k].length; at += chains) [fields[k][at], fields[k + 1][at]] = [fields[k + 1][at], fields[k][at]];
        trips.swap(k, c);
      }
    }
    last.forEach(({ state }, k) => (starts[k] = withField(state, fields[k])));
    onProgress?.(round + 1, burnIn + rounds);
    if (round % 16 === 15) await new Promise(setImmediate);
  }
  return summarised<Tempering>({
    samples: last.map((samples, k) => ({
      ...samples, every: stepsPerRound, steps, temperatures: steps.map(() => temperatures[k]), states: records[k], state: starts[k]!,
    })),
    swaps: pairs.map((pair) => ({ ...pair, rate: pair.taken / pair.tried })),
    roundTrips: trips.counts,
  }, temperingCard);
}

/** The state with another field [nodes, components, chains]; interpreted moves save it chain by chain. */
function withField(state: SavedState, field: Float32Array): SavedState {
  const chains = state.shape[2];
  const size = field.length / chains;
  const arrays = 'chains' in state.arrays
    ? { ...state.arrays, chains: Float64Array.from(field, (_, at) => field[(at % size) * chains + Math.floor(at / size)]) }
    : { ...state.arrays, values: field };
  return { ...state, arrays };
}

/** Which field stands where on each ladder, and its stage: 1 since it was at the bottom, 2 since it then was at the top. */
class RoundTrips {
  readonly counts: Float64Array;
  readonly #at: Int32Array[];
  readonly #stages: Uint8Array[];

  constructor(readonly rungs: number, ladders: number) {
    this.counts = new Float64Array(ladders);
    this.#at = Array.from({ length: ladders }, () => Int32Array.from({ length: rungs }, (_, k) => k));
    this.#stages = Array.from({ length: ladders }, () => new Uint8Array(rungs));
  }

  /** Rungs k and k + 1 of a ladder change places. A trip counts from the bottom: fields that start higher begin there. */
  swap(k: number, ladder: number): void {
    const [at, stage] = [this.#at[ladder], this.#stages[ladder]];
    [at[k], at[k + 1]] = [at[k + 1], at[k]];
    if (k + 2 === this.rungs && stage[at[k + 1]] === 1) stage[at[k + 1]] = 2;
    if (k > 0) return;
    if (stage[at[0]] === 2) this.counts[ladder]++;
    stage[at[0]] = 1; // has been at the bottom
  }
}
