// How measurements show: a number with its interval in words, series of chains as curves.
import { captioned, card, clippedTable, counted, formatNumber, grouped, type MimeBundle, rangeText, sparkline, tableBundle } from '../display/index.js';
import type { Calibration } from './calibration.js';
import type { ObservableReport } from './certificate.js';
import type { Crossing } from './crossing.js';
import type { Overwrites } from './countOverwrites.js';
import type { DensityOfStates } from './densityOfStates.js';
import type { PriceTable } from './energyPrices.js';
import type { LandauerLedger } from './landauerLedger.js';
import type { CrooksLine } from './crooksLine.js';
import type { DetectionCurve } from './detectionCurve.js';
import type { Estimate } from './estimate.js';
import type { Hodge } from './hodge.js';
import type { Line } from './fitLine.js';
import type { NetCurrents } from './netCurrents.js';
import type { Integral } from './thermodynamicIntegration.js';
import type { WorkEstimate } from './jarzynski.js';
import type { PassageTime } from './passageTimes.js';
import type { SplitBrain } from './splitBrain.js';
import type { Survival } from './survival.js';
import { joined } from './splitChains.js';
import { short, withInterval } from './words.js';

const mostCurves = 5;

export const estimateText = (estimate: Estimate): MimeBundle => ({ 'text/plain': withInterval(estimate) });

export const reportCard = (report: ObservableReport): MimeBundle =>
  card(withInterval(report), {
    'autocorrelation time': `${short(report.tau)} records`,
    'effective sample size': grouped(Math.round(report.ess)),
    'split R-hat': report.rHat.toFixed(3),
  });

/** One series a chain; `what` says what a series runs over. */
export function seriesCard(what: string): (chains: readonly ArrayLike<number>[]) => MimeBundle {
  return (chains) => {
    const drawn = chains.slice(0, mostCurves);
    const which = drawn.length < chains.length ? [`${drawn.length} of ${counted(chains.length, 'chain')}`] : [];
    return card(`${counted(chains.length, 'chain')} of ${counted(chains[0]?.length ?? 0, what)}`, { values: rangeText(joined(chains)) }, {
      picture: captioned(sparkline(drawn, { width: 260, height: 64 }), which),
    });
  };
}

export const lineText = ({ slope, intercept }: Line): MimeBundle =>
  ({ 'text/plain': `${formatNumber(slope)} x ${intercept < 0 ? '-' : '+'} ${formatNumber(Math.abs(intercept))}` });

export const meanText = ({ mean, standardError }: { mean: number; standardError: number }): MimeBundle =>
  ({ 'text/plain': `${formatNumber(mean)} with standard error ${formatNumber(standardError)}` });

export const correlationText = ({ correlation, byChance }: { correlation: number; byChance: number }): MimeBundle =>
  ({ 'text/plain': `correlation ${formatNumber(correlation)}, or more, by chance with probability ${formatNumber(byChance)}` });

export const curveCard = (x: ArrayLike<number>, y: ArrayLike<number>, groups: number): MimeBundle =>
  card(`Curve of ${counted(x.length, 'point')} from ${counted(groups, 'group')}`, { x: rangeText(x), y: rangeText(y) }, {
    picture: captioned(sparkline([y]), ['y by point']),
  });

export const crossingText = (crossing: Crossing): MimeBundle =>
  ({ 'text/plain': crossing.found ? `crossing at ${withInterval(crossing)}` : `no crossing: ${crossing.why}` });

export const netCurrentsCard = ({ currents, byChance }: NetCurrents): MimeBundle =>
  card(`Net currents between ${counted(currents.length, 'pair')} of classes`, {
    'most certain': currents.slice(0, 1).map(({ from, to, current, standardError }) =>
      `${from} to ${to}: ${formatNumber(current)} a step, standard error ${formatNumber(standardError)}`)[0],
    'by chance': formatNumber(byChance),
  });

export const workText = (work: WorkEstimate): MimeBundle =>
  ({ 'text/plain': `${withInterval(work)}, made by ${short(work.effectiveRuns)} runs` });

export const crooksText = ({ slope, crossing }: CrooksLine): MimeBundle =>
  ({ 'text/plain': `slope ${withInterval(slope)}, crossing at ${withInterval(crossing)}` });

export const integralText = (integral: Integral): MimeBundle =>
  ({ 'text/plain': `${withInterval(integral)}, ${short(integral.discretisation)} of it may be the points' distance` });

export const densityCard = ({ energies, logStates, roundTrips }: DensityOfStates): MimeBundle =>
  card(`Density of states at ${counted(energies.length, 'energy', 'energies')}`, {
    energies: rangeText(energies), 'ln g of the lowest': withInterval(logStates[0]), 'round trips of the laziest chain': grouped(roundTrips),
  }, { picture: captioned(sparkline([logStates.map(({ estimate }) => estimate)]), ['ln g by energy, ascending']) });

export const pricesCard = (prices: PriceTable): MimeBundle =>
  tableBundle(clippedTable({
    head: ['name', 'joules', 'bits', 'year', 'source'], align: ['left', 'right', 'right', 'right', 'left'],
    rows: Object.entries(prices).map(([name, { joules, bits, year, source }]) => [name, joules.toPrecision(4), String(bits), String(year), source]),
  }));

export const ledgerCard = ({ items, joules, bound, ratio, kelvin }: LandauerLedger): MimeBundle =>
  tableBundle(clippedTable({
    head: ['name', 'count', 'joules each', 'joules', 'at the bound', 'source'], align: ['left', 'right', 'right', 'right', 'right', 'left'],
    rows: items.map(({ name, count, joules: each, total, bound: least, source, year }) =>
      [name, grouped(count), each.toPrecision(3), total.toPrecision(3), least.toPrecision(3), `${source} (${year})`]),
    caption: `${joules.toPrecision(3)} J, ${bound > 0 ? `${short(ratio)} times` : 'without'} the bound of ${bound.toPrecision(3)} J at ${kelvin} K`,
  }));

export const overwritesText = ({ bits, accepted, discarded }: Overwrites): MimeBundle =>
  ({ 'text/plain': `${grouped(bits)} bits overwritten by ${counted(accepted, 'move')}, ${counted(discarded, 'proposal')} discarded` });

export const passageText = (time: PassageTime): MimeBundle =>
  ({ 'text/plain': `${time.passages === 0 ? `above ${short(time.interval[0])}` : withInterval(time)}, from ${counted(time.passages, 'passage')}, ${time.censored} censored` });

export const splitBrainCard = ({ split, camps, cutEdges, cutCouplings, conductance, overlap }: SplitBrain): MimeBundle =>
  card(split ? 'Split in two camps' : 'No split', {
    'nodes of the largest camps': camps.map((camp) => grouped(camp.length)).join(' and '),
    'edges between them': grouped(cutEdges),
    'couplings between them': formatNumber(cutCouplings),
    conductance: formatNumber(conductance),
    'overlap with the Fiedler cut': Number.isNaN(overlap) ? undefined : formatNumber(overlap),
  });

export const hodgeCard = ({ gradient, shares }: Hodge): MimeBundle =>
  card(`Hodge decomposition of a flow on ${counted(gradient.length, 'edge')}`, {
    'gradient, share of the energy': formatNumber(shares.gradient), 'curl of triangles': formatNumber(shares.curl), harmonic: formatNumber(shares.harmonic),
  });

export const detectionCard = ({ area, falseAlarms, detections }: DetectionCurve): MimeBundle =>
  card(`Detection curve of ${counted(falseAlarms.length, 'threshold')}`, { 'area under it': withInterval(area) }, {
    picture: captioned(sparkline([detections, falseAlarms]), ['share found, and falsely found, by threshold']),
  });

export const calibrationCard = ({ error, noise, bins }: Calibration): MimeBundle =>
  card(`Calibration of ${counted(bins.reduce((sum, { count }) => sum + count, 0), 'prediction')}`, {
    'expected calibration error': formatNumber(error),
    'of perfect predictions': formatNumber(noise),
    ...Object.fromEntries(bins.map(({ predicted, observed }) => [`predicted ${formatNumber(predicted)}`, `happened ${withInterval(observed)}`])),
  });

export const survivalCard = ({ times, shares, atRisk, ended, median }: Survival): MimeBundle =>
  card(`Survival of ${grouped(atRisk[0])}`, {
    'seen to end': grouped(ended.reduce((sum, each) => sum + each, 0)),
    median: Number.isFinite(median.estimate) ? withInterval(median) : `above ${formatNumber(times.at(-1)!)}`,
    'left after the last end': withInterval(shares.at(-1)!),
  }, shares.length > 1 ? { picture: captioned(sparkline([shares.map(({ estimate }) => estimate)]), ['share left, end by end']) } : {});

export const ratesCard = (rates: readonly number[]): MimeBundle =>
  card(`Rates of ${counted(rates.length, 'replica')}`, { 'rate a step': rates.length > 0 ? rangeText(rates) : undefined });
