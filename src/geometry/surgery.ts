// Surgery between steps of a flow: long edges are cut, short edges are contracted to a point.
// Source: Ni, Lin, Luo, Gao, Sci. Rep. 9 (2019) 9984, doi:10.1038/s41598-019-46380-9 (cuts); after Hamilton's
// on manifolds.
import type { Graph } from '../graphs/index.js';
import { requirePositive } from '../numerics/check.js';
import { byDefault, type Options, type OptionsOf, readOptions, type Rule } from '../numerics/options.js';
import { integer, nonNegative } from '../numerics/rules.js';
import { onEdges, type Quotient, quotientOf } from './quotient.js';

/** A number of mean lengths, or Infinity, which means never. */
const threshold: Rule<number> = (caller: string, name: string, value: number) => {
  if (value !== Infinity) requirePositive(caller, name, value);
};

export const surgeryOptions = {
  /** Longer edges are cut; Infinity, never, by default. */
  cutAbove: byDefault(Infinity, threshold),
  /** Shorter edges are contracted; 0, never, by default. */
  contractBelow: byDefault(0, nonNegative),
  /** Steps between operations; 1 by default. */
  every: byDefault(1, integer(1)),
};

/** Thresholds, in units of the mean length of the remaining edges. */
export interface Surgery extends Options, OptionsOf<typeof surgeryOptions> {}

/** The operation on an edge. */
export interface Operation {
  /** The number of steps before it; 0 at the start. */
  readonly step: number;
  readonly edge: number;
  readonly kind: 'cut' | 'contracted';
  /** The length of the edge before. */
  readonly length: number;
}

export interface FlowState {
  /** `[E]`: 0 for contracted edges, Infinity for cut ones. */
  readonly lengths: Float64Array;
  readonly quotient: Quotient;
  /** The operations of this step, in the order of the edges. */
  readonly operations: readonly Operation[];
}

/** The state of lengths, some of which may be 0 or Infinity. */
export function stateOf(graph: Graph, lengths: Float64Array): FlowState {
  const quotient = quotientOf(graph, lengths);
  return {
    quotient,
    lengths: onEdges(quotient, quotient.lengths, (edge) => (lengths[edge] === Infinity ? Infinity : 0)),
    operations: [],
  };
}

/**
 * The state after surgery on the edges that remained before, all at the start. An edge inside a contracted
 * point is contracted with it.
 */
export function operate(
  graph: Graph,
  lengths: Float64Array,
  step: number,
  before: Quotient | undefined,
  surgery: Surgery = {},
): FlowState {
  const { cutAbove, contractBelow, every } = readOptions('ricciFlow: surgery', surgery, surgeryOptions);
  const isLeft = (length: number): boolean => length > 0 && length < Infinity;
  const left = lengths.filter(isLeft);
  const mean = left.reduce((sum, length) => sum + length, 0) / left.length;
  const cut = (length: number): number => {
    if (!isLeft(length)) return length;
    return length > cutAbove * mean ? Infinity : length < contractBelow * mean ? 0 : length;
  };
  const state = stateOf(graph, step % every === 0 ? lengths.map(cut) : lengths);
  const operations: Operation[] = [];
  lengths.forEach((length, edge) => {
    const wasLeft = before === undefined || before.edgeOf[edge] >= 0;
    const after = state.lengths[edge];
    if (wasLeft && !isLeft(after))
      operations.push({ step, edge, kind: after === 0 ? 'contracted' : 'cut', length });
  });
  return { ...state, operations };
}

export function checkSurgery({ cutAbove = 1, contractBelow = 1 }: Surgery = {}): void {
  if (contractBelow > cutAbove) {
    throw new RangeError(
      `ricciFlow: surgery.contractBelow must not be above cutAbove, got ${contractBelow} and ${cutAbove}`,
    );
  }
}
