// The density of states ln g(E) of spins or labels: Wang and Landau's walk makes a first estimate S, and
// independent chains (multicanonical) visit all energies with S held. With h(E) their visits,
//   ln g(E) = ln h(E) + S(E) + constant,   sum over E of g = q^N,
// for any S: its errors cost visits and make no bias. From it, at any T,
//   <H> = sum of g E e^(-E/T) / Z,   F = - T ln Z,   Z = sum of g e^(-E/T).
// Errors: the jackknife over chains, which are independent if each has made some round trips between the
// lowest energy and the highest: `roundTrips` is the least of them. Sources: Berg, Neuhaus, Phys. Rev. Lett.
// 68 (1992) 9, DOI 10.1103/PhysRevLett.68.9; flatWalk.ts.
import {
  RunFailed,
  card,
  countText,
  type MimeBundle,
  numeral,
  printAs,
  rangeText,
  sparkline,
} from '../../display/index.js';
import { requireCodomain, Hamiltonian } from '../../energies/index.js';
import { logSum } from '../../numerics/logSum.js';
import { got, requireInteger, requirePositive } from '../../numerics/check.js';
import { byDefault, needed, type OptionsOf, readOptions, type Rule } from '../../numerics/options.js';
import {
  each,
  finite as aFinite,
  integer,
  type LevelOption,
  levelOption,
  positive,
} from '../../numerics/rules.js';
import { LongRun } from '../../runtime/index.js';
import { defaultSeed, type RandomSource, uniformGenerator } from '../../randomness/index.js';
import { type Estimate, withInterval, jackknifeEstimate, meanRow } from '../../statistics/index.js';
import { type ProgressOptions, progressOptions } from '../runOptions.js';
import { EnergyNotANumber } from '../energyNotANumber.js';
import { type DiscreteSystem, flatWalk, learnLogStates, type LogStates } from './flatWalk.js';

const aProgress: Rule<DensityProgress> = (
  caller: string,
  name: string,
  value: Partial<DensityProgress> | null,
) => {
  if ((value?.learned === undefined || value.learned instanceof Map) && Array.isArray(value?.runs)) return;
  throw new TypeError(`${caller}: ${name} must be what an aborted run had done, got ${got(value)}`);
};

const densityOptions = {
  /** What a node can take: [-1, 1] by default. */
  values: each(aFinite),
  /** Energies closer than this are one level: 1 by default. */
  width: byDefault(1, positive),
  /** Independent walks, at least 16; 16 by default. */
  chains: byDefault(16, integer(16)),
  /** Sweeps of each chain that count; a tenth more come before. */
  steps: needed(integer(1)),
  /** ln f at which learning ends: 1e-4 by default. */
  lastFactor: byDefault(1e-4, positive),
  /** What an aborted run of the same call had done: it goes on as if never stopped. */
  resume: aProgress,
};

/** Progress counts chains. */
export interface DensityOptions extends ProgressOptions, LevelOption, OptionsOf<typeof densityOptions> {}

/** What an aborted `densityOfStates` has done, to resume from. */
export interface DensityProgress {
  readonly learned: LogStates | undefined;
  readonly runs: readonly FlatRun[];
}

/** What one chain has counted: visits, and sums of H, by level. */
export interface FlatRun {
  readonly visits: Float64Array;
  readonly sums: Float64Array;
  readonly roundTrips: number;
}

/** The number of states g(E) by energy level, and the averages that follow from it. */
export interface DensityOfStates {
  /** Mean energy of the states seen in each level, ascending. */
  readonly energies: Float64Array;
  /** ln g of each. */
  readonly logStates: readonly Estimate[];
  /** From the lowest energy to the highest and back, of the chain that made fewest. */
  readonly roundTrips: number;
  /** <H> and F at a temperature, in units of energy. */
  equilibrium(temperature: number): { readonly meanEnergy: Estimate; readonly freeEnergy: Estimate };
}

/**
 * The density of states: ln g(E), g the number of states of each energy, with intervals.
 *
 * @throws RangeError for fewer than 16 chains, sweeps that are not a whole number, a width that is not
 * positive; if the chains meet a level that the first walk did not (learn longer: a smaller `lastFactor`);
 * TypeError for an energy without local changes; Aborted<DensityProgress>; RunFailed<DensityProgress> for an
 * energy that is infinite or not a number
 * @example
 * const ising = hamiltonian(torus(4, 4), [bond((a, b) => a.mul(b).sum().neg())]);
 * const { energies, logStates, equilibrium } = await dynamics.densityOfStates(ising, { width: 4, steps: 500, seed: 1 });
 * energies[0]; // -32
 * logStates[0]; // { estimate: 0.6080, interval: [0.3831, 0.8328] }
 * equilibrium(2).meanEnergy; // { estimate: -27.82, interval: [-28.24, -27.40] }
 * exact.enumerateIsing(torus(4, 4), { temperature: 2 }).meanEnergy; // -28.09
 */
export async function densityOfStates(
  energy: DiscreteSystem['energy'],
  options: DensityOptions,
): Promise<DensityOfStates> {
  const given = readOptions('densityOfStates', options, {
    ...progressOptions,
    ...levelOption,
    ...densityOptions,
  });
  const { values = [-1, 1], width, chains, steps, lastFactor, level, onProgress, signal, resume } = given;
  const { seed = defaultSeed() } = given;
  requireInteger('densityOfStates', 'number of values', values.length, 2);
  if (energy instanceof Hamiltonian && given.values === undefined)
    requireCodomain('densityOfStates', energy.terms, 'spin');
  const system = { energy, values, width };
  const nodes = energy.graph.nodeCount;
  const runs = [...(resume?.runs ?? [])];
  let learned = resume?.learned;
  const run = new LongRun<DensityProgress>({
    caller: 'densityOfStates',
    signal,
    where: () => `${runs.length} of ${chains} chains`,
    partial: () => ({ learned, runs }),
  });
  try {
    learned ??= await learnLogStates(system, uniformGenerator(seed, 'learning'), lastFactor, run);
    const levels = levelsOf(learned);
    requireRuns(runs, levels.length);
    while (runs.length < chains) {
      const random = uniformGenerator(seed, `chain ${runs.length}`);
      runs.push(await produce(system, learned, levels, random, steps * nodes, run));
      onProgress?.(runs.length, chains);
    }
  } catch (error) {
    throw error instanceof EnergyNotANumber
      ? new RunFailed<DensityProgress>(error, { learned, runs })
      : error;
  }
  return densityFrom(learned, runs, nodes * Math.log(values.length), width, level);
}

const levelsOf = (S: LogStates): number[] => [...S.keys()].sort((a, b) => a - b);

/** @param logTotal ln of the number of all states */
function densityFrom(
  S: LogStates,
  runs: readonly FlatRun[],
  logTotal: number,
  width: number,
  level: number,
): DensityOfStates {
  const levels = levelsOf(S);
  const energies = Float64Array.from(levels, (at, k) => {
    const seen = runs.reduce((sum, { visits }) => sum + visits[k], 0);
    return seen === 0 ? at * width : runs.reduce((sum, { sums }) => sum + sums[k], 0) / seen;
  });
  /** ln g of each level: ln h + S, less the constant that makes the sum of g q^N. */
  const logStates = (visits: Float64Array): Float64Array => {
    const logs = visits.map((h, k) => Math.log(h) + S.get(levels[k])!);
    const constant = logSum(logs) - logTotal;
    return logs.map((log) => log - constant);
  };
  const weights = (visits: Float64Array, beta: number): Float64Array =>
    logStates(visits).map((g, k) => g - beta * energies[k]);
  const estimate = (statistic: (visits: Float64Array) => number): Estimate =>
    finite(
      runs.map(({ visits }) => visits),
      level,
      statistic,
    );
  return printAs<DensityOfStates>(
    {
      energies,
      logStates: levels.map((_, k) => estimate((visits) => logStates(visits)[k])),
      roundTrips: Math.min(...runs.map((run) => run.roundTrips)),
      equilibrium(temperature) {
        requirePositive('equilibrium', 'temperature', temperature);
        return {
          meanEnergy: estimate((visits) => {
            const logs = weights(visits, 1 / temperature);
            const logZ = logSum(logs);
            return logs.reduce((sum, log, k) => sum + Math.exp(log - logZ) * energies[k], 0);
          }),
          freeEnergy: estimate((visits) => -temperature * logSum(weights(visits, 1 / temperature))),
        };
      },
    },
    densityCard,
  );
}

/** @throws RangeError for chains to go on that do not have one number for each level */
function requireRuns(runs: readonly FlatRun[], levels: number): void {
  runs.forEach((run, chain) => {
    const isRight = [run?.visits, run?.sums].every(
      (each) => each instanceof Float64Array && each.length === levels,
    );
    if (!isRight)
      throw new RangeError(
        `densityOfStates: chain ${chain} to resume must have ${levels} visits and sums, one for each level that was learned`,
      );
  });
}

/** One chain under S held. */
async function produce(
  system: DiscreteSystem,
  S: LogStates,
  levels: readonly number[],
  random: RandomSource,
  attempts: number,
  run: LongRun<unknown>,
): Promise<FlatRun> {
  const attempt = flatWalk(system, S, random, (level) => {
    throw new RangeError(
      `densityOfStates: the first walk did not meet the energy ${level * system.width}; lower lastFactor, or the width is too small`,
    );
  });
  for (let k = 0; k < attempts / 10; k++) {
    if (run.isDue) await run.turn();
    attempt();
  }
  const index = new Map(levels.map((level, k) => [level, k]));
  const [visits, sums] = [new Float64Array(levels.length), new Float64Array(levels.length)];
  let [ends, last] = [0, -1];
  for (let k = 0; k < attempts; k++) {
    if (run.isDue) await run.turn();
    const { level, energy } = attempt();
    const at = index.get(level)!;
    visits[at]++;
    sums[at] += energy;
    if ((at === 0 || at === levels.length - 1) && at !== last) {
      last = at;
      ends++;
    }
  }
  return { visits, sums, roundTrips: Math.max(0, Math.floor((ends - 1) / 2)) };
}

/** As `jackknifeEstimate`; open where a level is known from one chain only. */
function finite(
  rows: readonly Float64Array[],
  level: number,
  statistic: (visits: Float64Array) => number,
): Estimate {
  const all = meanRow(rows);
  const isKnown = rows.every((row) =>
    Number.isFinite(statistic(all.map((visits, k) => visits - row[k] / rows.length))),
  );
  return isKnown
    ? jackknifeEstimate(rows, level, statistic)
    : { estimate: statistic(all), interval: [-Infinity, Infinity] };
}

const densityCard = ({ energies, logStates, roundTrips }: DensityOfStates): MimeBundle =>
  card(
    `Density of states at ${countText(energies.length, 'energy', 'energies')}`,
    {
      energies: rangeText(energies),
      'ln g of the lowest': withInterval(logStates[0]),
      'round trips of the slowest chain': numeral(roundTrips),
    },
    sparkline([logStates.map(({ estimate }) => estimate)]),
    'ln g by energy, ascending',
  );
