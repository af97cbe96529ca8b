// The contact process: a state is present on a node or it is not; present, it is lost at the rate gamma, and copied to every absent
// neighbour at lambda times the weight of the edge. Exact events, each node's clock in a tree of sums. Absent everywhere is absorbing:
// what persists does so by being passed on, and above a threshold for a time that grows exponentially with the number of nodes.
// On the complete graph the number present is a birth-death chain, with threshold lambda N = gamma.
// Sources: Harris, Ann. Probab. 2 (1974) 969, doi:10.1214/aop/1176996493; rows AE-5, AE-10, AE-22, AE-25.
import { summarised } from '../display/index.js';
import { requireNonNegative, requirePositive } from '../graph/check.js';
import type { Graph } from '../graph/index.js';
import { defaultSeed, type Seed, uniformGenerator } from '../random/index.js';
import { contactCard } from './display.js';
import { type LongRunOptions, recording, RunAborted } from './longRun.js';
import { SumTree } from './sumTree.js';

/** A run ends when its time is over, or when nothing is present any more. */
export interface ContactOptions extends LongRunOptions<ContactRun> {
  /** lambda, 1 / time, for an edge of weight 1. */
  readonly copying: number;
  /** gamma, 1 / time; 1 by default. */
  readonly decay?: number;
  /** [nodes]: 1 where it is present, 0 where not; everywhere by default. */
  readonly initial?: ArrayLike<number>;
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
 * @throws RangeError for rates or times that are not positive, a start that is not 0 or 1 on every node, and a run to resume with
 *   other records; RunAborted
 * @example
 * (await contactProcess(complete(20), { copying: 0.1, time: 100, seed: 1 })).extinction; // none before 100
 */
export async function contactProcess(graph: Graph, options: ContactOptions): Promise<ContactRun> {
  const { copying, decay = 1, seed = defaultSeed(), resume, onProgress } = options;
  requireNonNegative('contactProcess', 'copying', copying);
  requirePositive('contactProcess', 'decay', decay);
  const plan = recording('contactProcess', options);
  const shares: number[] = [...(resume?.shares ?? [])];
  let { state, extinction, events }: Omit<ContactRun, 'times' | 'shares'> = resume ?? { state: started(graph, options.initial), extinction: undefined, events: 0 };
  while (shares.length < plan.records) {
    if (await plan.isAborted()) throw new RunAborted('contactProcess', collected());
    const contacts = new Contacts(graph, { copying, decay }, state.slice());
    const random = uniformGenerator(seed, `contact process ${shares.length}`); // what is left of a waiting time is as good as a new one
    let [now, made, lost] = [0, 0, extinction];
    for (; contacts.rate > 0; made++) {
      now -= Math.log1p(-random()) / contacts.rate;
      if (now > plan.span) break;
      contacts.next(random);
      if (contacts.present === 0) lost = shares.length * plan.span + now;
      if (made % 4096 === 0 && (await plan.isAborted())) throw new RunAborted('contactProcess', collected());
    }
    [state, extinction] = [contacts.state, lost];
    events += made;
    shares.push(contacts.present / graph.nodeCount);
    onProgress?.(shares.length, plan.records);
  }
  return collected();

  function collected(): ContactRun {
    return summarised<ContactRun>({ times: plan.times(shares.length), shares: Float64Array.from(shares), state, extinction, events }, contactCard);
  }
}

/** Where it is present, and the rates at which this changes. */
class Contacts {
  present: number;
  readonly #pressure: Float64Array; // on a node, from those around it on which it is present
  readonly #rates: SumTree;

  constructor(readonly graph: Graph, readonly of: { readonly copying: number; readonly decay: number }, readonly state: Uint8Array) {
    this.present = state.reduce((sum, each) => sum + each, 0);
    this.#pressure = new Float64Array(graph.nodeCount);
    state.forEach((present, node) => present && this.#press(node, 1));
    this.#rates = new SumTree(this.#pressure.map((_, node) => this.#rate(node)));
  }

  get rate(): number {
    return this.present > 0 ? this.#rates.total : 0;
  }

  next(random: () => number): void {
    const { graph, state } = this;
    const node = this.#rates.find(random() * this.#rates.total);
    const change = state[node] ? -1 : 1;
    state[node] += change;
    this.present += change;
    this.#press(node, change);
    this.#rates.set(node, this.#rate(node));
    for (let h = graph.offsets[node]; h < graph.offsets[node + 1]; h++) {
      if (!state[graph.neighbours[h]]) this.#rates.set(graph.neighbours[h], this.#rate(graph.neighbours[h]));
    }
  }

  #rate(node: number): number {
    return this.state[node] ? this.of.decay : this.of.copying * Math.max(0, this.#pressure[node]);
  }

  #press(node: number, change: number): void {
    const { offsets, neighbours, edgeOf, couplings } = this.graph;
    for (let h = offsets[node]; h < offsets[node + 1]; h++) this.#pressure[neighbours[h]] += change * couplings[edgeOf[h]];
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
