// How the chains explore each gauge-invariant observable: chains that do not move, drift, disagree, are
// copies or are too short.
import { card, numeral, showAs } from '../../display/index.js';
import type { PooledTime } from '../chains/autocorrelationTime.js';
import { rHatLimit } from '../chains/agreement.js';
import type { ObservableReport } from './certificate.js';
import { drift } from '../chains/drift.js';
import { effectiveSampleSize } from '../chains/effectiveSampleSize.js';
import { mean, studentInterval, short, withInterval } from '../../statistics/index.js';
import { splitRHat } from '../chains/rHat.js';
import type { Replica } from '../chains/replicas.js';
import { failing, threshold } from './significance.js';
import { dependentChainTests } from './dependentChains.js';
import { listed } from './words.js';

/**
 * With fewer, R-hat and intervals are not reliable: Vehtari et al. (2021), DOI 10.1214/20-BA1221, section 4.
 */
const EFFECTIVE_PER_HALF_CHAIN = 50;

/** One observable along all chains: its name, the series of every chain, the autocorrelation time. */
export interface Exploration extends PooledTime {
  readonly name: string;
  readonly chains: readonly Float64Array[];
}

/** Mean over replicas with its interval at 95 %, and the diagnostics. */
export function report({ chains, time }: Exploration, replicas: readonly Replica[]): ObservableReport {
  const means = replicas.map(({ chain, from, to }) => mean(chains[chain].subarray(from, to)));
  const rest = { tau: time, ess: effectiveSampleSize(chains), rHat: splitRHat(chains) };
  return showAs<ObservableReport>({ ...studentInterval(means, 0.95), ...rest }, reportCard);
}

/** Findings on all observables; the first must be the energy. */
export function explorationFindings(
  observables: readonly Exploration[],
  reports: readonly ObservableReport[],
): string[] {
  const still = observables.filter(({ time }) => Number.isNaN(time));
  const moving = observables
    .map((observable, o) => ({ ...observable, ...reports[o] }))
    .filter(({ time }) => time > 0);
  return [
    ...still.map(({ name }) => `${name} never changes: the samples say nothing about it`),
    ...driftFindings(moving),
    ...disagreements(moving),
    ...twinFindings(observables[0]),
    ...shortages(moving),
  ];
}

function driftFindings(observables: readonly Exploration[]): string[] {
  const tests = observables.map((subject) => ({ subject, ...drift(subject.chains, subject) }));
  return failing(tests).map(
    ({ subject, window }) =>
      `${subject.name} drifts: its first ${window === 1 ? 'record is' : `${window} records are`} unlike the second half ` +
      'of the chains; a burn-in was left in',
  );
}

function disagreements(observables: readonly (Exploration & ObservableReport)[]): string[] {
  const probability = threshold(observables.length);
  return observables.flatMap((observable) => {
    const { name, chains, rHat } = observable;
    const limit = rHatLimit(chains.length, chains[0].length, observable, probability);
    const value = rHat < 100 ? rHat.toFixed(3) : 'over 100';
    return rHat > limit ? [`chains disagree on ${name}: split R-hat ${value} above ${limit.toFixed(3)}`] : [];
  });
}

function twinFindings({ chains, time }: Exploration): string[] {
  return failing(dependentChainTests(chains, time))
    .slice(0, 3)
    .map(({ subject: [a, b] }) => `chains ${a} and ${b} are not independent: their energies move together`);
}

function shortages(observables: readonly (Exploration & ObservableReport)[]): string[] {
  return observables.flatMap(({ name, chains, time, ess }) => {
    const needed = 2 * chains.length * EFFECTIVE_PER_HALF_CHAIN;
    if (ess >= needed) return [];
    return [
      `chains are too short for ${name}: ${chains[0].length} records of autocorrelation time ${short(time)} ` +
        `make ${Math.floor(ess)} effective ones, needed ${needed}`,
    ];
  });
}

/** Findings on moves: a sampler that rejects everything in some chain. */
export function acceptanceFindings(acceptance: readonly number[] | undefined): string[] {
  const stuck = [...(acceptance ?? []).keys()].filter((chain) => !(acceptance![chain] > 0));
  return stuck.length > 0 ? [`no move was ever accepted in ${listed('chain', stuck)}`] : [];
}

const reportCard = (report: ObservableReport) =>
  card(withInterval(report), {
    'autocorrelation time': `${short(report.tau)} records`,
    'effective sample size': numeral(Math.round(report.ess)),
    'split R-hat': report.rHat.toFixed(3),
  });
