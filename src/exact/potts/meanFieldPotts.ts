// The Potts model on the complete graph as N grows: H = -(1 / 2N) sum over all (i, j) of delta(a_i, a_j),
// labels 1 ... q. If one label has a share (1 + (q - 1) s) / q of the nodes and each other (1 - s) / q, s in
// [0, 1] is the order, and
//   f(s) = -(1 + (q - 1) s^2) / (2 q) + T sum over labels of share ln share,
// stationary where s / T = ln[(1 + (q - 1) s) / (1 - s)]. For q > 2 the least of f jumps from 0 to (q - 2) /
// (q - 1) at 1 / T_c = 2 (q - 1) / (q - 2) ln(q - 1). The other phase is metastable between the spinodals:
// the ordered one from the least 1 / T at which s > 0 solves the equation, the disordered one up to 1 / T =
// q. For q = 2 all three are 2. Sources: Wu, Rev. Mod. Phys. 54 (1982) 235, DOI 10.1103/RevModPhys.54.235,
// section I.C; Kihara, Midzuno and Shizume, J. Phys. Soc. Jpn. 9 (1954) 681, DOI 10.1143/JPSJ.9.681.
import { showAs } from '../../display/index.js';
import { requireInteger, requirePositive, requireShare } from '../../numerics/check.js';
import { zeroOf } from '../../numerics/root.js';
import { modelCard } from '../modelNumbers.js';

/** The mean-field Potts model; betas are 1 / T, energies per node. */
export interface MeanFieldPotts {
  /** 2 (q - 1) / (q - 2) ln(q - 1); 2 at q = 2. */
  readonly criticalBeta: number;
  /** (q - 2) / (q - 1): the order at the transition, on the cold side. */
  readonly jump: number;
  /** The least 1 / T at which an ordered state is metastable. */
  readonly orderedSpinodal: number;
  /** q: the greatest 1 / T at which the disordered state is metastable. */
  readonly disorderedSpinodal: number;
  /** (q - 2)^2 / (2 q (q - 1)): the jump of the energy. */
  readonly latentHeat: number;
  /** s in equilibrium; `jump` at the transition itself. */
  order(temperature: number): number;
  /** s of the ordered state, stable or not; undefined if there is none. */
  orderedBranch(temperature: number): number | undefined;
  /** f(s), per node. */
  freeEnergyAt(order: number, temperature: number): number;
}

/**
 * The Potts model on the complete graph as N grows: order, critical temperature, jump, latent heat and
 * spinodals.
 *
 * @throws RangeError unless q is an integer of at least 2; for temperatures that are not positive and orders
 * outside [0, 1]
 * @example
 * meanFieldPotts(3).criticalBeta; // 2.77259
 * meanFieldPotts(3).jump; // 0.5
 * meanFieldPotts(3).order(1 / 3); // 0.7164
 */
export function meanFieldPotts(q: number): MeanFieldPotts {
  requireInteger('meanFieldPotts', 'q', q, 2);
  const jump = (q - 2) / (q - 1);
  const logRatio = (s: number): number => Math.log1p((q - 1) * s) - Math.log1p(-s);
  const betaOf = (s: number): number => (s === 0 ? q : logRatio(s) / s);
  // d betaOf / ds = 0, between the least of its left side and the jump
  const turn =
    q === 2 ? 0 : zeroOf((s) => (q * s) / ((1 + (q - 1) * s) * (1 - s)) - logRatio(s), jump / 2, jump);
  const criticalBeta = betaOf(jump);
  const orderedBranch = (temperature: number): number | undefined => {
    requirePositive('meanFieldPotts', 'temperature', temperature);
    return 1 / temperature < betaOf(turn) ? undefined : zeroOf((s) => 1 / temperature - betaOf(s), turn, 1);
  };
  return showAs<MeanFieldPotts>(
    {
      criticalBeta,
      jump,
      orderedSpinodal: betaOf(turn),
      disorderedSpinodal: q,
      latentHeat: (q - 2) ** 2 / (2 * q * (q - 1)),
      order: (temperature) => (temperature * criticalBeta > 1 ? 0 : orderedBranch(temperature)!),
      orderedBranch,
      freeEnergyAt(s, temperature) {
        requirePositive('meanFieldPotts', 'temperature', temperature);
        requireShare('meanFieldPotts', 'order', s);
        const xLogX = (share: number): number => (share === 0 ? 0 : share * Math.log(share));
        return (
          -(1 + (q - 1) * s * s) / (2 * q) +
          temperature * (xLogX((1 + (q - 1) * s) / q) + (q - 1) * xLogX((1 - s) / q))
        );
      },
    },
    modelCard<MeanFieldPotts>(
      `Potts model of ${q} states in mean field`,
      {},
      {
        criticalBeta: 'transition, 1 / T',
        jump: 'jump of the order',
        latentHeat: 'latent heat per node',
        orderedSpinodal: 'ordered states from 1 / T',
        disorderedSpinodal: 'disordered states to 1 / T',
      },
    ),
  );
}
