// Ricci flow of the lengths of edges: an edge of positive curvature shrinks, an edge of negative curvature
// grows,
//   l(uv) <- d(u, v) (1 - step kappa(u, v)),   then all lengths times one factor, so that their mean stays
// with d the shortest path between the ends, so an edge longer than its detour takes the detour's length. As
// kappa <= 1, no length becomes negative with a step of at most 1; with step 1 the new length is W1 itself.
// Optional surgery cuts long edges and contracts short ones. Sources: Hamilton, J. Diff. Geom. 17 (1982) 255;
// on graphs: Ni, Lin, Luo, Gao, Sci. Rep. 9 (2019) 9984, doi:10.1038/s41598-019-46380-9; Bai, Lin, Lu, Wang,
// Yau, Calc. Var. 63 (2024) 79, arXiv:2010.01802.
import {
  card,
  countText,
  formatNumber,
  type MimeBundle,
  rangeText,
  showAs,
  sparkline,
  summaryOf,
} from '../display/index.js';
import { type Graph, requireUnsigned } from '../graphs/index.js';
import {
  byDefault,
  type Filled,
  needed,
  nested,
  type OptionsOf,
  readOptions,
  typed,
} from '../numerics/options.js';
import {
  aBoolean,
  aFunction,
  aList,
  anything,
  aSignal,
  integer,
  nonNegative,
  positive,
} from '../numerics/rules.js';
import { LongRun } from '../runtime/index.js';
import { edgeLengths, LONGEST } from './edgeLengths.js';
import { type Curvature, curvatureOf, type LazyWalkOptions, walkOptions } from './ollivierRicci.js';
import { onEdges } from './quotient.js';
import { checkSurgery, operate, type Operation, stateOf, type Surgery, surgeryOptions } from './surgery.js';

const flowOptions = {
  /** Steps in total, including those of `resume`. */
  steps: needed(integer(0)),
  /** The size of a step, in (0, 1]; 1 by default. */
  stepSize: byDefault(1, positive),
  /** [E], the lengths at the start; all 1 by default. */
  lengths: typed<ArrayLike<number>>(aList),
  /** Whether to keep the mean length of the remaining edges: without surgery, their sum; true by default. */
  normalise: byDefault(true, aBoolean),
  /** Cuts and contractions on the way; none by default. */
  surgery: typed<Surgery>(nested(surgeryOptions)),
  /** The flow stops when max kappa - min kappa falls below it; 0, never, by default. */
  tolerance: byDefault(0, nonNegative),
  /** A flow of the same graph with the same options, which continues as if it had not stopped. */
  resume: typed<RicciFlow>(anything),
  /** Called after every step, with the steps done and the total. */
  onProgress: typed<(done: number, total: number) => void>(aFunction),
  /** Aborting rejects, after the current step, with Aborted, whose `partial` is the flow so far. */
  signal: aSignal,
};
type Flow = Filled<typeof flowOptions>;

/** Options of `ricciFlow`. */
export interface RicciFlowOptions extends LazyWalkOptions, OptionsOf<typeof flowOptions> {}

/** Lengths and curvatures of the edges after a Ricci flow, and how it went. */
export interface RicciFlow {
  /** `[E]`: 0 for contracted edges, Infinity for cut ones. */
  readonly lengths: Float64Array;
  /** `[E]`: kappa for these lengths; NaN for edges that are contracted or cut. */
  readonly curvatures: Float64Array;
  readonly steps: number;
  /** `[steps + 1]`: max kappa - min kappa from the start on; 0 if no edge is left. */
  readonly spreads: readonly number[];
  readonly operations: readonly Operation[];
  /** The mean length at the start. */
  readonly meanLength: number;
  /**
   * Why it stopped: all steps done; max kappa - min kappa below the tolerance; no edge left; lengths that
   * would exceed 1e300.
   */
  readonly reason: 'steps' | 'constant curvature' | 'no edges' | 'overflow' | 'aborted';
}

/**
 * Ricci flow of the edges' lengths. Edges of length 0 at the start are contracted. With unit lengths, step 1
 * and normalisation this is the flow of GraphRicciCurvature, whose published three steps on the karate club
 * it reproduces; that tool's step l (1 - step kappa) differs for smaller steps if an edge is longer than its
 * detour.
 *
 * @throws RangeError for steps that are not a whole number, a step size outside (0, 1], a flow to resume of
 * another graph, and as ollivierRicci; Aborted<RicciFlow>
 * @example
 * const { lengths, reason } = await geometry.ricciFlow(karateClub(), { steps: 3 });
 * lengths[0]; // 0.5846
 * reason; // 'steps'
 */
export async function ricciFlow(graph: Graph, options: RicciFlowOptions): Promise<RicciFlow> {
  requireUnsigned('ricciFlow', graph);
  const given = readOptions('ricciFlow', options, { ...walkOptions, ...flowOptions });
  checkFlow(graph, given);
  const { steps, surgery, tolerance, resume, onProgress, signal } = given;
  let state = resume
    ? stateOf(graph, resume.lengths)
    : operate(graph, edgeLengths('ricciFlow', graph, given.lengths), 0, undefined);
  const meanLength = resume?.meanLength ?? meanOf(state.quotient.lengths);
  const operations = [...(resume?.operations ?? state.operations)];
  let curvature = curvatureOf('ricciFlow', state.quotient.graph, state.quotient.lengths, given);
  const spreads = [...(resume?.spreads ?? [spreadOf(curvature)])];
  let done = resume?.steps ?? 0;
  const result = (reason: RicciFlow['reason']): RicciFlow =>
    showAs<RicciFlow>(
      {
        lengths: state.lengths,
        curvatures: onEdges(state.quotient, curvature.curvatures, () => NaN),
        steps: done,
        spreads: [...spreads],
        operations: [...operations],
        meanLength,
        reason,
      },
      flowCard,
    );
  const run = new LongRun<RicciFlow>({
    caller: 'ricciFlow',
    signal,
    where: () => `${done} of ${steps} steps`,
    partial: () => result('aborted'),
  });

  for (;;) {
    if (state.quotient.lengths.length === 0) return result('no edges');
    if (spreads.at(-1)! < tolerance) return result('constant curvature');
    if (done >= steps) return result('steps');
    if (run.isLate) await run.turn();
    const next = nextLengths(curvature, given, meanLength);
    if (next.some((length) => length > LONGEST)) return result('overflow');
    state = operate(
      graph,
      onEdges(state.quotient, next, (edge) => state.lengths[edge]),
      done + 1,
      state.quotient,
      surgery,
    );
    operations.push(...state.operations);
    curvature = curvatureOf('ricciFlow', state.quotient.graph, state.quotient.lengths, given);
    spreads.push(spreadOf(curvature));
    done++;
    onProgress?.(done, steps);
  }
}

function nextLengths(
  { curvatures, distances }: Curvature,
  { stepSize, normalise }: Flow,
  meanLength: number,
): Float64Array {
  const next = distances.map((d, edge) => d * (1 - stepSize * curvatures[edge]));
  const mean = meanOf(next);
  return normalise && mean > 0 ? next.map((length) => length * (meanLength / mean)) : next;
}

const meanOf = (lengths: Float64Array): number =>
  lengths.reduce((sum, length) => sum + length, 0) / lengths.length;

function spreadOf({ curvatures }: Curvature): number {
  const { least, greatest } = summaryOf(curvatures);
  return curvatures.length > 0 ? greatest - least : 0;
}

function checkFlow({ edgeCount }: Graph, { stepSize, surgery, lengths, resume }: Flow): void {
  if (stepSize > 1) throw new RangeError(`ricciFlow: stepSize must be in (0, 1], got ${stepSize}`);
  checkSurgery(surgery);
  if (resume === undefined) return;
  if (lengths !== undefined)
    throw new RangeError('ricciFlow: lengths are those of the flow to resume, got both');
  if (resume.lengths.length !== edgeCount) {
    throw new RangeError(
      `ricciFlow: the flow to resume must have ${edgeCount} lengths, got ${resume.lengths.length}`,
    );
  }
}

function flowCard({ lengths, curvatures, steps, spreads, operations, reason }: RicciFlow): MimeBundle {
  const left = lengths.filter((length) => length > 0 && length < Infinity);
  const of = (what: string): string => String(operations.filter(({ kind }) => kind === what).length);
  return card(
    `Ricci flow of ${countText(lengths.length, 'edge')}`,
    {
      steps: `${steps} (${reason})`,
      lengths: left.length > 0 ? rangeText(left) : undefined,
      curvature: left.length > 0 ? rangeText(curvatures.filter((kappa) => !Number.isNaN(kappa))) : undefined,
      'spread of curvature': `${formatNumber(spreads[0])} → ${formatNumber(spreads.at(-1)!)}`,
      ...(operations.length > 0 ? { cut: of('cut'), contracted: of('contracted') } : {}),
    },
    spreads.length > 1 && sparkline([spreads]),
    'spread of curvature by step',
  );
}
