// The interaction energy sum over <i,j> of J_ij |T_i - T_j|^2: EMTD section 1.1, Definition 1.2, first term.
// There is no factor 1/2; the closed forms of the Gaussian free field, which have one, are at J = 1/2.
import { type OptionsOf, readOptions, type Rule } from '../../numerics/options.js';
import { nonNegative, oneOrEach } from '../../numerics/rules.js';
import { bond } from '../terms/bond.js';
import { shownTerm } from '../shownTerm.js';
import type { Term } from '../term.js';

const interactionOptions = {
  /**
   * J in units of energy / (field squared): one number, or one per edge (the network's bandwidths, for
   * example); by default the graph's own couplings, which are 1 where none were given.
   */
  J: oneOrEach(nonNegative) as Rule<number | ArrayLike<number>>, // below 0 a continuous field has no lower bound
};

/**
 * The interaction energy: the sum of J |x_i - x_j|^2 over edges.
 *
 * @throws RangeError for a negative coupling: the energy of a continuous field may have no lower bound
 * @example
 * const graph = fromEdges(3, [[0, 1], [1, 2]], { couplings: [1, 3] }); // bandwidths
 * hamiltonian(graph, [interaction()]).energy64(Float64Array.of(0, 1, 3)); // 13
 * hamiltonian(graph, [interaction({ J: 1 })]).energy64(Float64Array.of(0, 1, 3)); // 5
 */
export function interaction(options: OptionsOf<typeof interactionOptions> = {}): Term {
  const { J } = readOptions('interaction', options, interactionOptions);
  const term = bond(
    (a, b, j) => a.sub(b).squaredNorm().mul(j),
    { J: J ?? 1 },
    { name: 'interaction', lowerBound: 0 },
  );
  if (J !== undefined) return term;
  return shownTerm({
    ...term,
    resolved: (graph) =>
      graph.equalCoupling === 1 ? term : interaction({ J: graph.equalCoupling ?? graph.couplings }),
  });
}
