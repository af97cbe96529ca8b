// Many runs of the program, each on a fresh small-world graph, and their outcomes: the distribution behind
// the one line that the program prints.
//   P(injected) = E_d[exp(-d s^2 / (2 T_0))]
// since node 0, of degree d, is offered the signal s at T_0 = 100 while its neighbours are at 0, which raises
// H_0 by d s^2 / 2. Cooling comes later, so P does not depend on the decay. Source: EMTD, section 3.3; claims
// EMTD-2.12, 3.16, 3.18, 3.22, 3.24.
import { type Graph, smallWorld, requireGraph } from '../graphs/index.js';
import { needed, type OptionsOf, readOptions, typed } from '../numerics/options.js';
import { anything, integer } from '../numerics/rules.js';
import {
  defaultSeed,
  randomKey,
  type SeedOption,
  uniformGenerator,
  seedOption,
} from '../randomness/index.js';
import type { NeighbourLists } from './programEnergy.js';
import { programOptions, type ReferenceRun, referenceTemperature, runCard, runReference } from './program.js';
import { bars, card, countText, formatNumber, numeral, printAs } from '../display/index.js';

const ensembleOptions = {
  /** Number of runs. */
  runs: needed(integer(1, Number.MAX_SAFE_INTEGER)),
  /** Nodes of each graph. */
  nodeCount: needed(typed<number>(anything)),
  ...programOptions,
  ...seedOption,
};

/** Run k has its own random streams for its graph and its uniforms. */
export interface EnsembleInput
  extends SeedOption,
    OptionsOf<typeof programOptions>,
    OptionsOf<typeof ensembleOptions> {}

/** Final state: all nodes at the signal, all at zero (the signal was lost), or neither. */
export type ReferenceOutcome = 'agreed' | 'allZero' | 'split';

/** Outcomes of many runs of the proposal's program. */
export interface Ensemble extends Required<EnsembleInput> {
  /** Runs in which node 0 took the signal. */
  readonly injected: number;
  readonly outcomes: Readonly<Record<ReferenceOutcome, number>>;
  /** Runs that stopped by the program's rule; the program prints "crystallized" for every run. */
  readonly converged: number;
  /** Runs that stopped after k sweeps, [k]. */
  readonly stepCounts: readonly number[];
  /** Runs whose node 0 had degree d, [d]. */
  readonly leaderDegreeCounts: readonly number[];
  /** Runs whose node 0 had degree d and took the signal, [d]. */
  readonly injectedByLeaderDegree: readonly number[];
  /** E_d[exp(-d s^2 / (2 T_0))] over the degrees of node 0 in the runs. */
  readonly predictedInjection: number;
}

/** What is known of the runs of the original program, which drew from other generators. */
export type OriginalEnsemble = Omit<
  Ensemble,
  'seed' | 'converged' | 'injectedByLeaderDegree' | 'predictedInjection'
>;

/** One run of an ensemble and the graph that was drawn for it. */
export interface EnsembleRun {
  readonly graph: Graph;
  readonly run: ReferenceRun;
  /** The run under another decay: the same graph, signal and uniforms. */
  readonly withDecay: (decay: number) => ReferenceRun;
}

/**
 * The runs of an ensemble, one after the other, on graphs of the program's own kind (Watts-Strogatz, degree
 * 4, rewiring 0.1, not necessarily connected). The same seed gives the same runs, and with another signal or
 * decay the same graphs and uniforms.
 *
 * @throws RangeError for a number of runs that is not whole and positive, and as {@link smallWorld} and
 *   {@link runReference} do.
 * @example [...reference.referenceRuns({ runs: 3, nodeCount: 50, signal: 3, seed: 1 })].map(({ run }) => run.steps); // [2, 2, 3]
 */
export function* referenceRuns(input: EnsembleInput): Generator<EnsembleRun> {
  const given = readOptions('referenceRuns', input, ensembleOptions);
  const { runs, nodeCount, signal, decay, seed = defaultSeed() } = given;
  const { seed: word } = randomKey(seed); // a text is hashed once for all runs
  for (let k = 0; k < runs; k++) {
    const random = uniformGenerator(word, `graph ${k}`);
    const graph = smallWorld(nodeCount, 4, 0.1, { random, connected: false });
    const neighbours = neighbourLists(graph);
    const withDecay = (decay: number) =>
      runReference({ neighbours, signal, decay, uniform: uniformGenerator(word, `program ${k}`) });
    yield printAs<EnsembleRun>({ graph, run: withDecay(decay), withDecay }, ({ run }) => runCard(run));
  }
}

/**
 * Counts the outcomes of {@link referenceRuns}. The same seed gives the same counts.
 *
 * @param each is called with every run.
 * @throws RangeError as {@link referenceRuns} does.
 * @example reference.referenceEnsemble({ runs: 1000, nodeCount: 50, signal: 14, seed: 1 }).outcomes; // { agreed: 20, allZero: 969, split: 11 }
 */
export function referenceEnsemble(
  input: EnsembleInput,
  each: (one: EnsembleRun) => void = () => {},
): Ensemble {
  const given = readOptions('referenceRuns', input, ensembleOptions);
  const { runs, nodeCount, signal, decay, seed = defaultSeed() } = given;
  const outcomes: Record<ReferenceOutcome, number> = { agreed: 0, allZero: 0, split: 0 };
  const [stepCounts, leaderDegreeCounts, injectedByLeaderDegree]: number[][] = [[], [], []];
  let [injected, converged, predicted] = [0, 0, 0];
  for (const one of referenceRuns(input)) {
    const { graph, run } = one;
    each(one);
    const degree = graph.degree(0);
    if (run.injected) injected++;
    if (run.converged) converged++;
    outcomes[referenceOutcome(run, signal)]++;
    count(stepCounts, run.steps);
    count(leaderDegreeCounts, degree);
    count(injectedByLeaderDegree, degree, run.injected ? 1 : 0);
    predicted += injectionProbability(degree, signal);
  }
  return shownEnsemble({
    runs,
    nodeCount,
    signal,
    decay,
    seed,
    injected,
    outcomes,
    converged,
    stepCounts,
    leaderDegreeCounts,
    injectedByLeaderDegree,
    predictedInjection: predicted / runs,
  });
}

/**
 * Probability exp(-d s^2 / (2 T_0)) that a node 0 of degree d takes the signal s.
 *
 * @example reference.injectionProbability(4, Math.PI); // 0.8209
 */
export const injectionProbability = (degree: number, signal: number): number =>
  Math.exp((-degree * signal ** 2) / (2 * referenceTemperature));

/**
 * How a run of the original program ended: all nodes at the signal, all at zero, or neither.
 *
 * @example
 * const run = reference.runReference({ neighbours: reference.neighbourLists(ring(20, 4)), signal: 3, uniform: () => 0.99 });
 * reference.referenceOutcome(run, 3); // 'allZero'
 */
export function referenceOutcome({ stateAfterSweep }: ReferenceRun, signal: number): ReferenceOutcome {
  const end = stateAfterSweep[stateAfterSweep.length - 1];
  if (end.every((data) => data === signal)) return 'agreed';
  return end.every((data) => data === 0) ? 'allZero' : 'split';
}

/**
 * A graph as the lists of neighbours that the reference program runs on.
 *
 * @example reference.neighbourLists(ring(4)); // [[1, 3], [0, 2], [1, 3], [0, 2]]
 */
export function neighbourLists(graph: Graph): NeighbourLists {
  requireGraph('neighbourLists', graph);
  return Array.from({ length: graph.nodeCount }, (_, i) => Array.from(graph.neighboursOf(i)));
}

function count(counts: number[], value: number, times = 1): void {
  while (counts.length <= value) counts.push(0);
  counts[value] += times;
}

/** The ensemble, which shows its outcomes and how long its runs took. */
export const shownEnsemble = <Counts extends OriginalEnsemble>(ensemble: Counts): Counts =>
  printAs(ensemble, ensembleCard);

function ensembleCard(ensemble: OriginalEnsemble & Partial<Ensemble>) {
  const { runs, nodeCount, signal, decay, injected, outcomes, stepCounts, predictedInjection } = ensemble;
  const share = (count: number): string => `${numeral(count)} (${formatNumber((100 * count) / runs)} %)`;
  const last = stepCounts.length - 1;
  return card(
    `${countText(runs, 'run')} of the reference program: ${countText(nodeCount, 'node')}, signal ${formatNumber(signal)}`,
    {
      decay,
      'signal entered': `${share(injected)}${predictedInjection === undefined ? '' : `, predicted ${formatNumber(100 * predictedInjection)} %`}`,
      'all agree': share(outcomes.agreed),
      'signal lost': share(outcomes.allZero),
      split: share(outcomes.split),
    },
    bars(stepCounts.slice(1), { ends: ['1', String(last)] }),
    'runs by sweeps',
  );
}
