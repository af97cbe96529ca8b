// The interaction energy sum over <i,j> of J_ij |T_i - T_j|^2: EMTD section 1.1, Definition 1.2, first term.
// There is no factor 1/2; the closed forms of the Gaussian free field, which have one, are at J = 1/2.
import { bond } from '../terms/bond.js';
import type { Term } from '../term.js';

/**
 * The interaction energy: the sum of J |x_i - x_j|^2 over edges.
 * `J` is the coupling in units of energy: one number, or one per edge (the network's bandwidths, for example).
 *
 * @throws RangeError for a negative coupling: the energy of a continuous field may have no lower bound
 * @example interaction({ J: graph.couplings })
 */
export function interaction({ J = 1 }: { readonly J?: number | ArrayLike<number> } = {}): Term {
  const negative = (typeof J === 'number' ? [J] : Array.from(J)).find((value) => value < 0);
  if (negative !== undefined) {
    throw new RangeError(`interaction: J must not be negative (no lower bound on a continuous field), got ${negative}`);
  }
  return bond((a, b, j) => a.sub(b).squaredNorm().mul(j), { J }, { name: 'interaction', lowerBound: 0 });
}
