// Results of the original program: its counts over 4000 runs per point, unchanged but for the seeds.
// Run k of point p (both from 0) was seeded with 4000 p + k in each generator that it draws from, Python's
// for the graph and NumPy's for acceptance; Python 3, NumPy 2.4.6, networkx 3.6.1.
// Source: EMTD, section 3.3, executed; claim EMTD-3.16 compares `referenceEnsemble` with these.
import { type OriginalEnsemble, shownEnsemble } from './ensemble.js';
import { formatNumber, printAs, tableBundle } from '../display/index.js';

const ensemblesTable = (ensembles: readonly OriginalEnsemble[]) =>
  tableBundle({
    caption: 'runs of the original program',
    head: ['signal', 'decay', 'runs', 'signal entered', 'all agree', 'signal lost', 'split'],
    rows: ensembles.map(({ signal, decay, runs, injected, outcomes: { agreed, allZero, split } }) =>
      [signal, decay, runs, injected, agreed, allZero, split].map((x) => formatNumber(x)),
    ),
    align: new Array<'right'>(7).fill('right'),
  });

/**
 * Counts of the outcomes of the original program, 4000 runs per point.
 *
 * @example
 * const [first] = reference.originalEnsembles;
 * [first.nodeCount, first.signal, first.runs]; // [50, 1, 4000]
 * first.outcomes; // { agreed: 3921, allZero: 79, split: 0 }
 */
export const originalEnsembles: readonly OriginalEnsemble[] = printAs<readonly OriginalEnsemble[]>(
  [
    {
      signal: 1,
      decay: 0.95,
      injected: 3921,
      outcomes: { agreed: 3921, allZero: 79, split: 0 },
      stepCounts: [0, 79, 3655, 266],
      leaderDegreeCounts: [0, 0, 30, 577, 2806, 529, 55, 3],
    },
    {
      signal: 3.14159,
      decay: 0.95,
      injected: 3253,
      outcomes: { agreed: 3253, allZero: 747, split: 0 },
      stepCounts: [0, 747, 1628, 1625],
      leaderDegreeCounts: [0, 0, 27, 571, 2808, 533, 56, 5],
    },
    {
      signal: 6,
      decay: 0.95,
      injected: 1954,
      outcomes: { agreed: 1954, allZero: 2046, split: 0 },
      stepCounts: [0, 2046, 178, 1711, 63, 2],
      leaderDegreeCounts: [0, 0, 38, 593, 2740, 566, 56, 6, 1],
    },
    {
      signal: 8,
      decay: 0.95,
      injected: 1099,
      outcomes: { agreed: 1099, allZero: 2901, split: 0 },
      stepCounts: [0, 2901, 15, 776, 292, 14, 2],
      leaderDegreeCounts: [0, 0, 30, 612, 2769, 536, 51, 2],
    },
    {
      signal: 10,
      decay: 0.95,
      injected: 543,
      outcomes: { agreed: 542, allZero: 3457, split: 1 },
      stepCounts: [0, 3457, 0, 138, 280, 97, 25, 2, 1],
      leaderDegreeCounts: [0, 0, 37, 565, 2750, 598, 48, 2],
    },
    {
      signal: 12,
      decay: 0.95,
      injected: 263,
      outcomes: { agreed: 256, allZero: 3737, split: 7 },
      stepCounts: [0, 3742, 0, 6, 56, 66, 68, 34, 17, 4, 5, 0, 1, 1],
      leaderDegreeCounts: [0, 0, 33, 612, 2746, 553, 51, 5],
    },
    {
      signal: 14,
      decay: 0.95,
      injected: 100,
      outcomes: { agreed: 67, allZero: 3900, split: 33 },
      stepCounts: [0, 3918, 6, 3, 1, 4, 7, 12, 14, 17, 4, 3, 4, 3, 3, 1],
      leaderDegreeCounts: [0, 0, 21, 623, 2768, 536, 47, 4, 1],
    },
    {
      signal: 8,
      decay: 0.5,
      injected: 1174,
      outcomes: { agreed: 1166, allZero: 2826, split: 8 },
      stepCounts: [0, 2826, 21, 699, 316, 65, 29, 16, 9, 11, 4, 3, 0, 0, 1],
      leaderDegreeCounts: [0, 0, 29, 571, 2824, 516, 54, 6],
    },
    {
      signal: 8,
      decay: 0.999,
      injected: 1120,
      outcomes: { agreed: 1120, allZero: 2880, split: 0 },
      stepCounts: [0, 2880, 15, 814, 279, 10, 2],
      leaderDegreeCounts: [0, 0, 27, 630, 2751, 553, 37, 2],
    },
  ].map((counts) => shownEnsemble<OriginalEnsemble>({ nodeCount: 50, runs: 4000, ...counts })),
  ensemblesTable,
);
