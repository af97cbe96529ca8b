// The contact process: a state is present on a node or it is not; present, it is lost at the rate gamma, and copied to every absent
// neighbour at lambda times the weight of the edge. Exact events, each node's clock in a tree of sums. Absent everywhere is absorbing:
// what persists does so by being passed on, and above a threshold for a time that grows exponentially with the number of nodes.
// On the complete graph the number present is a birth-death chain, with threshold lambda N = gamma.
// Sources: Harris, Ann. Probab. 2 (1974) 969, doi:10.1214/aop/1176996493; rows AE-5, AE-10, AE-22, AE-25.
import { summarised } from '../display/index.js';
import { requireInteger, requireNonNegative, requirePositive } from '../graph/check.js';
import type { Graph } from '../graph/index.js';
import { defaultSeed, type Seed, uniformGenerator } from '../random/index.js';
import { contactCard } from './display.js';
import { SumTree } from './sumTree.js';

export interface ContactOptions {
  /** lambda, 1 / time, for an edge of weight 1. */
  readonly copying: number;
  /** gamma, 1 / time; 1 by default. */
  readonly decay?: number;
  /** [nodes]: 1 where it is present, 0 where not; everywhere by default. */
  readonly initial?: ArrayLike<number>;
  /** The run ends here, or when nothing is present any more. */
  readonly time: number;
  /** Records, equally far apart in time; 1 by default, the end. */
  readonly records?: number;
  readonly seed?: Seed;
}

export interface ContactRun {
  readonly times: Float64Array;
  /** Share of the nodes on which it is present, at each time. */
  readonly shares: Float64Array;
  /** [nodes], at the end. */
  readonly state: Uint8Array;
  /** When the last one was lost; undefined if it never was. */
  readonly extinction: number | undefined;
  readonly events: number;
}

/**
 * @throws RangeError for rates or times that are not positive, and a start that is not 0 or 1 on every node
 * @example
 * contactProcess(complete(20), { copying: 0.1, time: 100, seed: 1 }).extinction; // none before 100
 */
export function contactProcess(graph: Graph, options: ContactOptions): ContactRun {
  const { copying, decay = 1, time, records = 1, seed = defaultSeed() } = options;
  requireNonNegative('contactProcess', 'copying', copying);
  requirePositive('contactProcess', 'decay', decay);
  requirePositive('contactProcess', 'time', time);
  requireInteger('contactProcess', 'records', records, 1);
  const { nodeCount, offsets, neighbours, edgeOf, couplings } = graph;
  const state = started(graph, options.initial);
  const pressure = new Float64Array(nodeCount); // on a node, from those around it on which it is present
  state.forEach((present, node) => present && press(node, 1));
  const rates = new SumTree(pressure.map((each, node) => (state[node] ? decay : copying * each)));
  const random = uniformGenerator(seed, 'contact process');
  const shares = new Float64Array(records);
  const span = time / records;
  let [now, events, present] = [0, 0, state.reduce((sum, each) => sum + each, 0)];
  let extinction: number | undefined;
  for (let record = 0; record < records; ) {
    const next = rates.total > 0 ? now - Math.log1p(-random()) / rates.total : Infinity;
    for (; record < records && next > (record + 1) * span * (1 - 1e-15); record++) shares[record] = present / nodeCount;
    if (record === records) break;
    now = next;
    turn(rates.find(random() * rates.total));
    events++;
    if (present === 0) extinction = now;
  }
  const times = Float64Array.from({ length: records }, (_, k) => (k + 1) * span);
  return summarised<ContactRun>({ times, shares, state, extinction, events }, contactCard);

  function turn(node: number): void {
    const change = state[node] ? -1 : 1;
    state[node] += change;
    present += change;
    press(node, change);
    rates.set(node, state[node] ? decay : copying * Math.max(0, pressure[node]));
    for (let h = offsets[node]; h < offsets[node + 1]; h++) {
      if (!state[neighbours[h]]) rates.set(neighbours[h], copying * Math.max(0, pressure[neighbours[h]]));
    }
  }

  function press(node: number, change: number): void {
    for (let h = offsets[node]; h < offsets[node + 1]; h++) pressure[neighbours[h]] += change * couplings[edgeOf[h]];
  }
}

function started({ nodeCount }: Graph, initial: ArrayLike<number> | undefined): Uint8Array {
  if (initial === undefined) return new Uint8Array(nodeCount).fill(1);
  if (initial.length !== nodeCount) throw new RangeError(`contactProcess: initial must have one number a node (${nodeCount}), got ${initial.length}`);
  return Uint8Array.from({ length: nodeCount }, (_, i) => {
    if (initial[i] !== 0 && initial[i] !== 1) throw new RangeError(`contactProcess: initial must be 0 or 1, got ${initial[i]} on node ${i}`);
    return initial[i];
  });
}
