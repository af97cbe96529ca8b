// The contact process: a state is present on a node or absent. A present state is lost at the rate gamma, and
// copied to every absent neighbour at the rate lambda times the weight of the edge. Events are exact; a sum
// tree holds the rates of all nodes. Absence everywhere is absorbing; above a threshold the time to it grows
// exponentially with the number of nodes. On the complete graph the number of present nodes is a birth-death
// chain, with threshold lambda N = gamma. Sources: Harris, Ann. Probab. 2 (1974) 969,
// doi:10.1214/aop/1176996493; rows AE-5, AE-10, AE-22, AE-25.
import { card, countText, formatNumber, printAs, sparkline } from '../../display/index.js';
import { type Graph, requireUnsigned } from '../../graphs/index.js';
import { requireOnePer } from '../../numerics/check.js';
import { byDefault, needed, type OptionsOf, readOptions, typed } from '../../numerics/options.js';
import { aList, nonNegative, positive } from '../../numerics/rules.js';
import { defaultSeed, type SeedOption, uniformGenerator, seedOption } from '../../randomness/index.js';
import { type LongRunOptions, longRunRules, Recording } from '../presence/longRun.js';
import { SumTree } from '../presence/sumTree.js';

const contactOptions = {
  /** lambda, 1 / time, for an edge of weight 1. */
  copying: needed(nonNegative),
  /** gamma, 1 / time; 1 by default. */
  decay: byDefault(1, positive),
  /** `[nodes]`: 1 where it is present, 0 where not; 1 everywhere by default. */
  initial: typed<ArrayLike<number>>(aList),
  ...seedOption,
};

/** Options of `contactProcess`. A run ends at its time, or when the state is absent everywhere. */
export interface ContactOptions
  extends LongRunOptions<ContactRun>,
    SeedOption,
    OptionsOf<typeof contactOptions> {}

/** A run of the contact process. */
export interface ContactRun {
  readonly times: Float64Array;
  /** Share of the nodes on which it is present, at each time. */
  readonly fractions: Float64Array;
  /** [nodes], at the end. */
  readonly state: Uint8Array;
  /** Time at which the last one was lost; undefined if it never was. */
  readonly extinction: number | undefined;
  readonly events: number;
}

/**
 * The contact process as exact events: a state is copied along edges and lost at nodes.
 *
 * @throws RangeError for rates or times that are not positive, a start that is not 0 or 1 on every node, and
 * a run to resume with another `every`; Aborted
 * @example
 * (await ambient.contactProcess(complete(20), { copying: 0.1, time: 100, seed: 1 })).extinction; // 62.42
 * (await ambient.contactProcess(complete(20), { copying: 0.2, time: 100, seed: 1 })).fractions; // [0.9]
 */
export async function contactProcess(graph: Graph, options: ContactOptions): Promise<ContactRun> {
  requireUnsigned('contactProcess', graph);
  const given = readOptions('contactProcess', options, { ...longRunRules, ...contactOptions });
  const { copying, decay, initial, seed = defaultSeed() } = given;
  const { resume } = options;
  const plan = new Recording('contactProcess', options, collected);
  const fractions = [...(resume?.fractions ?? [])];
  let { state, extinction, events }: Omit<ContactRun, 'times' | 'fractions'> = resume ?? {
    state: initialState(graph, initial),
    extinction: undefined,
    events: 0,
  };
  for await (const record of plan.spans()) {
    const contacts = new Contacts(graph, { copying, decay }, state.slice());
    const random = uniformGenerator(seed, `contact process ${record}`); // the exponential has no memory
    let [now, count, lost] = [0, 0, extinction];
    for (; contacts.rate > 0; count++) {
      now -= Math.log1p(-random()) / contacts.rate;
      if (now > plan.span) break;
      contacts.next(random);
      if (contacts.present === 0) lost = record * plan.span + now;
      if (plan.isDue) await plan.turn();
    }
    [state, extinction] = [contacts.state, lost];
    events += count;
    fractions.push(contacts.present / graph.nodeCount);
  }
  return collected();

  function collected(): ContactRun {
    return printAs<ContactRun>(
      {
        times: plan.times(fractions.length),
        fractions: Float64Array.from(fractions),
        state,
        extinction,
        events,
      },
      contactCard,
    );
  }
}

/** The present nodes, and the rates of change. */
class Contacts {
  present: number;
  readonly #pressure: Float64Array; // by node: sum of weights of edges to present neighbours
  readonly #rates: SumTree;

  constructor(
    readonly graph: Graph,
    readonly of: { readonly copying: number; readonly decay: number },
    readonly state: Uint8Array,
  ) {
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
    for (let h = offsets[node]; h < offsets[node + 1]; h++)
      this.#pressure[neighbours[h]] += change * couplings[edgeOf[h]];
  }
}

function initialState({ nodeCount }: Graph, initial: ArrayLike<number> | undefined): Uint8Array {
  if (initial === undefined) return new Uint8Array(nodeCount).fill(1);
  requireOnePer('contactProcess', 'initial', initial, nodeCount);
  const wrong = Array.from(initial).findIndex((x) => x !== 0 && x !== 1);
  if (wrong >= 0)
    throw new RangeError(`contactProcess: initial must be 0 or 1, got ${initial[wrong]} on node ${wrong}`);
  return Uint8Array.from(initial);
}

const contactCard = ({ times, fractions, state, extinction, events }: ContactRun) =>
  card(
    `Contact process of ${countText(events, 'event')}`,
    {
      'until time': formatNumber(times.at(-1) ?? 0),
      'present at the end': `${formatNumber(state.reduce((sum, x) => sum + x, 0) / state.length)} of the nodes`,
      'lost at time': extinction === undefined ? 'never' : formatNumber(extinction),
    },
    fractions.length > 1 && sparkline([fractions]),
    'share of the nodes by time',
  );
