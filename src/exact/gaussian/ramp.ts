// Work on the Gaussian free field when its coupling is changed from J0 to J1 at constant temperature T; all
// stiffnesses scale alike, so only the number of modes, d (N - 1), enters.
//   Delta F = d (N - 1) (T / 2) ln(J1 / J0) <= <W> <= d (N - 1) (T / 2) (J1 / J0 - 1)
// with equality on the left for an infinitely slow change, on the right for a sudden one, and
// <exp(-W / T)> = exp(-Delta F / T) at any speed. Sources: Jarzynski, Phys. Rev. Lett. 78 (1997) 2690, DOI 10.1103/PhysRevLett.78.2690;
// EMTD Definition 1.2.
import { requireInteger, requirePositive } from '../../numerics/check.js';

export interface RampParameters {
  readonly temperature: number;
  readonly nodeCount: number;
  /** J0. */
  readonly from: number;
  /** J1. */
  readonly to: number;
  /** d; 1 by default. */
  readonly components?: number;
}

/**
 * The free energy difference of the ramp, d (N - 1) (T / 2) ln(J1 / J0).
 *
 * @throws RangeError unless temperature and couplings are positive and the counts positive integers
 * @example
 * rampFreeEnergy({ temperature: 1, nodeCount: 6, from: 1, to: 2 }); // 1.7329
 */
export function rampFreeEnergy(parameters: RampParameters): number {
  return thermalHalf('rampFreeEnergy', parameters) * Math.log(parameters.to / parameters.from);
}

/**
 * The mean work of a sudden change, d (N - 1) (T / 2) (J1 / J0 - 1).
 *
 * @throws RangeError as {@link rampFreeEnergy}
 * @example
 * quenchWork({ temperature: 1, nodeCount: 6, from: 1, to: 2 }); // 2.5
 */
export function quenchWork(parameters: RampParameters): number {
  return thermalHalf('quenchWork', parameters) * (parameters.to / parameters.from - 1);
}

/** d (N - 1) T / 2, after checking the parameters. */
function thermalHalf(
  caller: string, { temperature, nodeCount, from, to, components = 1 }: RampParameters,
): number {
  requirePositive(caller, 'temperature', temperature);
  requirePositive(caller, 'from', from);
  requirePositive(caller, 'to', to);
  requireInteger(caller, 'nodeCount', nodeCount, 1);
  requireInteger(caller, 'components', components, 1);
  return (components * (nodeCount - 1) * temperature) / 2;
}
