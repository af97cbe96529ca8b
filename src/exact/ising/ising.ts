// Small Ising systems by enumeration of all 2^N states: H = - sum over edges of J_ij s_i s_j - sum of h_i
// s_i, s_i = +-1, with J_ij the graph's couplings, or others of either sign. Energies and temperature in
// units of the coupling, k_B = 1. A state is the integer whose bit i is set where s_i = +1.
// Sources: Ising, Z. Phys. 31 (1925) 253, DOI 10.1007/BF02980577; EMTD section 2.1.
import { showAs } from '../../display/index.js';
import { type Graph, requireGraph } from '../../graphs/index.js';
import { got } from '../../numerics/check.js';
import { type OptionsOf, readOptions, typed } from '../../numerics/options.js';
import { aList, each, finite, oneOrEach } from '../../numerics/rules.js';
import { boltzmannLaw } from '../markov/boltzmann.js';
import {
  type AtTemperature,
  atTemperature,
  type Equilibrium,
  type EquilibriumPerNode,
  finiteEquilibrium,
  modelCard,
  whole,
} from '../modelNumbers.js';

const isingOptions = {
  /** The external field h, one for all nodes or one per node; 0 by default. */
  field: typed<number | ArrayLike<number>>(oneOrEach(finite)),
  /** `[E]`: J_ij, of either sign; the graph's by default. */
  couplings: typed<ArrayLike<number>>(each(finite)),
};

/** Temperature, external field and couplings of an exact Ising system. */
export interface IsingParameters extends AtTemperature, OptionsOf<typeof isingOptions> {}

/** Exact equilibrium averages of an Ising system; m = (sum of s_i) / N. */
export interface IsingEquilibrium extends Equilibrium, EquilibriumPerNode {
  /** <m>; 0 without field. */
  readonly magnetisation: number;
  /** <|m|>. */
  readonly meanAbsMagnetisation: number;
  /** <m^2>. */
  readonly meanSquaredMagnetisation: number;
  /** d<m>/dh = N (<m^2> - <m>^2) / T, where h changes by the same amount at all nodes. */
  readonly susceptibility: number;
  /** The probability of all states of least energy together. */
  readonly groundProbability: number;
}

const MOST_NODES = 22;
const SAME_ENERGY = 1e-9; // relative: ground states whose energies differ by rounding count as one level

/**
 * The exact equilibrium of an Ising system of at most 22 nodes, by a sum over its 2^N states: H = -sum J_ij
 * s_i s_j - sum h_i s_i. It has no error but rounding: a sampler on a small graph must give the same.
 *
 * @throws RangeError above 22 nodes, unless the temperature is positive, and as {@link isingEnergies}
 * @example
 * exact.enumerateIsing(ring(10), { temperature: 1 }).meanEnergy; // -7.9557
 */
export function enumerateIsing(graph: Graph, parameters: IsingParameters): IsingEquilibrium {
  requireGraph('enumerateIsing', graph);
  const {
    temperature: T,
    field,
    couplings,
  } = readOptions('enumerateIsing', parameters, { ...atTemperature, ...isingOptions });
  const N = graph.nodeCount;
  const energies = isingEnergies(graph, field, couplings);
  const { probabilities, entropy, ...law } = boltzmannLaw(energies, T);
  const least = energies.reduce((lower, energy) => Math.min(lower, energy));
  const groundLevel = least + SAME_ENERGY * (1 + Math.abs(least));
  const average = (of: (m: number) => number): number =>
    expectation(probabilities, (s) => of((2 * bitCount(s) - N) / N));
  const mean = average((m) => m);
  return showAs<IsingEquilibrium>(
    {
      ...finiteEquilibrium(N, T, law, entropy),
      magnetisation: mean,
      meanAbsMagnetisation: expectation(probabilities, (s) => Math.abs(2 * bitCount(s) - N)) / N,
      meanSquaredMagnetisation: average((m) => m * m),
      susceptibility: (N * average((m) => (m - mean) ** 2)) / T,
      groundProbability: expectation(probabilities, (s) => (energies[s] <= groundLevel ? 1 : 0)),
    },
    modelCard<IsingEquilibrium>(
      'Ising system in equilibrium, exact',
      {},
      {
        ...whole,
        energyVariance: 'energy variance',
        meanAbsMagnetisation: 'mean |magnetisation|',
        groundProbability: 'probability of the ground states',
      },
    ),
  );
}

/**
 * The probability of each of the 2^N states, for total variation distances.
 *
 * @throws RangeError as {@link enumerateIsing}
 * @example
 * exact.isingDistribution(complete(2), { temperature: 1 })[0b11]; // 0.4404 = e / (2 e + 2 / e)
 */
export function isingDistribution(graph: Graph, parameters: IsingParameters): Float64Array {
  requireGraph('isingDistribution', graph);
  const { temperature, field, couplings } = readOptions('isingDistribution', parameters, {
    ...atTemperature,
    ...isingOptions,
  });
  return boltzmannLaw(isingEnergies(graph, field, couplings), temperature).probabilities;
}

/**
 * The number of a state of +-1 spins in the enumeration: bit i is set where s_i = +1.
 *
 * @throws TypeError unless it is a list; RangeError above 22 spins, for none, and for a value that is not +1
 * or -1
 * @example
 * exact.isingState([1, -1, 1]); // 5
 */
export function isingState(spins: ArrayLike<number>): number {
  aList('isingState', 'spins', spins as never);
  if (spins.length === 0) throw new RangeError('isingState: needs at least 1 spin, got none');
  requireFew('isingState', spins.length);
  let state = 0;
  for (let i = 0; i < spins.length; i++) {
    if (spins[i] !== 1 && spins[i] !== -1)
      throw new RangeError(`isingState: spins[${i}] must be +1 or -1, got ${got(spins[i])}`);
    if (spins[i] > 0) state |= 1 << i;
  }
  return state;
}

/**
 * The energy of each of the 2^N states, by a Gray code: each state is one flip from the last, and flipping
 * s_i costs 2 s_i (sum over j of J_ij s_j + h_i).
 *
 * @param field h, one for all nodes or one per node
 * @param couplings `[E]`: J_ij, of either sign; the graph's by default
 * @throws RangeError above 22 nodes, or for fields and couplings that are not finite or of the wrong number
 * @example
 * exact.isingEnergies(complete(2)); // [-1, 1, 1, -1]
 */
export function isingEnergies(
  graph: Graph,
  field: number | ArrayLike<number> = 0,
  couplings: ArrayLike<number> = graph.couplings,
): Float64Array {
  requireGraph('isingEnergies', graph);
  const { nodeCount, edgeCount, offsets, neighbours, edgeOf } = graph;
  requireFew('isingEnergies', nodeCount);
  const fields = fieldsOf('isingEnergies', graph, field);
  const J = Float64Array.from(couplings);
  if (J.length !== edgeCount || !J.every(Number.isFinite)) {
    throw new RangeError(
      `isingEnergies: couplings must be finite, one per edge, got ${J.length} for ${edgeCount} edges`,
    );
  }
  const energies = new Float64Array(2 ** nodeCount);
  const spins = new Int8Array(nodeCount).fill(-1);
  let state = 0;
  let energy = fields.reduce((sum, h) => sum + h, 0) - J.reduce((sum, each) => sum + each, 0);
  energies[state] = energy;
  for (let flip = 1; flip < energies.length; flip++) {
    const node = 31 - Math.clz32(flip & -flip);
    let localField = fields[node];
    for (let h = offsets[node]; h < offsets[node + 1]; h++) {
      localField += J[edgeOf[h]] * spins[neighbours[h]];
    }
    energy += 2 * spins[node] * localField;
    spins[node] = -spins[node];
    state ^= 1 << node;
    energies[state] = energy;
  }
  return energies;
}

function expectation(probabilities: Float64Array, value: (state: number) => number): number {
  let sum = 0;
  for (let s = 0; s < probabilities.length; s++) sum += probabilities[s] * value(s);
  return sum;
}

function bitCount(state: number): number {
  let count = 0;
  for (let rest = state; rest !== 0; rest &= rest - 1) count++;
  return count;
}

function requireFew(caller: string, nodes: number): void {
  if (nodes > MOST_NODES)
    throw new RangeError(`${caller}: enumeration takes at most ${MOST_NODES} nodes, got ${nodes}`);
}

/** `[N]`: h_i. @throws RangeError for fields that are not finite, or not one per node */
export function fieldsOf(
  caller: string,
  { nodeCount }: Graph,
  field: number | ArrayLike<number>,
): Float64Array {
  const fields =
    typeof field === 'number' ? new Float64Array(nodeCount).fill(field) : Float64Array.from(field);
  if (fields.length !== nodeCount) {
    throw new RangeError(
      `${caller}: field must be one number or one per node, got ${fields.length} for ${nodeCount} nodes`,
    );
  }
  const wrong = fields.find((h) => !Number.isFinite(h));
  if (wrong !== undefined) throw new RangeError(`${caller}: field must be finite, got ${wrong}`);
  return fields;
}
