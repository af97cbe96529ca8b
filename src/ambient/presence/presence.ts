// The presence field: the mass m_ik of state k on node i, and the mass A in the air, a pool that all nodes
// share:
//   dm_ik/dt = sum_j w_ij (m_jk - m_ik) - gamma m_ik + sigma phi_k(m_i, u_i) A,    dA/dt = gamma sum m -
// sigma A sum phi,
// diffusion, decay and replacement. Mass is conserved: all three are currents, along the edges of the graph
// and along one edge from every node to the pool. phi = u_i, the participation, is the linear reading; with
// an arrow function of m_i the states compete for the air. State: [nodes + 1, states], the pool last; A is
// the sum of its row. Source: Finality Through Ambient Entropy, "In the Air Tonight" (rows AE-10, AE-16,
// AE-22); the equations are this lab's.
import { card, formatNumber, numeral, printAs, rangeText } from '../../display/index.js';
import { bond, flow, hamiltonian, type Hamiltonian } from '../../energies/index.js';
import { screenedPoisson } from '../../exact/index.js';
import { type Compiled, Expression, gradient, compile } from '../../expressions/index.js';
import { fromEdges, type Graph, requireUnsigned } from '../../graphs/index.js';
import { got, requireAllPositive, requireOnePer } from '../../numerics/check.js';
import {
  byDefault,
  needed,
  type Options,
  type OptionsOf,
  readOptions,
  typed,
} from '../../numerics/options.js';
import { aFunction, aList, each, integer, nonNegative } from '../../numerics/rules.js';

/**
 * The rates over sigma, by state, at which the air condenses on a node, from its masses m, [states], and its
 * participation u.
 */
export type Replacement = (m: Expression, u: Expression) => Expression;

const presenceOptions = {
  /** gamma, 1 / time: rate at which mass on a node returns to the pool; may be 0. */
  decay: needed(nonNegative),
  /** sigma, 1 / time: rate at which the pool condenses on a node of participation 1; may be 0. */
  release: needed(nonNegative),
  /** u, [nodes], not negative; 1 everywhere by default. */
  participation: typed<ArrayLike<number>>(each(nonNegative)),
  /** States that compete; 1 by default. */
  states: byDefault(1, integer(1)),
  /** phi; by default the participation, for any masses. */
  replacement: typed<Replacement>(aFunction),
};

/** Options of `presence`. */
export interface PresenceOptions extends Options, OptionsOf<typeof presenceOptions> {}

/** A field of mass on nodes and in a pool, as rates: decay, release and replacement. */
export interface Presence {
  readonly graph: Graph;
  readonly decay: number;
  readonly release: number;
  readonly participation: Float64Array;
  readonly states: number;
  /** Whether phi is linear in the participation and depends on nothing else. */
  readonly isLinear: boolean;
  /**
   * The same as currents on the graph with the pool as its last node: minus its gradient is the rate of
   * change.
   */
  readonly currents: Hamiltonian;
  /** phi of a node that holds m, [states], written to `out`. */
  replacement(out: Float64Array, m: Float64Array, node: number): void;
  /** d phi_k / d m_l there, [states, states], written to `out`. */
  replacementSlopes(out: Float64Array, m: Float64Array, node: number): void;
  /** d/dt of a state [nodes + 1, states]. */
  drift(state: Float64Array): Float64Array;
  /**
   * The stationary state of the linear reading with this total mass: (L + gamma) m = sigma A u.
   * @throws TypeError for another reading, which may have many; RangeError unless the total and the decay are
   * positive
   */
  steadyState(total: number): Float64Array;
}

/**
 * The presence field on a graph: mass of each state on each node and in the pool, with diffusion, decay and
 * replacement.
 *
 * @throws RangeError for a negative release or decay, unless states is a positive integer, and unless the
 * participation is one number per node, not negative and not zero everywhere; TypeError unless the
 * replacement returns an expression
 * @example
 * const air = ambient.presence(smallWorld(50, 4, 0.1, { seed: 1 }), { decay: 0.1, release: 0.01 });
 * air.steadyState(50)[0]; // 0.8333
 */
export function presence(graph: Graph, options: PresenceOptions): Presence {
  requireUnsigned('presence', graph);
  const { decay, release, states, replacement, ...given } = readOptions('presence', options, presenceOptions);
  const participation = checkedParticipation(graph, given.participation);
  let law!: { readonly phi: Expression; readonly m: Expression; readonly u: Expression };
  const currents = hamiltonian(
    withPool(graph),
    terms(graph, { decay, release, participation }, (m, u) => {
      const formula: unknown = replacement ? replacement(m, u) : u;
      if (!(formula instanceof Expression))
        throw new TypeError(`presence: the replacement must return an expression, got ${typeof formula}`);
      law = { m, u, phi: formula.shape === 'vector' ? formula : formula.add(m.sub(m)) };
      return law.phi;
    }),
  );
  const compiled = compile([law.phi], [[law.m], [law.u]], states);
  let slopes: Compiled | undefined;

  const all: Presence = {
    graph,
    decay,
    release,
    participation,
    states,
    isLinear: replacement === undefined,
    currents,
    replacement: (out, masses, node) => compiled(out, 0, masses, 0, participation, node),
    replacementSlopes(out, masses, node) {
      slopes ??= compile(
        Array.from({ length: states }, (_, k) => gradient(law.phi.component(k), [law.m])[0]),
        [[law.m], [law.u]],
        states,
      );
      slopes(out, 0, masses, 0, participation, node);
    },
    drift: (state) => currents.gradient64(state).map((slope) => -slope),
    steadyState(total) {
      if (!all.isLinear)
        throw new TypeError(
          'steadyState: only the linear reading has one stationary state; relax from a start',
        );
      requireAllPositive('steadyState', { total, decay });
      const masses = screenedPoisson(graph, { decay, source: participation.map((each) => release * each) }); // per unit of air
      const pool = total / (1 + states * masses.reduce((sum, each) => sum + each, 0));
      const state = new Float64Array((graph.nodeCount + 1) * states).fill(pool / states);
      masses.forEach((each, i) => state.fill(each * pool, i * states, (i + 1) * states));
      return state;
    },
  };
  return printAs(all, presenceCard);
}

/** The peers' edges, then one from every node to the pool, node N. */
function withPool(graph: Graph): Graph {
  const { nodeCount, edgeCount, endpoints } = graph;
  const ends = new Int32Array(2 * (edgeCount + nodeCount));
  ends.set(endpoints);
  for (let i = 0; i < nodeCount; i++) ends.set([i, nodeCount], 2 * (edgeCount + i));
  return fromEdges(nodeCount + 1, ends, { name: `${graph.name} with a pool` });
}

function terms(
  graph: Graph,
  { decay, release, participation }: Pick<Presence, 'decay' | 'release' | 'participation'>,
  phi: Replacement,
) {
  const { nodeCount, edgeCount } = graph;
  const perEdge = (peers: (edge: number) => number, pool: (node: number) => number): Float64Array =>
    Float64Array.from({ length: edgeCount + nodeCount }, (_, e) =>
      e < edgeCount ? peers(e) : pool(e - edgeCount),
    );
  const toPool = (of: (node: number) => number): Float64Array => perEdge(() => 0, of);
  const w = perEdge(
    (e) => graph.couplings[e],
    () => 0,
  );
  return [
    bond((a, b, w_ij) => a.sub(b).squaredNorm().mul(w_ij).div(2), { w }, { name: 'diffusion' }),
    flow((a, _, gamma) => a.mul(gamma), { gamma: toPool(() => decay) }, { name: 'decay' }),
    flow(
      (a, pool, u, sigma) => phi(a, u).mul(pool.sum()).mul(sigma).neg(),
      { u: toPool((i) => participation[i]), sigma: toPool(() => release) },
      { name: 'replacement' },
    ),
  ];
}

function checkedParticipation({ nodeCount }: Graph, given: ArrayLike<number> | undefined): Float64Array {
  const u = given ? Float64Array.from(given) : new Float64Array(nodeCount).fill(1);
  requireOnePer('presence', 'participation', u, nodeCount);
  if (u.every((each) => each === 0))
    throw new RangeError('presence: participation must be positive on some node, got 0 everywhere');
  return u;
}

/** Throws unless it is a presence field. */
export function requirePresence(caller: string, presence: Presence): void {
  if (typeof presence?.drift !== 'function') {
    throw new TypeError(`${caller}: presence must be a field that presence(...) makes, got ${got(presence)}`);
  }
}

/** Throws unless a list of numbers is [nodes + 1, states]. */
export function requireState(caller: string, presence: Presence, state: ArrayLike<number>): void {
  requirePresence(caller, presence);
  aList(caller, 'the state', state as never);
  const { graph, states } = presence;
  if (state.length === (graph.nodeCount + 1) * states) return;
  throw new RangeError(
    `${caller}: the state must be [nodes + 1, states] = [${graph.nodeCount + 1}, ${states}], got ${state.length} numbers`,
  );
}

const presenceCard = ({ graph, decay, release, participation, states, isLinear, currents }: Presence) =>
  card(`Presence field on ${graph.name}`, {
    'decay γ': formatNumber(decay),
    'release σ': formatNumber(release),
    'participation u': rangeText(participation),
    states: states === 1 ? undefined : numeral(states),
    replacement: isLinear ? 'linear' : currents.terms.at(-1)!.latex(),
  });
