// How the values that single-site moves change lie in rows, and what the range of a sweep's entry counts.
// Chains stand in the lanes, in rows filled up to whole vectors. With fewer than four chains and a colouring,
// four nodes of a class stand in the lanes.
import type { States } from './candidateEnergies.js';
import type { MoveRule } from './moveRule.js';
import { LANES, type ByNode } from '../terms/vicinity.js';

/**
 * colouring    the nodes of one class of a colouring after another; those of a class in any order, on any
 * thread sequential   rows 0, 1, 2, ... one after another, for each set of chains
 * random       as many random sites as there are rows, with replacement, other sites for each chain
 */
export type MoveOrder = 'colouring' | 'sequential' | 'random';

export interface MoveShape {
  readonly chains: number;
  readonly states: States;
  readonly rule: MoveRule;
  readonly order: MoveOrder;
  readonly byNode?: ByNode | undefined;
  /** Whether nodes two bonds apart interact: then chains stand in the lanes, even if they are few. */
  readonly hasStars?: boolean;
}

/** Vectors per set in sequential order. */
export const VECTORS = 4;
/** Words that a set in random order needs for its random numbers, and four floats. */
export const SCRATCH = 36;
/** Rows of a class that a thread takes at a time, a power of two. */
export const GRAIN = 64;

export type MoveLayout = Readonly<ReturnType<typeof moveLayout>>;

export function moveLayout({ chains, order, hasStars }: MoveShape) {
  /** Whether four nodes stand in the lanes, and not four chains. */
  const nodesInLanes = order === 'colouring' && chains < LANES && !hasStars;
  /** Vectors of chains per row. */
  const blocks = Math.ceil(chains / LANES);
  return {
    nodesInLanes,
    blocks,
    /** Floats per row. */
    width: nodesInLanes ? chains : LANES * blocks,
    /** Sets of chains that sequential and random orders process one by one. */
    sets: order === 'random' ? blocks : Math.ceil(blocks / VECTORS),
    /**
     * Counters per part of a class: one per chain, or one per chain and lane where nodes stand in the lanes.
     */
    counters: LANES * (nodesInLanes ? chains : blocks),
  };
}

/** Places per row, on machines of many small lanes. */
export function movePlaces(shape: MoveShape): number {
  const { nodesInLanes, blocks } = moveLayout(shape);
  return nodesInLanes ? 1 : blocks;
}
