// Work on the Gaussian free field when its coupling is changed from J0 to J1 at constant temperature T; all
// stiffnesses scale alike, so only the number of modes, d (N - 1), enters.
//   Delta F = d (N - 1) (T / 2) ln(J1 / J0) <= <W> <= d (N - 1) (T / 2) (J1 / J0 - 1)
// with equality on the left for an infinitely slow change, on the right for a sudden one, and <exp(-W / T)> =
// exp(-Delta F / T) at any speed. A ramp in n equal jumps over a time t: before each jump but the first the
// field relaxes for a time t / n, by x' = - grad H + sqrt(2 T) noise. A jump to J_k costs (J_k - J_(k-1)) sum
// over modes of mu d v, mu the Laplacian's eigenvalues and v the variance of the mode, which relaxes to T /
// (2 J_k mu):
//   v -> T / (2 J_k mu) + (v - T / (2 J_k mu)) exp(-4 J_k mu t / n).
// Sources: Jarzynski, Phys. Rev. Lett. 78 (1997) 2690, DOI 10.1103/PhysRevLett.78.2690; EMTD Definition 1.2.
import { type Graph, requireUnsigned } from '../../graphs/index.js';
import { byDefault, needed, type OptionsOf, readOptions } from '../../numerics/options.js';
import { anything, integer, nonNegative, positive } from '../../numerics/rules.js';
import { type AtTemperature, atTemperature } from '../modelNumbers.js';
import { gaussianFreeField } from './gaussianFreeField.js';

const couplingOptions = {
  /** J0, the coupling at the start. */
  from: needed(positive),
  /** J1, the coupling at the end. */
  to: needed(positive),
  /** d, the number of components of the field; 1 by default. */
  components: byDefault(1, integer(1)),
};

const suddenOptions = {
  ...couplingOptions,
  /** N. */
  nodeCount: needed(integer(1)),
};

const rampOptions = {
  ...couplingOptions,
  /** Number of equal jumps, n; 1 is the sudden change. */
  jumps: needed(integer(1)),
  /** Time from the first jump to one relaxation after the last, t. */
  duration: needed(nonNegative),
};

/** Parameters of `quenchWork` and `rampFreeEnergy`. */
export interface RampParameters extends AtTemperature, OptionsOf<typeof suddenOptions> {}

/** Parameters of `meanRampWork`. */
export interface RampProtocol extends AtTemperature, OptionsOf<typeof rampOptions> {}

/**
 * The free energy difference of the ramp, d (N - 1) (T / 2) ln(J1 / J0).
 *
 * @throws RangeError unless temperature and couplings are positive and the counts positive integers
 * @example
 * exact.rampFreeEnergy({ temperature: 1, nodeCount: 6, from: 1, to: 2 }); // 1.7329
 */
export function rampFreeEnergy(parameters: RampParameters): number {
  return thermalHalf('rampFreeEnergy', parameters) * Math.log(parameters.to / parameters.from);
}

/**
 * The mean work of a sudden change, d (N - 1) (T / 2) (J1 / J0 - 1).
 *
 * @throws RangeError as {@link rampFreeEnergy}
 * @example
 * exact.quenchWork({ temperature: 1, nodeCount: 6, from: 1, to: 2 }); // 2.5
 */
export function quenchWork(parameters: RampParameters): number {
  return thermalHalf('quenchWork', parameters) * (parameters.to / parameters.from - 1);
}

/** d (N - 1) T / 2, after checking the parameters. */
function thermalHalf(caller: string, parameters: RampParameters): number {
  const ofProtocol = { jumps: anything, duration: anything }; // a whole protocol may be given: these do not matter here
  const declared = { ...atTemperature, ...suddenOptions, ...ofProtocol };
  const { components, nodeCount, temperature } = readOptions(caller, parameters, declared);
  return (components * (nodeCount - 1) * temperature) / 2;
}

/**
 * The mean work of the ramp, starting in equilibrium at J0; in units of energy.
 *
 * @throws RangeError unless temperature and couplings are positive, jumps and components positive integers,
 *   and the duration not negative; for a disconnected graph
 * @example
 * exact.meanRampWork(complete(6), { temperature: 1, from: 1, to: 2, jumps: 1, duration: 0 }); // 2.5, a quench
 */
export function meanRampWork(graph: Graph, protocol: RampProtocol): number {
  requireUnsigned('meanRampWork', graph);
  const {
    temperature: T,
    duration,
    jumps,
    components,
  } = readOptions('meanRampWork', protocol, {
    ...atTemperature,
    ...rampOptions,
  });
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

/** The protocol, which may be part of more options. @throws RangeError if it is not valid */
export function checkRamp(
  caller: string,
  { temperature, from, to, components, jumps, duration }: RampProtocol,
): Required<RampProtocol> {
  return readOptions(
    caller,
    { temperature, from, to, components, jumps, duration },
    { ...atTemperature, ...rampOptions },
  );
}
