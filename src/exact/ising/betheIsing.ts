// The Ising ferromagnet on the Bethe lattice, where every spin has z neighbours and there are no loops: the
// local limit of random regular graphs of degree z. H = -J sum over <i,j> of s_i s_j, t = tanh(J / T).
// Without one of its neighbours a spin has the mean x, which solves
//   x = tanh((z - 1) artanh(t x)),
// with a root above 0 if (z - 1) t > 1, that is, below T_c = J / artanh(1 / (z - 1)). Then m = tanh(z
// artanh(t x)) and
//   <s_i s_j> = (t + x^2) / (1 + t x^2),
//   f = -T {z ln cosh(J/T) + ln[(1 + t x)^z + (1 - t x)^z] - (z / 2) ln[cosh(J/T) (1 + t x^2)]},
//   x dx/dt = (z - 1) x^2 (1 - x^2) / [1 - t^2 x^2 - (z - 1) t (1 - x^2)],
// which goes to (3/2) (z - 1) / (1 - t^2) as x goes to 0.
// Sources: Bethe, Proc. R. Soc. A 150 (1935) 552, DOI 10.1098/rspa.1935.0122; Baxter, Exactly Solved Models
// in Statistical Mechanics (Academic Press 1982), chapter 4; Dembo and Montanari, Ann. Appl. Probab. 20
// (2010) 565, DOI 10.1214/09-AAP627.
import { showAs } from '../../display/index.js';
import { requireInteger } from '../../numerics/check.js';
import { readOptions } from '../../numerics/options.js';
import { zeroOf } from '../../numerics/root.js';
import {
  type EquilibriumPerNode,
  type MeanFieldParameters,
  meanFieldOptions,
  modelCard,
  ordering,
  perNode,
} from '../modelNumbers.js';

/** The Ising model on the Bethe lattice; <H> / N = -J (z / 2) <s_i s_j>. */
export interface BetheIsing extends EquilibriumPerNode {
  /** J / artanh(1 / (z - 1)); 0 for the chain, z = 2. */
  readonly criticalTemperature: number;
  /** m >= 0; 0 at and above the critical temperature. */
  readonly magnetisation: number;
}

/**
 * The Ising model on the Bethe lattice of z neighbours: magnetisation, energy and critical temperature. It is
 * what spins on a large random regular graph do, whose loops are long.
 *
 * @throws RangeError unless z is an integer of at least 2, and temperature and J positive
 * @example
 * exact.betheIsing(4, { temperature: 2 }).criticalTemperature; // 2.8854
 * exact.betheIsing(4, { temperature: 2 }).magnetisation; // 0.9286
 */
export function betheIsing(z: number, parameters: MeanFieldParameters): BetheIsing {
  const { temperature: T, J } = readOptions('betheIsing', parameters, meanFieldOptions);
  requireInteger('betheIsing', 'z', z, 2);
  const t = Math.tanh(J / T);
  const growth = (x: number): number => (x === 0 ? (z - 1) * t : Math.tanh((z - 1) * Math.atanh(t * x)) / x);
  const x = z > 2 && growth(0) > 1 ? zeroOf((y) => growth(y) - 1, 0, 1) : 0;
  const overCosh = 1 / Math.cosh(J / T) ** 2; // 1 - t^2
  const rest = 1 - x * x;
  const bend = x * x < 1e-8 ? (2 / 3) * overCosh * x * x : overCosh + t * t * rest - (z - 1) * t * rest;
  const slope = x && ((z - 1) * x * x * rest) / bend; // x dx/dt
  const gain = ((1 + x * x) * rest + 2 * overCosh * slope) / (1 + t * x * x) ** 2; // d<s_i s_j> / dt
  const logCosh = J / T + Math.log1p(Math.exp((-2 * J) / T)) - Math.LN2;
  const logSum = Math.log((1 + t * x) ** z + (1 - t * x) ** z);
  const meanEnergyPerNode = (-J * z * (t + x * x)) / (2 * (1 + t * x * x));
  const freeEnergyPerNode = -T * (z * logCosh + logSum - (z / 2) * (logCosh + Math.log1p(t * x * x)));
  return showAs<BetheIsing>(
    {
      criticalTemperature: J / Math.atanh(1 / (z - 1)),
      magnetisation: Math.tanh(z * Math.atanh(t * x)),
      meanEnergyPerNode,
      freeEnergyPerNode,
      entropyPerNode: (meanEnergyPerNode - freeEnergyPerNode) / T,
      heatCapacityPerNode: overCosh && (z / 2) * (J / T) ** 2 * overCosh * gain,
    },
    modelCard<BetheIsing>(
      `Ising model on the Bethe lattice of degree ${z}`,
      { temperature: T },
      { ...ordering, ...perNode },
    ),
  );
}
