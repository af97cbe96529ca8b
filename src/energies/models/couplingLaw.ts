// Coupling laws: what an edge costs when its ends are a distance d = |x_i - x_j| apart, and how hard it then
// pulls.
//   quadratic   J d^2                          pull 2 J d: the farther, the harder. EMTD Definition 1.2 as it
// stands
//   truncated   J min(d^2, w^2)                pull 2 J d within w, none beyond: bounded confidence
//   welsch      J w^2 (1 - exp(-d^2 / w^2))    pull 2 J d exp(-d^2 / w^2): fades from w on
// All agree for d << w; the last two saturate at J w^2. They follow from the quadratic law with a line
// process, a J_ij in [0, 1] per edge and a price for a small one, at the cheapest J_ij:
//   truncated = min over J_ij of J_ij d^2 + w^2 (1 - J_ij),    welsch = min over J_ij of J_ij d^2 + w^2 (J_ij
// ln J_ij - J_ij + 1),
// the latter at J_ij = exp(-d^2 / w^2): what `followAgreement` relaxes to.
// Sources: EMTD section 4.1 (row EMTD-4.2); Black and Rangarajan, Int. J. Comput. Vis. 19 (1996) 57, DOI
// 10.1007/BF00131148; Welsch: Holland and Welsch, Commun. Stat. A 6 (1977) 813, DOI
// 10.1080/03610927708827533.
import type { Expression } from '../../expressions/index.js';
import { byDefault, type Options, type OptionsOf, readOptions } from '../../numerics/options.js';
import { nonNegative, oneOrEach, positive, requireOneOf } from '../../numerics/rules.js';
import { bond, type BondEnergy } from '../terms/bond.js';
import { interaction } from './interaction.js';
import type { Term } from '../term.js';

/** How the energy of an edge grows with the distance of its ends. */
export type CouplingLawName = 'quadratic' | 'truncated' | 'welsch';

const couplingLawOptions = {
  /** J in units of energy / (field squared): one number, or one per edge; 1 by default. */
  J: byDefault<number | ArrayLike<number>>(1, oneOrEach(nonNegative)),
  /** w, the distance from which the energy no longer grows; by default 1. The quadratic law has none. */
  w: positive,
};

/** Options of `couplingLaw`. */
export interface CouplingLawOptions extends Options, OptionsOf<typeof couplingLawOptions> {}

/**
 * One law of coupling as an energy, a sum over edges; its lower bound is 0.
 *
 * @throws RangeError for an unknown law, a negative J, a w that is not positive, and the quadratic law with a
 * w
 * @example
 * const truncated = energies.couplingLaw('truncated', { J: 0.5, w: 2 }); // a node more than 2 away pulls nobody
 * hamiltonian(complete(2), [truncated]).gradient64(Float64Array.of(0, 5)); // [0, 0]
 */
export function couplingLaw(law: CouplingLawName, options: CouplingLawOptions = {}): Term {
  requireOneOf('couplingLaw', 'law', law, ['quadratic', 'truncated', 'welsch']);
  const { J, w } = readOptions('couplingLaw', options, couplingLawOptions);
  if (law === 'quadratic') {
    if (w !== undefined) throw new RangeError(`couplingLaw: the quadratic law has no w, got ${w}`);
    return interaction({ J });
  }
  const cost = (d2: Expression, w2: Expression): Expression =>
    law === 'truncated' ? d2.min(w2) : d2.div(w2).neg().exp().neg().add(1).mul(w2);
  const energy: BondEnergy = (a, b, j, v) => cost(a.sub(b).squaredNorm(), v.square()).mul(j);
  return bond(energy, { J, w: w ?? 1 }, { name: `${law} coupling`, lowerBound: 0 });
}
