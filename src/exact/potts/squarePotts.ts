// The Potts model on the infinite square lattice, H = -sum over <i,j> of delta(a_i, a_j), labels 1 ... q:
// duality fixes
//   T_c = 1 / ln(1 + sqrt q),
// the mean of the energies per site on both sides of T_c, -(1 + 1 / sqrt q), and, for q > 4, where the two
// differ, the latent heat
//   L = 2 (1 + 1 / sqrt q) tanh(c / 2) prod over n > 0 of tanh^2(n c),   2 cosh c = sqrt q.
// Sources: Potts, Proc. Camb. Phil. Soc. 48 (1952) 106, DOI 10.1017/S0305004100027419; Baxter, J. Phys. C 6
// (1973) L445, DOI 10.1088/0022-3719/6/23/005; Wu, Rev. Mod. Phys. 54 (1982) 235, DOI
// 10.1103/RevModPhys.54.235.
import { showAs } from '../../display/index.js';
import { requireInteger } from '../../numerics/check.js';
import { modelCard } from '../modelNumbers.js';

/** The transition of the Potts model on the square lattice; energies in units of J = 1. */
export interface SquarePotts {
  /** 1 / ln(1 + sqrt q). */
  readonly criticalTemperature: number;
  /** -(1 + 1 / sqrt q): the energy at the transition, or the mean of the two that coexist. */
  readonly criticalEnergyPerNode: number;
  /** The jump of the energy: 0 up to q = 4. */
  readonly latentHeatPerNode: number;
}

/**
 * The Potts model on the infinite square lattice: critical temperature, energies there, and latent heat for q
 * > 4.
 *
 * @throws RangeError unless q is an integer of at least 2
 * @example
 * exact.squarePotts(3).criticalTemperature; // 0.994973
 * exact.squarePotts(10).latentHeatPerNode; // 0.696049
 */
export function squarePotts(q: number): SquarePotts {
  requireInteger('squarePotts', 'q', q, 2);
  const root = Math.sqrt(q);
  return showAs<SquarePotts>(
    {
      criticalTemperature: 1 / Math.log(1 + root),
      criticalEnergyPerNode: -(1 + 1 / root),
      latentHeatPerNode: q > 4 ? 2 * (1 + 1 / root) * latentProduct(Math.acosh(root / 2)) : 0,
    },
    modelCard<SquarePotts>(
      `Potts model of ${q} states on the square lattice`,
      {},
      {
        criticalTemperature: 'critical temperature',
        criticalEnergyPerNode: 'energy there, per node',
        latentHeatPerNode: 'latent heat per node',
      },
    ),
  );
}

/** tanh(c / 2) times tanh^2 of c, 2c, 3c ..., up to the first that is 1 to rounding. */
function latentProduct(c: number): number {
  let product = Math.tanh(c / 2);
  for (let n = 1, factor = 0; factor < 1; n++) {
    factor = Math.tanh(n * c);
    product *= factor ** 2;
  }
  return product;
}
