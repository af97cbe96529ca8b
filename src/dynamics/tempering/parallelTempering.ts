// Parallel tempering: one field at each temperature of a ladder, all moved by a sampler; after every round of
// steps neighbours
// on the ladder, even pairs and odd pairs by turns, change places with probability
//   min(1, exp((1/T_a - 1/T_b)(E_a - E_b))),
// which leaves every exp(-H/T) as it is where the sampler does. Ladders are independent: one per chain. What
// a sampler keeps
// besides the field (velocities) stays with the temperature. Sources: Swendsen and Wang, Phys. Rev. Lett. 57
// (1986) 2607,
// doi:10.1103/PhysRevLett.57.2607; Hukushima and Nemoto, J. Phys. Soc. Jpn. 65 (1996) 1604,
// doi:10.1143/JPSJ.65.1604.
import { card, type MimeBundle, numeral, printAs, rangeText } from '../../display/index.js';
import { nextTurn } from '../../files/nextTurn.js';
import { ready } from '../../tensors/index.js';
import { aFunction, anObject, checkOptions, each, needed, positive } from '../../numerics/options.js';
import { defaultSeed, randomKey, uniformGenerator } from '../../random/index.js';
import { chainEnergies, chainOf } from '../chains.js';
import { EnergyNotANumber, termOf } from '../energyNotANumber.js';
import { requireOneTemperature } from '../langevin/nodeTemperature.js';
import { copyRungs, startRungs, swapRungs } from './roundTrips.js';
import { requireTemperingRecords, requireTemperingState, type TemperingState } from './temperingState.js';
import { Pace } from '../pace.js';
import { requireAscending } from '../check.js';
import {
  type RecordOptions,
  recordRules,
  Records,
  requireOneStart,
  requireRecord,
  requireRoom,
  requireSame,
  startOf,
} from '../sample.js';
import { type Samples, shareText } from '../sampleResult.js';
import { type AnyState, requireSampler, type Sampler, SamplerStopped } from '../sampler.js';

/**
 * Options of `parallelTempering`. A round is `every` steps at each temperature, a record, and then the
 * swaps. Each of the `chains` is a ladder of its own.
 */
export interface TemperingOptions<State extends AnyState> extends RecordOptions {
  /** The ladder, ascending, at least two. */
  readonly temperatures: readonly number[];
  /** The sampler of one temperature; its energy must be the same at all. */
  readonly sampler: (temperature: number) => Sampler<State>;
  /** As in `sample`. */
  readonly resume?: Tempering | TemperingState;
}

/** The records of a `parallelTempering` run, with its swaps. */
export interface Tempering {
  /** By temperature, as `sample` returns them: one record per round, before its swaps. */
  readonly samples: readonly Samples[];
  /** By pair of neighbours: the lower temperature, swaps tried and taken in all ladders. */
  readonly swaps: readonly {
    readonly temperature: number;
    readonly tried: number;
    readonly taken: number;
    readonly rate: number;
  }[];
  /**
   * By ladder: how often a field came from the lowest temperature to the highest and back, burn-in included.
   */
  readonly roundTrips: Float64Array;
  /** Where the run stands: pass it as `resume` to go on. */
  readonly state: TemperingState;
}

/**
 * Parallel tempering (replica exchange): fields at several temperatures run together, and neighbours swap
 * with probability
 * min(1, e^((1/T - 1/T') (H - H'))).
 *
 * @throws RangeError for a ladder that does not ascend from a positive temperature, counts that are not
 * whole numbers, a
 * run or state of another
 *         ladder; Aborted<Tempering>; RunFailed<Tempering>, as `sample`
 * @example
 * const ising = hamiltonian(torus(8, 8), [bond((a, b) => a.mul(b).sum().neg())]);
 * const { samples, swaps } = await parallelTempering({
 *   temperatures: [2, 2.3, 2.6, 3], sampler: (temperature) => heatBath(ising, { temperature }),
 *   steps: 500, burnIn: 100, chains: 16, seed: 1,
 * });
 * swaps.map(({ rate }) => rate); // [0.4475, 0.45, 0.4803]
 * samples.map(({ temperature }) => temperature); // [2, 2.3, 2.6, 3]
 */
export async function parallelTempering<State extends AnyState>(
  options: TemperingOptions<State>,
): Promise<Tempering> {
  checkOptions('parallelTempering', options, {
    ...recordRules,
    temperatures: needed(each(positive)),
    sampler: needed(aFunction),
    resume: anObject,
  });
  requireOneStart('parallelTempering', options);
  requireRecord('parallelTempering', options);
  const { temperatures, steps, every = 1, burnIn = 0, initial, signal, onProgress, resume } = options;
  const earlier = resume && 'samples' in resume ? resume : undefined;
  const from = earlier ? earlier.state : (resume as TemperingState | undefined);
  if (from) requireTemperingState(from, temperatures.length);
  if (earlier) requireTemperingRecords(earlier.samples, earlier.swaps, temperatures.length);
  const chains = from?.rungs.trips.length ?? options.chains ?? initial?.chains ?? 1;
  if (from) requireSame('parallelTempering', options, { chains, seed: from.seed }, 'what is resumed');
  const seed = from?.seed ?? options.seed ?? defaultSeed();
  requireAscending('parallelTempering', 'temperatures', temperatures);
  for (const [name, value] of Object.entries({ steps, burnIn })) {
    if (value % every !== 0)
      throw new RangeError(`parallelTempering: ${name} must be a multiple of every (${every}), got ${value}`);
  }
  await ready();
  const samplers = temperatures.map((T) => options.sampler(T));
  samplers.forEach((sampler, k) => {
    const asked = temperatures[k];
    requireSampler('parallelTempering', `sampler(${asked})`, sampler);
    requireOneTemperature('parallelTempering', sampler.temperature);
    const T = sampler.temperature.at(0) as number;
    if (T !== asked)
      throw new RangeError(
        `parallelTempering: sampler(${asked}) must have that temperature, got one of ${T}`,
      );
    const { energy } = samplers[0];
    if (sampler.energy === energy || sampler.energy.hash === energy.hash) return;
    throw new RangeError(
      `parallelTempering: all samplers must have one energy, got another at ${asked} than at ${temperatures[0]}`,
    );
  });
  const seedOf = (k: number): number =>
    (randomKey(seed, `temperature ${k}`).stream ^ randomKey(seed).seed) >>> 0;
  const states = samplers.map((sampler, k) =>
    from ? sampler.restore(from.saved[k]) : startOf(sampler, { ...options, chains, seed: seedOf(k) }),
  );
  requireRoom('parallelTempering', samplers[0], states[0], options, temperatures.length);
  const rungs = from ? copyRungs(from.rungs) : startRungs(temperatures.length, chains);
  const pairs = temperatures.slice(0, -1).map((temperature, k) => {
    const { tried, taken } = earlier?.swaps[k] ?? { tried: 0, taken: 0 };
    return { temperature, tried, taken };
  });
  const records = samplers.map((sampler, k) => new Records(sampler, earlier?.samples[k]));
  let { round, step } = from ?? { round: 0, step: 0 };
  const begin = earlier?.samples[0].begin ?? step;
  const last = begin + burnIn + steps;
  if (step > last)
    throw new RangeError(
      `parallelTempering: steps of a resumed run count from its start: at least those that it has made (${step - begin - burnIn}), got ${steps}`,
    );

  const collected = async (): Promise<Tempering> => {
    const samples = await Promise.all(records.map((each, k) => each.collected(states[k], begin, every)));
    return printAs<Tempering>(
      {
        samples,
        swaps: pairs.map((pair) => ({ ...pair, rate: pair.taken / pair.tried })),
        roundTrips: rungs.trips,
        state: { round, step, seed, saved: samples.map(({ state }) => state), rungs: copyRungs(rungs) },
      },
      temperingCard,
    );
  };
  const paces = samplers.map(
    (sampler, k) =>
      new Pace(sampler, {
        caller: 'parallelTempering',
        signal,
        where: () => `round ${round}`,
        partial(state) {
          states[k] = state;
          return collected();
        },
      }),
  );
  const swap = async (fields: readonly Float32Array[], isRecorded: boolean): Promise<void> => {
    const energies = fields.map((field, k) => chainEnergies(samplers[k].energy, field, chains));
    const random = uniformGenerator(seed, `swaps ${round}`);
    const isChanged = temperatures.map(() => false);
    for (let k = round % 2; k + 1 < temperatures.length; k += 2) {
      for (let c = 0; c < chains; c++) {
        const exponent =
          (1 / temperatures[k] - 1 / temperatures[k + 1]) * (energies[k][c] - energies[k + 1][c]);
        if (Number.isNaN(exponent)) {
          const [low, high] = [energies[k][c], energies[k + 1][c]];
          const wrong = Number.isFinite(low) ? k + 1 : k;
          const term = termOf(samplers[wrong].energy, chainOf(fields[wrong], c, chains), Number.isFinite);
          const what = `the energies on rungs ${k} and ${k + 1} are ${low} and ${high}`;
          throw new SamplerStopped(
            new EnergyNotANumber('parallelTempering', what, { step: states[k].step, chain: c, term }),
            states[0],
          );
        }
        const isTaken = random() < Math.exp(exponent);
        if (isRecorded) {
          pairs[k].tried++;
          pairs[k].taken += Number(isTaken);
        }
        if (!isTaken) continue;
        isChanged[k] = isChanged[k + 1] = true;
        for (let at = c; at < fields[k].length; at += chains)
          [fields[k][at], fields[k + 1][at]] = [fields[k + 1][at], fields[k][at]];
        swapRungs(rungs, k, c);
      }
    }
    isChanged.forEach((is, k) => is && (states[k] = samplers[k].load(states[k], fields[k])));
  };

  try {
    for (; step < last; round++, step += every) {
      for (const [k, pace] of paces.entries())
        states[k] = await pace.advance(states[k], step + every - states[k].step);
      const isRecorded = step >= begin + burnIn;
      const fields = await Promise.all(
        records.map((each, k) =>
          isRecorded ? paces[k].orFailed(each.add(states[k])) : samplers[k].read(states[k]),
        ),
      );
      await paces[0].orFailed(
        swap(
          fields.map((field) => field.slice()),
          isRecorded,
        ),
      );
      onProgress?.(step + every - begin, last - begin);
      if (round % 16 === 15) await nextTurn();
    }
    return await collected();
  } finally {
    samplers.forEach((sampler, k) => sampler.dispose(states[k]));
  }
}

function temperingCard({ samples, swaps, roundTrips }: Tempering): MimeBundle {
  return card(`Parallel tempering of ${samples[0].sampler}`, {
    temperatures: `${samples.length}, ${rangeText(samples.map(({ temperature }) => temperature))}`,
    ladders: numeral(samples[0].chains),
    rounds: numeral(samples[0].steps.length),
    'swaps taken': `${shareText(swaps.map(({ rate }) => rate)).replace('chain', 'pair')}`,
    'round trips': numeral(roundTrips.reduce((sum, trips) => sum + trips, 0)),
  });
}
