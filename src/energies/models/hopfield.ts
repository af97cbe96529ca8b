// Hopfield's associative memory: patterns xi of +-1 spins stored by Hebb's rule in the couplings of a graph,
//   J_ij = (1/N) sum over patterns of xi_i xi_j on each edge,      H = - sum over <i,j> of J_ij s_i s_j.
// The couplings have either sign: they are a parameter of the bond, not of the graph.
// On the complete graph of many nodes a fraction of up to 0.138 N random patterns can be recalled (Amit,
// Gutfreund, Sompolinsky, Phys. Rev. Lett. 55 (1985) 1530, DOI 10.1103/PhysRevLett.55.1530).
// Source: Hopfield, Proc. Natl. Acad. Sci. 79 (1982) 2554, DOI 10.1073/pnas.79.8.2554; EMTD section 4.4.
import { type Field, requireField } from '../../fields/index.js';
import type { Graph } from '../../graphs/index.js';
import { bond } from '../terms/bond.js';
import type { Term } from '../term.js';

/**
 * J_ij = (1/N) sum over patterns of xi_i . xi_j, [edges] in the order of the graph.
 *
 * @param patterns a spin field on the nodes, one pattern per chain: `randomSpins({ sites, chains: 50, seed
 * })` has 50
 * @throws RangeError unless the patterns are spins on the nodes of this graph
 * @example
 * const pattern = fieldFrom([1, 1, -1], { codomain: 'spin' });
 * energies.hebbianCouplings(complete(3), pattern); // [1/3, -1/3, -1/3]
 */
export function hebbianCouplings(graph: Graph, patterns: Field): Float64Array {
  requireField('hebbianCouplings', patterns, { support: 'node', codomain: ['spin'], sites: graph.nodeCount });
  const { endpoints, edgeCount, nodeCount } = graph;
  const width = patterns.components * patterns.chains;
  const rows = Int8Array.from(patterns.values);
  return Float64Array.from({ length: edgeCount }, (_, e) => {
    const [i, j] = [endpoints[2 * e] * width, endpoints[2 * e + 1] * width];
    let agreements = 0;
    for (let k = 0; k < width; k++) agreements += rows[i + k] * rows[j + k];
    return agreements / nodeCount;
  });
}

/**
 * The energy - sum J_ij s_i s_j of spins, with the couplings that store the patterns; `.with({ J })` takes
 * others. On the complete graph one pattern is recalled with the overlap m = tanh(m / T), up to T = 1.
 *
 * @throws RangeError as {@link hebbianCouplings}
 * @example
 * const patterns = randomSpins({ sites: 200, chains: 4, seed: 1 }); // load 0.02
 * const memory = hamiltonian(complete(200), [energies.hopfield(complete(200), patterns)]);
 * const recalled = await sample(heatBath(memory, { temperature: 0, order: 'sequential' }), { initial: patterns, steps: 5 });
 * measure.overlap(patterns.chain(0))(Float64Array.from({ length: 200 }, (_, i) => recalled.states[4][4 * i]), 1); // 1
 */
export const hopfield = (graph: Graph, patterns: Field): Term =>
  bond(
    (a, b, J) => a.dot(b).mul(J).neg(),
    { J: hebbianCouplings(graph, patterns) },
    { name: 'Hopfield', codomain: 'spin' },
  );
