// Finality as a condition: the probability that a node keeps its present value without a break until time
// tau, from the present of its neighbourhood alone. Every node has a clock of rate one, at which it takes a
// new value by heat bath. In a ball of radius r around the node all nodes move; the neighbours of the ball
// keep their present values. This is right for times in which they do not change, and for
// all times if the ball is the whole graph. With u(s) the probability from the values s of the others in the
// ball,
//   du/dt (s) = sum over others j and values v of p_j(v | s) (u(s with v at j) - u(s)) - (1 - p_0(held | s))
// u(s),   u = 1 at t = 0,
// solved by uniformisation; for r = 0, one node in the field of its neighbours, exp(-(1 - p_0) tau). A ball
// of too many states runs as copies. Sources: Finality Through Ambient Entropy, row AE-4; Derrida, Bray,
// Godreche, J. Phys. A 27 (1994) L357 (persistence); Jensen, Scand. Actuar. J. 36 (1953) 87 (uniformisation).
import { type Hamiltonian, requireCodomain, notLocal } from '../../energies/index.js';
import { countText, formatNumber, type MimeBundle, showAs } from '../../display/index.js';
import { binomialInterval, type Estimate } from '../../statistics/index.js';
import { got, requireInteger, requireOnePer } from '../../numerics/check.js';
import { byDefault, needed, type OptionsOf, readOptions } from '../../numerics/options.js';
import { aList, integer, nonNegative, positive } from '../../numerics/rules.js';
import {
  defaultSeed,
  randomInteger,
  type SeedOption,
  uniformGenerator,
  seedOption,
} from '../../randomness/index.js';
import { type Ball, ballAround, heatBathChances, within } from './ball.js';

export const lossOptions = {
  /** T, in units of energy; k_B = 1. */
  temperature: needed(nonNegative),
  /** tau, in sweeps. */
  time: needed(positive),
  /** Number of labels 0, 1, ...; by default the values are spins +-1. */
  states: integer(2, 256),
  ...seedOption,
};

/** Options of `lossTimes`. */
export interface LossOptions extends SeedOption, OptionsOf<typeof lossOptions> {}

const finalityOptions = {
  ...lossOptions,
  /** Radius of the ball that moves, in edges; 1 by default. */
  radius: byDefault(1, integer(0)),
  /** Copies of a ball with more than 4096 states; 1000 by default. */
  copies: byDefault(1000, integer(1)),
};

/** Options of `finality`. */
export interface FinalityOptions extends LossOptions, OptionsOf<typeof finalityOptions> {}

/** The probability that a node's value is unchanged after a time, with its interval. */
export interface Finality extends Estimate {
  /**
   * Whether all states of the ball were followed, so that the interval is a point; if not, it is Wilson's
   * interval over the copies.
   */
  readonly isExact: boolean;
  /** Number of nodes in the ball. */
  readonly nodes: number;
}

const MOST_STATES = 4096;

/**
 * The probability that a node keeps its value for a time, from the present of its neighbourhood alone.
 *
 * @param state [nodes], the present
 * @throws TypeError for an energy that is not a sum of bonds and sites; RangeError for an invalid node,
 * value, temperature or time
 * @example
 * const ising = hamiltonian(ring(20), [bond((a, b) => a.mul(b).sum().neg())]);
 * ambient.finality(ising, new Float64Array(20).fill(1), 3, { temperature: 1, time: 5 }).estimate; // 0.8688
 */
export function finality(
  energy: Hamiltonian,
  state: ArrayLike<number>,
  node: number,
  options: FinalityOptions,
): Finality {
  const {
    temperature,
    time,
    states,
    radius,
    copies,
    seed = defaultSeed(),
  } = readOptions('finality', options, finalityOptions);
  const values = valuesOf('finality', energy, state, states);
  requireInteger('finality', 'node', node, 0, energy.graph.nodeCount - 1);
  requireValues('finality', values, state, within(energy, node, radius + 1));
  const ball = ballAround(energy, new Float64Array(state), { node, radius, values });
  const nodes = ball.nodes.length;
  if (values.length ** (nodes - 1) > MOST_STATES) {
    const random = uniformGenerator(seed, `finality of ${node}`);
    let survivors = 0;
    for (let copy = 0; copy < copies; copy++)
      survivors += Number(keepsValue(ball, temperature, time, random));
    return showAs<Finality>({ ...binomialInterval(survivors, copies), isExact: false, nodes }, finalityText);
  }
  const estimate = probabilityToKeep(ball, temperature, time);
  return showAs<Finality>({ estimate, interval: [estimate, estimate], isExact: true, nodes }, finalityText);
}

/** @returns the values that a node may hold */
export function valuesOf(
  caller: string,
  energy: Hamiltonian,
  state: ArrayLike<number>,
  states: number | undefined,
): readonly number[] {
  if (energy?.terms === undefined)
    throw new TypeError(`${caller}: energy must be a hamiltonian, got ${got(energy)}`);
  aList(caller, 'state', state as never);
  const reason = notLocal(energy.terms);
  if (reason) throw new TypeError(`${caller}: ${reason} and is not local`);
  requireCodomain(caller, energy.terms, states === undefined ? 'spin' : 'potts');
  const values = states === undefined ? [-1, 1] : Array.from({ length: states }, (_, k) => k);
  requireOnePer(caller, 'state', state, energy.graph.nodeCount);
  return values;
}

export function requireValues(
  caller: string,
  values: readonly number[],
  state: ArrayLike<number>,
  nodes: Iterable<number>,
): void {
  for (const i of nodes) {
    if (values.includes(state[i])) continue;
    throw new RangeError(
      `${caller}: a value must be one of ${values.join(', ')}, got ${state[i]} on node ${i}`,
    );
  }
}

/** Whether the centre of one copy of the ball keeps its value. */
function keepsValue(ball: Ball, temperature: number, time: number, random: () => number): boolean {
  const [digits, chances, count] = [ball.present.slice(), new Float64Array(ball.states), ball.nodes.length];
  for (let now = -Math.log1p(-random()) / count; now < time; now -= Math.log1p(-random()) / count) {
    const j = randomInteger(random, count);
    heatBathChances(ball, digits, j, temperature, chances);
    let [value, left] = [0, random()];
    while (value < ball.states - 1 && left >= chances[value]) left -= chances[value++];
    digits[j] = value;
    if (j === 0 && value !== ball.present[0]) return false;
  }
  return true;
}

/**
 * u over all values of the others, s = sum of digit_j q^(j - 1). The heat bath of a node does not depend on
 * its old value.
 */
function probabilityToKeep(ball: Ball, temperature: number, time: number): number {
  const {
    states: q,
    present,
    nodes: { length: n },
  } = ball;
  const count = q ** (n - 1);
  const chance = Array.from({ length: n }, () => new Float64Array(count)); // p_j of the value that j has in s
  const [digits, chances] = [present.slice(), new Float64Array(q)];
  const strides = Array.from({ length: n }, (_, j) => (j === 0 ? 0 : q ** (j - 1)));
  for (let s = 0; s < count; s++) {
    for (let j = 1; j < n; j++) digits[j] = Math.floor(s / strides[j]) % q;
    for (let j = 0; j < n; j++) {
      if (j > 0 && digits[j] > 0) continue;
      heatBathChances(ball, digits, j, temperature, chances);
      if (j === 0) chance[0][s] = chances[present[0]];
      else for (let v = 0; v < q; v++) chance[j][s + v * strides[j]] = chances[v];
    }
  }
  /** The probability after one more ring of any clock. */
  const afterRing = (u: Float64Array): Float64Array => {
    const out = new Float64Array(count);
    for (let s = 0; s < count; s++) out[s] = (chance[0][s] * u[s]) / n;
    for (let j = 1; j < n; j++) {
      const [p, stride] = [chance[j], strides[j]];
      for (let block = 0; block < count; block += q * stride) {
        for (let first = block; first < block + stride; first++) {
          let mean = 0;
          for (let s = first, v = 0; v < q; v++, s += stride) mean += p[s] * u[s];
          mean /= n;
          for (let s = first, v = 0; v < q; v++, s += stride) out[s] += mean;
        }
      }
    }
    return out;
  };
  let u: Float64Array = new Float64Array(count).fill(1);
  for (let left = n * time; left > 0; left -= MOST_RINGS)
    u = afterRings(u, afterRing, Math.min(left, MOST_RINGS));
  return u[present.reduce((s, digit, j) => s + digit * strides[j], 0)];
}

/** Largest mean number of rings in one sum: above some 700 the first weight would underflow. */
const MOST_RINGS = 256;

/** sum over k of e^-m m^k / k! P^k u: a Poisson number of rings of mean m. */
function afterRings(
  u: Float64Array,
  afterRing: (u: Float64Array) => Float64Array,
  mean: number,
): Float64Array {
  let weight = Math.exp(-mean);
  const sum = u.map((value) => weight * value);
  for (let k = 1, term = u; k <= mean || weight > 1e-17; k++) {
    term = afterRing(term);
    weight *= mean / k;
    for (let s = 0; s < sum.length; s++) sum[s] += weight * term[s];
  }
  return sum;
}

const finalityText = ({ estimate, interval: [low, high], isExact, nodes }: Finality): MimeBundle => ({
  'text/plain': isExact
    ? `${formatNumber(estimate)}, exactly, of a ball of ${countText(nodes, 'node')}`
    : `${formatNumber(estimate)} [${formatNumber(low)}, ${formatNumber(high)}], from copies of a ball of ${countText(nodes, 'node')}`,
});
