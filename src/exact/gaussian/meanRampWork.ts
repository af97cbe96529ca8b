// The mean work of a ramp of finite speed on the Gaussian free field. The coupling goes from J0 to J1 at
// constant temperature in n equal jumps; before each but the first the field relaxes for a time t / n, by
// x' = - grad H + sqrt(2 T) noise. A jump to J_k costs (J_k - J_(k-1)) sum over modes of mu d v, mu the
// Laplacian's eigenvalues and v the variance of the mode, which relaxes to T / (2 J_k mu):
//   v -> T / (2 J_k mu) + (v - T / (2 J_k mu)) exp(-4 J_k mu t / n).
// n = 1 is the sudden change. Sources: EMTD Definition 1.2; Jarzynski, DOI 10.1103/PhysRevLett.78.2690.
import type { Graph } from '../../graph/index.js';
import { requireInteger, requireNonNegative, requirePositive } from '../../numerics/check.js';
import { gaussianFreeField } from './gaussianFreeField.js';

export interface RampProtocol {
  readonly temperature: number;
  /** J0. */
  readonly from: number;
  /** J1. */
  readonly to: number;
  /** Number of equal jumps, n. */
  readonly jumps: number;
  /** Time from the first jump to one relaxation after the last, t. */
  readonly duration: number;
  /** d; 1 by default. */
  readonly components?: number;
}

/**
 * The mean work of the ramp, starting in equilibrium at J0; in units of energy.
 *
 * @throws RangeError unless temperature and couplings are positive, jumps and components positive integers,
 *   and the duration not negative; for a disconnected graph
 * @example
 * meanRampWork(complete(6), { temperature: 1, from: 1, to: 2, jumps: 1, duration: 0 }); // 2.5, a quench
 */
export function meanRampWork(graph: Graph, protocol: RampProtocol): number {
  const { temperature: T, duration, jumps, components = 1 } = checkRamp('meanRampWork', protocol);
  const couplings = rampCouplings(protocol);
  const { stiffness } = gaussianFreeField(graph, { temperature: T, J: 1 / 2 }); // 2 J mu = mu
  const modeWork = (mu: number): number => {
    let variance = T / (2 * couplings[0] * mu);
    let work = 0;
    for (let k = 1; k <= jumps; k++) {
      work += (couplings[k] - couplings[k - 1]) * mu * variance;
      const rest = T / (2 * couplings[k] * mu);
      variance = rest + (variance - rest) * Math.exp((-4 * couplings[k] * mu * duration) / jumps);
    }
    return work;
  };
  return components * stiffness.reduce((sum, mu) => sum + modeWork(mu), 0);
}

/** J_0 ... J_n of the protocol. */
export const rampCouplings = ({ from, to, jumps }: RampProtocol): Float64Array =>
  Float64Array.from({ length: jumps + 1 }, (_, k) => from + ((to - from) * k) / jumps);

/** The protocol. @throws RangeError if it is not valid */
export function checkRamp(caller: string, protocol: RampProtocol): RampProtocol {
  requirePositive(caller, 'temperature', protocol.temperature);
  requirePositive(caller, 'from', protocol.from);
  requirePositive(caller, 'to', protocol.to);
  requireInteger(caller, 'jumps', protocol.jumps, 1);
  requireNonNegative(caller, 'duration', protocol.duration);
  requireInteger(caller, 'components', protocol.components ?? 1, 1);
  return protocol;
}
