// Parallel tempering: one field at each temperature of a ladder, all moved by a sampler; after every round of
// steps neighbours on the ladder, even pairs and odd pairs by turns, change places with probability
//   min(1, exp((1/T_a - 1/T_b)(E_a - E_b))),
// which leaves every exp(-H/T) as it is where the sampler does. Ladders are independent: one per chain. What
// a sampler keeps besides the field (velocities) stays with the temperature. Sources: Swendsen and Wang,
// Phys. Rev. Lett. 57 (1986) 2607, doi:10.1103/PhysRevLett.57.2607; Hukushima and Nemoto, J. Phys. Soc. Jpn.
// 65 (1996) 1604, doi:10.1143/JPSJ.65.1604.
import { requireAscending } from '../../numerics/check.js';
import { needed, type OptionsOf, readOptions, typed } from '../../numerics/options.js';
import { aFunction, anObject, each, positive } from '../../numerics/rules.js';
import { defaultSeed, randomKey } from '../../randomness/index.js';
import { ready } from '../../tensors/index.js';
import {
  type RecordOptions,
  recordOptions,
  requireLength,
  requireOneStart,
  requireRecord,
  requireRoom,
  requireSame,
  startOf,
} from '../runOptions.js';
import { type AnyState, requireSampler, type Sampler } from '../sampler.js';
import { requireTemperature } from '../schedules/nodeTemperature.js';
import { Ladder, type LadderRun, type Tempering } from './ladder.js';
import { requireTemperingRecords, requireTemperingState, type TemperingState } from './temperingState.js';

const temperingOptions = {
  /** The ladder, ascending, at least two. */
  temperatures: needed(each(positive)),
  /** As in `sample`. */
  resume: typed<Tempering | TemperingState>(anObject),
};

/**
 * Options of `parallelTempering`. A round is `every` steps at each temperature, a record, and then the
 * swaps. Each of the `chains` is a ladder of its own.
 */
export interface TemperingOptions<State extends AnyState>
  extends RecordOptions,
    OptionsOf<typeof temperingOptions> {
  /** The sampler of one temperature; its energy must be the same at all. */
  readonly sampler: (temperature: number) => Sampler<State>;
}

/**
 * Parallel tempering (replica exchange): fields at several temperatures run together, and neighbours swap
 * with probability min(1, e^((1/T - 1/T') (H - H'))).
 *
 * @throws RangeError for a ladder that does not ascend from a positive temperature, counts that are not whole
 * numbers, a run or state of another ladder; Aborted<Tempering>; RunFailed<Tempering>, as `sample`
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
  const declared = {
    ...recordOptions,
    ...temperingOptions,
    sampler: needed(typed<TemperingOptions<State>['sampler']>(aFunction)),
  };
  const given = readOptions<typeof declared>('parallelTempering', options, declared);
  requireOneStart('parallelTempering', given);
  requireRecord('parallelTempering', given);
  const { steps, every, burnIn, onProgress } = given;
  const run = ladderRun(options, every);
  const { temperatures, chains, seed, from } = run;
  requireAscending('parallelTempering', 'temperatures', temperatures);
  for (const [name, value] of Object.entries({ steps, burnIn })) {
    if (value % every !== 0)
      throw new RangeError(`parallelTempering: ${name} must be a multiple of every (${every}), got ${value}`);
  }
  await ready();
  const samplers = samplersOf(options);
  const seedOf = (k: number): number =>
    (randomKey(seed, `temperature ${k}`).stream ^ randomKey(seed).seed) >>> 0;
  const states = samplers.map((sampler, k) =>
    from ? sampler.restore(from.saved[k]) : startOf(sampler, { ...options, chains, seed: seedOf(k) }),
  );
  requireRoom('parallelTempering', samplers[0], states[0], given, temperatures.length);
  const ladder = new Ladder(samplers, states, run);
  const { begin } = ladder;
  requireLength('parallelTempering', steps, ladder.step - begin - burnIn);
  const last = begin + burnIn + steps;
  try {
    while (ladder.step < last) {
      await ladder.round(ladder.step >= begin + burnIn);
      onProgress?.(ladder.step - begin, last - begin);
    }
    return await ladder.collected();
  } finally {
    ladder.dispose();
  }
}

/** @throws TypeError, RangeError for a run to resume that does not fit the options */
function ladderRun<State extends AnyState>(options: TemperingOptions<State>, every: number): LadderRun {
  const { temperatures, initial, signal, resume } = options;
  const earlier = resume && 'samples' in resume ? resume : undefined;
  const from = earlier ? earlier.state : (resume as TemperingState | undefined);
  if (from) requireTemperingState(from, temperatures.length);
  if (earlier) requireTemperingRecords(earlier.samples, earlier.swaps, temperatures.length);
  const chains = from?.rungs.trips.length ?? options.chains ?? initial?.chains ?? 1;
  if (from) requireSame('parallelTempering', options, { chains, seed: from.seed }, 'what is resumed');
  const seed = from?.seed ?? options.seed ?? defaultSeed();
  return { temperatures, chains, every, seed, signal, earlier, from };
}

/** @throws TypeError, RangeError unless each has its temperature, and all have one energy */
function samplersOf<State extends AnyState>({
  temperatures,
  sampler: samplerAt,
}: TemperingOptions<State>): Sampler<State>[] {
  const samplers = temperatures.map((T) => samplerAt(T));
  samplers.forEach((sampler, k) => {
    const asked = temperatures[k];
    requireSampler('parallelTempering', `sampler(${asked})`, sampler);
    requireTemperature('parallelTempering', `sampler(${asked})`, sampler.temperature, asked);
    const { energy } = samplers[0];
    if (sampler.energy === energy || sampler.energy.hash === energy.hash) return;
    throw new RangeError(
      `parallelTempering: all samplers must have one energy, got another at ${asked} than at ${temperatures[0]}`,
    );
  });
  return samplers;
}
