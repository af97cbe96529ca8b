// Forward flux sampling: the mean time of a rare passage, in stages. Levels of a score lead from home to the
// event. A long run at home counts the passages of the first level and keeps their states; from these, trials
// go on to the next level or back home, and so on up. With F the passages of the first level per step and p_k
// the share that reaches level k + 1 from level k,
//   rate = F prod_k p_k,   mean time = 1 / rate,
// for any dynamics that knows its present state only, in balance or not, if the score orders the way. Every
// chain is one whole estimate; the interval is over chains. Source: Allen, Warren, ten Wolde, Phys. Rev.
// Lett. 94 (2005) 018104, doi:10.1103/PhysRevLett.94.018104; Allen, Valeriani, ten Wolde, J. Phys. Condens.
// Matter 21 (2009) 463102.
import { requireAscending, requireInteger } from '../../numerics/check.js';
import {
  byDefault,
  checkOptions,
  needed,
  type OptionsOf,
  readOptions,
  typed,
} from '../../numerics/options.js';
import { aFunction, anything, each, finite, integer, nonNegative } from '../../numerics/rules.js';
import { defaultSeed, randomInteger, type RandomSource, uniformGenerator } from '../../randomness/index.js';
import { card, countText, type MimeBundle, printAs, rangeText, showAs } from '../../display/index.js';
import { type Estimate, estimateText, interval } from '../../statistics/index.js';
import { LongRun } from '../../runtime/index.js';
import { type ProgressOptions, progressOptions } from '../runOptions.js';

/** A rare event: a process, a score, and the levels of that score on the way to the event. */
export interface RareEvent<State> {
  /** A state at home: its score is below the first level. */
  readonly start: () => State;
  /** One step of the dynamics, from the present state and randomness alone. */
  readonly step: (state: State, random: RandomSource) => State;
  readonly score: (state: State) => number;
  /** Ascending, at least two: home lies below the first, the event at or above the last. */
  readonly levels: readonly number[];
}

const fluxOptions = {
  /** Passages of the first level to wait for, and trials from every level, of each chain. */
  trials: needed(integer(1)),
  /** Independent estimates, at least 16; 16 by default. */
  chains: byDefault(16, integer(16)),
  /** An aborted run of the same call: it goes on as if never stopped. */
  resume: typed<Pick<RareTime, 'rates'>>(anything),
};

/** Progress counts chains. */
export interface ForwardFluxOptions extends ProgressOptions, OptionsOf<typeof fluxOptions> {}

/**
 * The mean time of the event in steps, with its interval, of ln-normal shape: rates of replicas scatter by
 * factors.
 */
export interface RareTime extends Estimate {
  /** Rates per step, one per chain; 0 where no trial arrived. */
  readonly rates: readonly number[];
}

/**
 * The rate of a rare event by forward flux sampling, and the mean time to it.
 *
 * @throws RangeError for fewer than two levels or such that do not ascend, a start that is not at home, fewer
 * than 16 chains, more of them done than asked for; Aborted<Pick<RareTime, 'rates'>>
 * @example
 * const queue = {
 *   start: () => 0, score: (length: number) => length, levels: [1, 2, 4, 6, 8],
 *   step: (length: number, random: () => number) => Math.max(0, length + (random() < 0.3 ? 1 : -1)),
 * };
 * const { estimate, interval } = await dynamics.forwardFlux(queue, { trials: 200, seed: 1 });
 * estimate; // 4031
 * interval; // [3379, 4996]
 */
export async function forwardFlux<State>(
  event: RareEvent<State>,
  options: ForwardFluxOptions,
): Promise<RareTime> {
  checkOptions('forwardFlux', event, {
    start: needed(aFunction),
    step: needed(aFunction),
    score: needed(aFunction),
    levels: needed(each(finite)),
  });
  const given = readOptions('forwardFlux', options, { ...progressOptions, ...fluxOptions });
  const { trials, chains, seed = defaultSeed(), resume, onProgress, signal } = given;
  const { start, score, levels } = event;
  requireAscending('forwardFlux', 'levels', levels);
  if (!(score(start()) < levels[0]))
    throw new RangeError(
      `forwardFlux: the start must score below the first level ${levels[0]}, got ${score(start())}`,
    );
  const rates = [...(resume?.rates ?? [])];
  requireInteger('forwardFlux', 'chains done', rates.length, 0, chains);
  each(nonNegative)('forwardFlux', 'rates', rates as never);
  const run = new LongRun({
    caller: 'forwardFlux',
    signal,
    where: () => `${rates.length} of ${chains} chains`,
    partial: () => printAs({ rates }, () => ratesCard(rates)),
  });
  while (rates.length < chains) {
    rates.push(await rateOf(event, trials, uniformGenerator(seed, `replica ${rates.length}`), run));
    onProgress?.(rates.length, chains);
  }
  const {
    estimate,
    interval: [low, high],
  } = interval(rates);
  return showAs<RareTime>(
    { estimate: 1 / estimate, interval: [1 / high, low > 0 ? 1 / low : Infinity], rates },
    estimateText,
  );
}

/** One whole estimate. */
async function rateOf<State>(
  { start, step, score, levels }: RareEvent<State>,
  trials: number,
  random: RandomSource,
  run: LongRun<unknown>,
): Promise<number> {
  const last = levels.at(-1)!;
  let entries: State[] = [];
  let [state, steps, isHome] = [start(), 0, true];
  while (entries.length < trials) {
    state = step(state, random);
    steps++;
    if (run.isDue) await run.turn();
    const now = scored(score(state));
    if (isHome && now >= levels[0]) entries.push(state);
    isHome = now < levels[0];
    if (now >= last) [state, isHome] = [start(), true];
  }
  let rate = trials / steps;
  for (const level of levels.slice(1)) {
    const arrived: State[] = [];
    for (let trial = 0; trial < trials; trial++) {
      let walker = entries[randomInteger(random, entries.length)];
      let now = score(walker);
      while (now >= levels[0] && now < level) {
        walker = step(walker, random);
        if (run.isDue) await run.turn();
        now = scored(score(walker));
      }
      if (now >= level) arrived.push(walker);
    }
    rate *= arrived.length / trials;
    if (arrived.length === 0) return 0;
    entries = arrived;
  }
  return rate;
}

/** @throws RangeError for a score that is not a number, at which no stage would end */
function scored(score: number): number {
  if (Number.isNaN(score)) throw new RangeError('forwardFlux: the score must be a number, got NaN');
  return score;
}

const ratesCard = (rates: readonly number[]): MimeBundle =>
  card(`Rates of ${countText(rates.length, 'replica')}`, {
    'rate per step': rates.length > 0 ? rangeText(rates) : undefined,
  });
