// Retrieval of one of p = load N random patterns by Hopfield's network, J_ij = (1 / N) sum over patterns of
// xi_i xi_j, as N grows: H = -(1/2) sum over i != j of J_ij s_i s_j. In the replica-symmetric theory the
// overlap m = <xi_i s_i> with the pattern, q = <s_i>^2 and the noise r of the other patterns' overlaps solve,
// with z a standard normal,
//   m = < tanh((m + sqrt(load r) z) / T) >,   q = < tanh^2 >,   r = q / (1 - (1 - q) / T)^2.
// At T = 0, with y = m / sqrt(2 load r): m = erf y and sqrt(2 load) = erf(y) / y - (2 / sqrt pi) exp(-y^2),
// which has a root up to the capacity 0.1379. As load -> 0 it is m = tanh(m / T). The result is the solution
// of largest m, at which a start at the pattern ends, whether or not spin-glass states have lower energy.
// Source: Amit, Gutfreund and Sompolinsky, Ann. Phys. 173 (1987) 30, DOI 10.1016/0003-4916(87)90092-3.
import { showAs } from '../../display/index.js';
import { byDefault, needed, type Options, type OptionsOf, readOptions } from '../../numerics/options.js';
import { nonNegative } from '../../numerics/rules.js';
import { zeroOf } from '../../numerics/root.js';
import { erf } from '../../numerics/special.js';
import { curieWeiss } from './curieWeiss.js';
import { modelCard } from '../modelNumbers.js';

const hopfieldOptions = {
  /** alpha: the number of patterns over the number of spins. */
  load: needed(nonNegative),
  /** T, in units of energy, k_B = 1; 0 by default. */
  temperature: byDefault(0, nonNegative),
};

/** Parameters of `hopfieldRetrieval`. */
export interface HopfieldParameters extends Options, OptionsOf<typeof hopfieldOptions> {}

/** How well a Hopfield network retrieves a stored pattern. */
export interface HopfieldRetrieval {
  /** m, in [0, 1]; 0 if the pattern is not retrieved. A share (1 - m) / 2 of the spins is wrong. */
  readonly overlap: number;
  /** q; undefined if the pattern is not retrieved. */
  readonly edwardsAnderson: number | undefined;
  /** r; undefined if the pattern is not retrieved. */
  readonly noise: number | undefined;
}

const LOST: HopfieldRetrieval = { overlap: 0, edwardsAnderson: undefined, noise: undefined };

/**
 * Retrieval of one of load N random patterns by Hopfield's network, in replica-symmetric theory: the overlap
 * with the pattern. Too many patterns disturb one another, and then none is retrieved.
 *
 * @throws RangeError for a negative load or temperature
 * @example
 * exact.hopfieldRetrieval({ load: 0.1 }).overlap; // 0.9980
 * exact.hopfieldRetrieval({ load: 0.15 }).overlap; // 0
 * exact.hopfieldRetrieval({ load: 0.05, temperature: 0.5 }).overlap; // 0.9041
 */
export function hopfieldRetrieval(parameters: HopfieldParameters): HopfieldRetrieval {
  const { load, temperature: T } = readOptions('hopfieldRetrieval', parameters, hopfieldOptions);
  const retrieval = load === 0 ? unloaded(T) : T === 0 ? coldRetrieval(load) : warmRetrieval(load, T);
  return showAs(
    { ...retrieval },
    modelCard<HopfieldRetrieval>(
      'Hopfield network, retrieval',
      { load, temperature: T },
      { overlap: 'overlap m', edwardsAnderson: 'q', noise: 'noise r' },
    ),
  );
}

/**
 * The greatest load at which patterns are retrieved at T = 0, replica-symmetric: 0.137906.
 *
 * @example
 * exact.hopfieldCapacity(); // 0.137906
 */
export const hopfieldCapacity = (): number => strain(TIGHTEST) ** 2 / 2;

/** sqrt(2 load) as a function of y. */
const strain = (y: number): number => erf(y) / y - (2 / Math.sqrt(Math.PI)) * Math.exp(-y * y);
/** The y of its maximum: d strain / dy = 0, times y^2. */
const TIGHTEST = zeroOf((y) => (2 / Math.sqrt(Math.PI)) * Math.exp(-y * y) * (y + 2 * y ** 3) - erf(y), 1, 2);

function coldRetrieval(load: number): HopfieldRetrieval {
  const target = Math.sqrt(2 * load);
  if (target > strain(TIGHTEST)) return LOST;
  const y = zeroOf((x) => strain(x) - target, TIGHTEST, Math.max(TIGHTEST, 1 / target));
  const overlap = erf(y);
  return { overlap, edwardsAnderson: 1, noise: (overlap / y) ** 2 / (2 * load) };
}

/** The equations as an iteration that starts at the pattern. */
function warmRetrieval(load: number, T: number): HopfieldRetrieval {
  let [m, q] = [1, 1];
  for (let round = 0; round < 100_000; round++) {
    const rest = 1 - (1 - q) / T;
    const noise = q / rest ** 2;
    if (rest <= 0 || m < 1e-4) return LOST;
    const [mNext, qNext] = tanhMoments(m / T, Math.sqrt(load * noise) / T);
    if (Math.abs(mNext - m) + Math.abs(qNext - q) < 1e-14) return { overlap: m, edwardsAnderson: q, noise };
    [m, q] = [mNext, qNext];
  }
  throw new RangeError(
    `hopfieldRetrieval: no convergence this close to the transition, at load ${load} and temperature ${T}`,
  );
}

function unloaded(T: number): HopfieldRetrieval {
  const overlap = T === 0 ? 1 : curieWeiss({ temperature: T }).magnetisation;
  if (overlap === 0) return LOST;
  const q = overlap ** 2;
  return { overlap, edwardsAnderson: q, noise: T === 0 ? 1 : q / (1 - (1 - q) / T) ** 2 };
}

/**
 * < tanh(a + b z) > and < tanh^2(a + b z) >, z standard normal, by the trapezoidal rule: its error is exp(-2
 * pi d / step).
 */
function tanhMoments(a: number, b: number): [first: number, second: number] {
  const poles = Math.PI / (2 * b); // the distance d of tanh's poles from the real line
  const step = Math.min(0.1, poles / 6);
  const reach = Math.ceil(8.5 / step);
  let [first, second, norm] = [0, 0, 0];
  for (let k = -reach; k <= reach; k++) {
    const z = k * step;
    const weight = Math.exp((-z * z) / 2);
    const value = Math.tanh(a + b * z);
    first += weight * value;
    second += weight * value * value;
    norm += weight;
  }
  return [first / norm, second / norm];
}
