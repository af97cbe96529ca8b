// How runs of the proposal's program show: the course of the data by node and sweep, and counts over many runs.
import {
  bars, captioned, card, clippedTable, counted, formatNumber, grouped, type MimeBundle, naturalRange, type Picture, shown,
  strip, summarised, summaryOf, tableBundle,
} from '../display/index.js';
import type { Ensemble, EnsembleRun } from './ensemble.js';
import type { Shell } from './lightCone.js';
import type { OriginalEnsemble } from './original.js';
import type { ReferenceRun } from './program.js';
import type { ReferenceTrace } from './trace.js';

const most = { sweeps: 32, nodes: 96 };

/** The run, which shows its data by node and sweep. */
export const shownRun = (run: ReferenceRun): ReferenceRun => summarised(run, runCard);

function runCard({ injected, steps, converged, final, stateAfterSweep, temperatures }: ReferenceRun): MimeBundle {
  return card(`Reference program: ${counted(steps, 'sweep')}, ${converged ? 'converged' : 'stopped at the limit'}`, {
    signal: injected ? 'entered' : 'refused by node 0',
    nodes: grouped(temperatures.length),
    'node 0 at the end': `data ${formatNumber(final[0])}, reputation ${formatNumber(final[1])}`,
    'values at the end': [...new Set(stateAfterSweep.at(-1))].slice(0, 6).map(formatNumber).join(', '),
  }, { picture: courseOf(stateAfterSweep) });
}

function courseOf(stateAfterSweep: readonly (readonly number[])[]): Picture {
  const rows = stateAfterSweep.slice(0, most.sweeps).map((data) => data.slice(0, most.nodes));
  const { least, greatest } = summaryOf(rows.flat());
  const size = { cellWidth: Math.max(3, Math.min(8, 300 / rows[0].length)), cellHeight: Math.max(4, Math.min(10, 120 / rows.length)) };
  return captioned(strip(rows, naturalRange(Math.min(0, least), greatest > 0 ? greatest : 1), size), ['data by node across, sweeps down']);
}

/** The logged run, which shows what it was given. */
export const shownTrace = (trace: ReferenceTrace): ReferenceTrace => summarised(trace, traceCard);

const traceCard = ({ nodes, signal, decay, uniforms, recorded }: ReferenceTrace): MimeBundle =>
  card(`logged run: ${counted(nodes, 'node')}, signal ${formatNumber(signal)}`, {
    decay, uniforms: grouped(uniforms.length), recorded: recorded ? counted(recorded.steps, 'sweep') : 'nothing',
  });

/** The logged runs, which show as a table. */
export const shownTraces = (traces: ReferenceTrace[]): ReferenceTrace[] => summarised(traces, tracesTable);

const tracesTable = (traces: readonly ReferenceTrace[]): MimeBundle =>
  tableBundle(clippedTable({
    caption: counted(traces.length, 'logged run'),
    head: ['run', 'nodes', 'signal', 'decay', 'uniforms', 'sweeps'],
    rows: traces.map(({ nodes, signal, decay, uniforms, recorded }, k) =>
      [String(k), String(nodes), formatNumber(signal), String(decay), grouped(uniforms.length), recorded ? String(recorded.steps) : '–']),
    align: ['right', 'right', 'right', 'right', 'right', 'right'],
  }));

/** The ensemble, which shows its outcomes and how long its runs took. */
export const shownEnsemble = <Counts extends OriginalEnsemble>(ensemble: Counts): Counts => summarised(ensemble, ensembleCard);

function ensembleCard(ensemble: OriginalEnsemble & Partial<Ensemble>): MimeBundle {
  const { runs, nodes, signal, decay, injected, outcomes, stepCounts, predictedInjection } = ensemble;
  const share = (count: number): string => `${grouped(count)} (${formatNumber((100 * count) / runs)} %)`;
  const last = stepCounts.length - 1;
  return card(`${counted(runs, 'run')} of the reference program: ${counted(nodes, 'node')}, signal ${formatNumber(signal)}`, {
    decay,
    'signal entered': `${share(injected)}${predictedInjection === undefined ? '' : `, predicted ${formatNumber(100 * predictedInjection)} %`}`,
    'all agree': share(outcomes.agreed),
    'signal lost': share(outcomes.allZero),
    split: share(outcomes.split),
  }, { picture: captioned(bars(stepCounts.slice(1), { ends: ['1', String(last)] }), ['runs by sweeps']) });
}

/** The ensembles, which show as a table. */
export const shownEnsembles = (ensembles: readonly OriginalEnsemble[]): readonly OriginalEnsemble[] =>
  summarised(ensembles.map(shownEnsemble), ensemblesTable);

const ensemblesTable = (ensembles: readonly OriginalEnsemble[]): MimeBundle =>
  tableBundle({
    caption: 'runs of the original program',
    head: ['signal', 'decay', 'runs', 'signal entered', 'all agree', 'signal lost', 'split'],
    rows: ensembles.map(({ signal, decay, runs, injected, outcomes: { agreed, allZero, split } }) =>
      [signal, decay, runs, injected, agreed, allZero, split].map((x) => formatNumber(x))),
    align: new Array<'right'>(7).fill('right'),
  });

/** A run with its graph, which shows as the run. */
export const shownEnsembleRun = (one: EnsembleRun): EnsembleRun => summarised(one, ({ run }) => runCard(run));

/** The shells, which show as a table. */
export const shownShells = (shells: Shell[]): Shell[] => shown(shells, shellsTable);

function shellsTable(shells: readonly Shell[]): MimeBundle {
  const rows = shells.map(({ distance, firstChange }) => {
    const changed = firstChange.filter(Number.isFinite);
    const { least, greatest, mean } = summaryOf(changed);
    return [
      String(distance), String(firstChange.length), String(firstChange.length - changed.length),
      ...(changed.length === 0 ? ['–', '–', '–'] : [least, mean, greatest].map(formatNumber)),
    ];
  });
  return tableBundle({
    caption: 'first change by distance from node 0, in sweeps',
    head: ['distance', 'nodes', 'unchanged', 'first', 'mean', 'last'], rows, align: new Array<'right'>(6).fill('right'),
  });
}
