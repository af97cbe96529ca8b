// The Ising chain in a field, closed to a ring of N spins or infinite: H = -J sum of s_i s_(i+1) - h sum of s_i. The
// transfer matrix has the eigenvalues, with K = J / T and b = h / T,
//   l+- = A +- S,   A = e^K cosh b,   S = sqrt(e^(2K) sinh^2 b + e^(-2K)),   l+ l- = 2 sinh 2K,
// so that Z = l+^N + l-^N, and with x = l- / l+ and g = e^K sinh b / S, the mean spin of the infinite chain,
//   <s_0 s_r> = g^2 + (1 - g^2) (x^r + x^(N - r)) / (1 + x^N).
// Source: Ising, Z. Phys. 31 (1925) 253, DOI 10.1007/BF02980577; Baxter, Exactly Solved Models in Statistical Mechanics
// (Academic Press 1982), chapter 2; EMTD section 2.1.
import { shown } from '../display/index.js';
import { requireInteger, requirePositive } from '../graph/check.js';
import { ringIsingCard } from './modelCards.js';

export interface ChainParameters {
  readonly temperature: number;
  /** Of either sign, not 0; 1 by default. */
  readonly J?: number;
  /** h; 0 by default. */
  readonly field?: number;
}

/** The Ising ring in equilibrium; numbers are per spin. */
export interface RingIsing {
  /** <H> / N; -J tanh(J / T) for the infinite chain without field. */
  readonly energyPerSpin: number;
  /** -T ln Z / N; -T ln(2 cosh(J / T)) for the infinite chain without field. */
  readonly freeEnergyPerSpin: number;
  /** d<H>/dT / N. */
  readonly heatCapacityPerSpin: number;
  /** <s_i>. */
  readonly magnetisation: number;
  /** <m^2>, m the mean of all spins. */
  readonly meanSquaredMagnetisation: number;
  /** d<m>/dh. */
  readonly susceptibility: number;
  /** -1 / ln |l- / l+|: -1 / ln tanh(J / T) without field. */
  readonly correlationLength: number;
  /** <s_0 s_r> of spins r steps apart, 0 <= r <= N. */
  correlation(distance: number): number;
}

/**
 * The exact Ising model on ring(N), or on the infinite chain (N = Infinity).
 *
 * @throws RangeError unless N is Infinity or an integer of at least 3, the temperature positive, J finite and not 0, and the
 *   field finite; for distances that are no integers from 0 to N
 * @example
 * ringIsing(Infinity, { temperature: 1 }).energyPerSpin; // -0.761594
 * ringIsing(10, { temperature: 1 }).energyPerSpin; // -0.795566
 */
export function ringIsing(N: number, { temperature: T, J = 1, field: h = 0 }: ChainParameters): RingIsing {
  if (N !== Infinity) requireInteger('ringIsing', 'N', N, 3);
  requirePositive('ringIsing', 'temperature', T);
  if (!Number.isFinite(J) || J === 0) throw new RangeError(`ringIsing: J must be finite and not 0, got ${String(J)}`);
  if (!Number.isFinite(h)) throw new RangeError(`ringIsing: field must be finite, got ${String(h)}`);
  const { scale, greatest, gap, mean: g, variance, log, logGap } = eigenvalues(J, h, 1 / T);
  const sign = Math.sign(J);
  const x = sign * (1 - gap);
  const logX = Math.log1p(-gap); // ln |x|
  const power = (n: number): number => (n === Infinity ? 0 : sign ** n * Math.exp(n * logX));
  const w = power(N);
  const missing = -Math.expm1(N * logX); // 1 - |w|
  const [plus, minus] = w < 0 ? [missing, 1 - w] : [1 + w, missing]; // 1 + w and 1 - w
  // the first two derivatives of ln |x| by 1 / T, and what they add to those of ln Z / N
  const slope = (-gap * logGap.slope) / (1 - gap);
  const curve = (-gap * (logGap.slope ** 2 + logGap.curve)) / (1 - gap) - slope ** 2;
  const share = w / plus;
  const addedCurve = share === 0 ? 0 : share * curve + ((N * share) / plus) * slope ** 2;
  const width = (variance * (1 + x)) / (J > 0 ? gap : 1 - x); // N (<m^2> - <m>^2) of the infinite chain
  const ends = minus / plus;
  return shown<RingIsing>({
    energyPerSpin: -(log.slope + share * slope),
    freeEnergyPerSpin: -T * (scale + Math.log(greatest) + Math.log(plus) / N),
    heatCapacityPerSpin: (log.curve + addedCurve) / T ** 2,
    magnetisation: g * ends,
    meanSquaredMagnetisation: g * g + (width * ends) / N,
    susceptibility: (width * ends + (w === 0 ? 0 : (4 * N * g * g * w) / plus ** 2)) / T,
    correlationLength: -1 / logX,
    correlation(distance) {
      requireInteger('ringIsing', 'distance', distance, 0, Math.min(N, 2 ** 31 - 1));
      return g * g + (variance * (power(distance) + power(N - distance))) / plus;
    },
  }, ringIsingCard({ N, temperature: T, J }));
}

interface Slopes {
  readonly slope: number;
  readonly curve: number;
}

/** l+ divided by exp(scale), gap = 1 - |l- / l+|, g, 1 - g^2, and the first two derivatives of ln l+ and ln gap by beta = 1 / T. */
function eigenvalues(J: number, h: number, beta: number): {
  scale: number; greatest: number; gap: number; mean: number; variance: number; log: Slopes; logGap: Slopes;
} {
  const [K, b] = [J * beta, h * beta];
  const scale = Math.max(K + Math.abs(b), -K); // the largest exponent: nothing overflows
  const [up, down, flat] = [Math.exp(K + b - scale), Math.exp(K - b - scale), Math.exp(-K - scale)];
  const [cosh, sinh] = [(up + down) / 2, (up - down) / 2]; // e^K cosh b and e^K sinh b
  const S = Math.hypot(sinh, flat);
  // A, S^2 and their derivatives by beta
  const A = [cosh, J * cosh + h * sinh, (J * J + h * h) * cosh + 2 * J * h * sinh];
  const Q = [
    S * S,
    2 * J * (sinh ** 2 - flat ** 2) + 2 * h * sinh * cosh,
    4 * J * J * S * S + 8 * J * h * sinh * cosh + 2 * h * h * (cosh ** 2 + sinh ** 2),
  ];
  const greatest = cosh + S;
  const root = [S, Q[1] / (2 * S), Q[2] / (2 * S) - Q[1] ** 2 / (4 * S ** 3)];
  const log = logSlopes(A.map((a, k) => a + root[k]));
  const part = logSlopes(J > 0 ? root : A); // gap = 2 S / l+, or 2 A / l+ where l- < 0
  return {
    scale, greatest, gap: (2 * (J > 0 ? S : cosh)) / greatest, mean: sinh / S, variance: (flat / S) ** 2, log,
    logGap: { slope: part.slope - log.slope, curve: part.curve - log.curve },
  };
}

/** The first two derivatives of ln F, from F, F' and F''. */
function logSlopes([value, first, second]: readonly number[]): Slopes {
  const slope = first / value;
  return { slope, curve: second / value - slope ** 2 };
}
