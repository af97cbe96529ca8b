// The trust phase phi = a e^(i theta) of EMTD section 1.1, Definition 1.1, in an energy. The text gives it
// none, so there are three readings, each a bond term:
//   xy      - sum J_ij cos(theta_i - theta_j)                 phases that align: XY model, Kuramoto's
// coupling
//   weight  - sum J_ij Re(phi_i* phi_j)                       = - sum J_ij a_i a_j cos(theta_i - theta_j):
// amplitudes weigh it
//   gauge   - sum J_ij cos(theta_i - theta_j - A_ij)          A_ij = - A_ji: the phase between the frames of
// the two ends
// The law of motion of the trust weight is the gradient flow of the same energy and of a well that holds the
// amplitude,
//   H = trustPhase('weight') + trustConfinement():    d phi_i / dt = sum_j J_ij phi_j + kappa phi_i (1 -
// |phi_i|^2)
//   d a_i / dt = sum_j J_ij a_j cos(theta_i - theta_j) + kappa a_i (1 - a_i^2):
// a node that agrees with trusted neighbours gains trust, one that disagrees loses it. On a k-regular graph
// in agreement the fixed point is a^2 = 1 + k J / kappa. For kappa -> infinity the amplitudes are 1, and
// weight is xy. Gauge energies do not change under theta_i -> theta_i + alpha_i, A_ij -> A_ij + alpha_i -
// alpha_j. No choice of phases removes the sum of A around loops (`holonomy`).
// Sources: Kuramoto (1984), DOI 10.1007/978-3-642-69689-3; Villain, J. Phys. C 10 (1977) 1717, DOI
// 10.1088/0022-3719/10/10/014.
import type { Expression } from '../../expressions/index.js';
import { byDefault, type Options, type OptionsOf, readOptions, type Rule } from '../../numerics/options.js';
import { each, finite, oneOrEach, positive, requireOneOf } from '../../numerics/rules.js';
import { bond } from '../terms/bond.js';
import { oriented } from '../parameters.js';
import { site } from '../terms/site.js';
import type { Term } from '../term.js';

/** The readings of the trust phase. */
export type TrustReading = 'xy' | 'weight' | 'gauge';

const trustPhaseOptions = {
  /** J in units of energy: one number, or one per edge; 1 by default. */
  J: byDefault<number | ArrayLike<number>>(1, oneOrEach(finite)),
  /** A_ij in radians, one per edge, from its first end to its second: `gauge` needs it, `weight` may have it. */
  A: each(finite) as Rule<ArrayLike<number>>,
};

/** Options of `trustPhase`. */
export interface TrustPhaseOptions extends Options, OptionsOf<typeof trustPhaseOptions> {}

/**
 * One reading of the trust phase as an energy: `xy` and `gauge` of angles (a sum over the components),
 * `weight` of complex numbers (re, im). With A, `weight` takes one number per node: - sum J_ij Re(phi_i* e^(i
 * A_ij) phi_j).
 *
 * @throws RangeError for an unknown reading, `gauge` without A, and `xy` with it
 * @example
 * const frustrated = energies.trustPhase('gauge', { J: 1, A: [Math.PI, 0, 0] }); // on a triangle: no three phases satisfy it
 * hamiltonian(ring(3), [frustrated]).energy64(Float64Array.of(0, 0, 0)); // -1
 */
export function trustPhase(reading: TrustReading, options: TrustPhaseOptions = {}): Term {
  requireOneOf('trustPhase', 'reading', reading, ['xy', 'weight', 'gauge']);
  const { J, A } = readOptions('trustPhase', options, trustPhaseOptions);
  const named = { name: `trust phase (${reading})` };
  switch (reading) {
    case 'xy':
      if (A) throw new RangeError("trustPhase: 'xy' takes no A; 'gauge' does");
      return bond((a, b, j) => a.sub(b).cos().sum().mul(j).neg(), { J }, named);
    case 'weight':
      if (!A) return bond((a, b, j) => a.dot(b).mul(j).neg(), { J }, named);
      return bond((a, b, j, A) => compared(a, b, A).mul(j).neg(), { J, A: oriented(A) }, named);
    case 'gauge':
      if (!A) throw new RangeError("trustPhase: 'gauge' needs A, one angle per edge; 'xy' needs none");
      return bond((a, b, j, A) => a.sub(b).sub(A).cos().sum().mul(j).neg(), { J, A: oriented(A) }, named);
  }
}

/** Re(phi_i* e^(i A) phi_j) = a_i a_j cos(theta_i - theta_j - A). */
function compared(a: Expression, b: Expression, A: Expression): Expression {
  const [re, im] = [a.component(0), a.component(1)];
  const [cosine, sine] = [
    re.mul(b.component(0)).add(im.mul(b.component(1))),
    im.mul(b.component(0)).sub(re.mul(b.component(1))),
  ];
  return cosine.mul(A.cos()).add(sine.mul(A.sin()));
}

const confinementOptions = {
  /** kappa in units of energy, the depth of the well times 4; 1 by default. */
  kappa: byDefault(1, positive),
};

/**
 * (kappa / 4) sum_i (|phi_i|^2 - 1)^2: the well that holds amplitudes near 1.
 *
 * @throws RangeError unless kappa is positive
 * @example
 * const energy = hamiltonian(ring(4), [energies.trustPhase('weight', { J: 0.5 }), energies.trustConfinement({ kappa: 2 })]);
 * const rest = Float64Array.from({ length: 8 }, (_, k) => (k % 2 === 0 ? Math.sqrt(1.5) : 0)); // |phi|^2 = 1.5 on every node
 * Math.max(...energy.gradient64(rest).map(Math.abs)) < 1e-12; // true
 */
export function trustConfinement(options: OptionsOf<typeof confinementOptions> = {}): Term {
  const { kappa } = readOptions('trustConfinement', options, confinementOptions);
  const well = (x: Expression, k: Expression): Expression => x.squaredNorm().sub(1).square().mul(k).div(4);
  return site(well, { kappa }, { name: 'trust confinement', lowerBound: 0 });
}
