// The Potts model on the complete graph as N grows: H = -(J / 2N) sum over all (i, j) of delta(a_i, a_j),
// labels 1 ... q. If one label has a share (1 + (q - 1) s) / q of the nodes and each other (1 - s) / q, s in
// [0, 1] is the order, and
//   f(s) = -J (1 + (q - 1) s^2) / (2 q) + T sum over labels of share ln share,
// stationary where J s / T = ln[(1 + (q - 1) s) / (1 - s)]. For q > 2 the least of f jumps from 0 to (q - 2)
// / (q - 1) at J / T_c = 2 (q - 1) / (q - 2) ln(q - 1). The other phase is metastable between the spinodals:
// the ordered one up to the greatest T at which s > 0 solves the equation, the disordered one from T = J / q
// on. For q = 2 all three are J / 2. With D = (1 + (q - 1) s) (1 - s), du/dT is
//   c = (q - 1) (J s)^2 D / (q T (q T - J D)),   3/2 just below T_c for q = 2.
// Sources: Wu, Rev. Mod. Phys. 54 (1982) 235, DOI 10.1103/RevModPhys.54.235, section I.C; Kihara, Midzuno and
// Shizume, J. Phys. Soc. Jpn. 9 (1954) 681, DOI 10.1143/JPSJ.9.681.
import { showAs } from '../../display/index.js';
import { requireInteger, requireFraction } from '../../numerics/check.js';
import { readOptions } from '../../numerics/options.js';
import { zeroOf } from '../../numerics/root.js';
import {
  type EquilibriumPerNode,
  type MeanFieldParameters,
  meanFieldOptions,
  modelCard,
  perNode,
} from '../modelNumbers.js';

/** The mean-field Potts model. */
export interface MeanFieldPotts extends EquilibriumPerNode {
  /** J (q - 2) / (2 (q - 1) ln(q - 1)); J / 2 at q = 2. */
  readonly criticalTemperature: number;
  /** (q - 2) / (q - 1): the order at the transition, on the cold side. */
  readonly jump: number;
  /** The greatest temperature at which an ordered state is metastable. */
  readonly orderedSpinodal: number;
  /** J / q: the least temperature at which the disordered state is metastable. */
  readonly disorderedSpinodal: number;
  /** J (q - 2)^2 / (2 q (q - 1)): the jump of the energy. */
  readonly latentHeatPerNode: number;
  /** s in equilibrium; `jump` at the transition itself. */
  readonly order: number;
  /** s of the ordered state, stable or not; undefined if there is none at this temperature. */
  readonly orderedBranch: number | undefined;
  /** f(s), the free energy per node of the states of order s in [0, 1]. */
  freeEnergyPerNodeAt(order: number): number;
}

/**
 * The Potts model on the complete graph as N grows: order, critical temperature, jump, latent heat and
 * spinodals. Each node has one of q labels; for q > 2 the order appears by a jump.
 *
 * @throws RangeError unless q is an integer of at least 2, temperature and J positive; for orders outside
 * [0, 1]
 * @example
 * const potts = exact.meanFieldPotts(3, { temperature: 1 / 3 });
 * potts.criticalTemperature; // 0.360674
 * potts.jump; // 0.5
 * potts.order; // 0.7164
 */
export function meanFieldPotts(q: number, parameters: MeanFieldParameters): MeanFieldPotts {
  requireInteger('meanFieldPotts', 'q', q, 2);
  const { temperature: T, J } = readOptions('meanFieldPotts', parameters, meanFieldOptions);
  const jump = (q - 2) / (q - 1);
  const logRatio = (s: number): number => Math.log1p((q - 1) * s) - Math.log1p(-s);
  const betaOf = (s: number): number => (s === 0 ? q : logRatio(s) / s); // J / T
  // d betaOf / ds = 0, between the least of its left side and the jump
  const turn =
    q === 2 ? 0 : zeroOf((s) => (q * s) / ((1 + (q - 1) * s) * (1 - s)) - logRatio(s), jump / 2, jump);
  const orderedBranch = J / T < betaOf(turn) ? undefined : zeroOf((s) => J / T - betaOf(s), turn, 1);
  const s = (T / J) * betaOf(jump) > 1 ? 0 : orderedBranch!;
  const energyAt = (order: number): number => (-J * (1 + (q - 1) * order * order)) / (2 * q);
  const entropyAt = (order: number): number => {
    const part = (share: number): number => (share === 0 ? 0 : -share * Math.log(share));
    return part((1 + (q - 1) * order) / q) + (q - 1) * part((1 - order) / q);
  };
  const spread = (1 + (q - 1) * s) * (1 - s);
  return showAs<MeanFieldPotts>(
    {
      criticalTemperature: J / betaOf(jump),
      jump,
      orderedSpinodal: J / betaOf(turn),
      disorderedSpinodal: J / q,
      latentHeatPerNode: (J * (q - 2) ** 2) / (2 * q * (q - 1)),
      order: s,
      orderedBranch,
      meanEnergyPerNode: energyAt(s),
      freeEnergyPerNode: energyAt(s) - T * entropyAt(s),
      entropyPerNode: entropyAt(s),
      heatCapacityPerNode:
        s * s < 1e-8 ? s && 3 / 2 : ((q - 1) * (J * s) ** 2 * spread) / (q * T * (q * T - J * spread)),
      freeEnergyPerNodeAt(order) {
        requireFraction('meanFieldPotts', 'order', order);
        return energyAt(order) - T * entropyAt(order);
      },
    },
    modelCard<MeanFieldPotts>(
      `Potts model of ${q} states in mean field`,
      { temperature: T },
      {
        criticalTemperature: 'critical temperature',
        order: 'order',
        jump: 'jump of the order',
        latentHeatPerNode: 'latent heat per node',
        ...perNode,
        orderedSpinodal: 'ordered states up to T =',
        disorderedSpinodal: 'disordered states from T =',
      },
    ),
  );
}
