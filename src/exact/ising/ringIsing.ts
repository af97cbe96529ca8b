// The Ising chain in a field, closed to a ring of N spins or infinite: H = -J sum of s_i s_(i+1) - h sum of
// s_i. The transfer matrix has the eigenvalues, with K = J / T and b = h / T,
//   l+- = A +- S,   A = e^K cosh b,   S = sqrt(e^(2K) sinh^2 b + e^(-2K)),   l+ l- = 2 sinh 2K,
// so that Z = l+^N + l-^N, and with x = l- / l+ and g = e^K sinh b / S, the mean spin of the infinite chain,
//   <s_0 s_r> = g^2 + (1 - g^2) (x^r + x^(N - r)) / (1 + x^N).
// The code keeps logarithms, with Y = -ln |x| or the gap 1 - |x|, whichever is small, so that no field is too
// strong and no temperature too low. Source: Ising, Z. Phys. 31 (1925) 253, DOI 10.1007/BF02980577; Baxter,
// Exactly Solved Models in Statistical Mechanics (Academic Press 1982), chapter 2; EMTD section 2.1.
import { countText, showAs } from '../../display/index.js';
import { requireInteger } from '../../numerics/check.js';
import { byDefault, type OptionsOf, readOptions } from '../../numerics/options.js';
import { finite } from '../../numerics/rules.js';
import {
  type AtTemperature,
  atTemperature,
  type EquilibriumPerNode,
  modelCard,
  perNode,
} from '../modelNumbers.js';

const chainOptions = {
  /** The coupling, of either sign, but not 0; 1 by default. */
  J: byDefault(1, finite),
  /** h; 0 by default. */
  field: byDefault(0, finite),
};

/** Parameters of `ringIsing`. */
export interface ChainParameters extends AtTemperature, OptionsOf<typeof chainOptions> {}

/**
 * The Ising ring in equilibrium. For the infinite chain without field <H> / N = -J tanh(J / T) and F / N =
 * -T ln(2 cosh(J / T)).
 */
export interface RingIsing extends EquilibriumPerNode {
  /** <m> = <s_i>. */
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
 * The exact Ising model on ring(N), or on the infinite chain (N = Infinity). In one dimension spins do not
 * order at any temperature above 0; they agree over the correlation length.
 *
 * @throws RangeError unless N is Infinity or an integer of at least 3, the temperature positive, J finite and
 * not 0, and the field finite; for distances that are not integers from 0 to N
 * @example
 * exact.ringIsing(Infinity, { temperature: 1 }).meanEnergyPerNode; // -0.761594
 * exact.ringIsing(10, { temperature: 1 }).meanEnergyPerNode; // -0.795566
 */
export function ringIsing(N: number, parameters: ChainParameters): RingIsing {
  const {
    temperature: T,
    J,
    field: h,
  } = readOptions('ringIsing', parameters, { ...atTemperature, ...chainOptions });
  if (N !== Infinity) requireInteger('ringIsing', 'N', N, 3);
  if (J === 0) throw new RangeError('ringIsing: J must be finite and not 0, got 0');
  const beta = 1 / T;
  const { scale, log, logGap, ...infinite } = eigenvalues(J, h, beta);
  const leastGap = N === Infinity ? Number.MIN_VALUE : 1e-300; // below it, a ring no longer changes, except its free energy
  const gap = Math.max(Math.exp(logGap.value), leastGap);
  const Y = decay(J, h, beta, gap, log, logGap);
  const sign = Math.sign(J);
  const isOdd = sign ** N < 0; // one bond is frustrated: x^N < 0
  const onePlus = (n: number): number => (isOdd ? -Math.expm1(-n * Y.value) : 1 + Math.exp(-n * Y.value)); // 1 + x^n, n as odd as N
  const [y, plus] = [N * Y.value, onePlus(N)];
  const w = (isOdd ? -1 : 1) * Math.exp(-y); // x^N
  const ends = isOdd ? 1 / Math.tanh(y / 2) : Math.tanh(y / 2); // (1 - w) / (1 + w)
  // the first two derivatives of ln(1 + w) by ln y
  const share = w === 0 ? 0 : (-y * w) / plus;
  const bend = w === 0 ? 0 : share * (1 - y / plus);
  const { variance } = infinite; // 1 - g^2
  const g = J > 0 ? infinite.mean : (Math.tanh(h * beta) * gap) / (2 - gap);
  const width = variance * (J > 0 ? ((2 - gap) / gap) * ends : (gap * ends) / (2 - gap)); // N times the part of <m^2> beyond g^2
  const logPlus = Math.log(plus) + (isOdd ? logGap.value - Math.log(gap) : 0);
  const meanEnergyPerNode = -(log.slope + (share * Y.slope) / N);
  const freeEnergyPerNode = -T * (scale + log.value + logPlus / N);
  return showAs<RingIsing>(
    {
      meanEnergyPerNode,
      freeEnergyPerNode,
      entropyPerNode: (meanEnergyPerNode - freeEnergyPerNode) / T,
      heatCapacityPerNode: (log.curve + (share * Y.curve + bend * Y.slope ** 2) / N) / T / T,
      magnetisation: g * ends,
      meanSquaredMagnetisation: g * g + (N === Infinity ? 0 : width / N),
      susceptibility: (width + (w === 0 ? 0 : 4 * N * w * (g / plus) ** 2)) / T,
      correlationLength: gap > leastGap ? 1 / Y.value : Infinity,
      correlation(distance) {
        requireInteger('ringIsing', 'distance', distance, 0, Math.min(N, 2 ** 31 - 1));
        const r = Math.min(distance, N - distance);
        return g * g + (variance * sign ** r * Math.exp(-r * Y.value) * onePlus(N - 2 * r)) / plus;
      },
    },
    modelCard<RingIsing>(
      N === Infinity ? 'Ising chain, infinite' : `Ising ring of ${countText(N, 'spin')}, exact`,
      { temperature: T, 'coupling J': J },
      {
        ...perNode,
        magnetisation: 'magnetisation',
        susceptibility: 'susceptibility',
        correlationLength: 'correlation length',
      },
    ),
  );
}

/** The logarithm of a positive quantity and its first two derivatives by beta = 1 / T. */
interface Logarithm {
  readonly value: number;
  readonly slope: number;
  readonly curve: number;
}

/** ln l+ is `scale + log.value`; `mean` is g, and `variance` 1 - g^2. */
function eigenvalues(
  J: number,
  h: number,
  beta: number,
): { scale: number; log: Logarithm; logGap: Logarithm; mean: number; variance: number } {
  const [K, b, size] = [J * beta, h * beta, Math.abs(h * beta)];
  const scale = K + size;
  const A: Logarithm = {
    value: Math.log1p(Math.exp(-2 * size)) - Math.LN2,
    slope: J + h * Math.tanh(b),
    curve: (h / Math.cosh(b)) ** 2,
  };
  const field: Logarithm =
    b === 0 // e^K sinh |b|
      ? { value: -Infinity, slope: 0, curve: 0 }
      : {
          value: Math.log(-Math.expm1(-2 * size)) - Math.LN2,
          slope: J + h / Math.tanh(b),
          curve: -((h / Math.sinh(b)) ** 2),
        };
  const flat: Logarithm = { value: -2 * K - size, slope: -J, curve: 0 }; // e^-K
  const S = times(0.5, sumOf(times(2, field), times(2, flat)));
  const log = sumOf(A, S);
  const part = J > 0 ? S : A; // gap = 2 S / l+, or 2 A / l+ if l- < 0
  const ratio = field.value - flat.value;
  return {
    scale,
    log,
    logGap: {
      value: part.value - log.value + Math.LN2,
      slope: part.slope - log.slope,
      curve: part.curve - log.curve,
    },
    mean: Math.sign(b) / Math.sqrt(1 + Math.exp(-2 * ratio)),
    variance: 1 / (1 + Math.exp(2 * ratio)),
  };
}

/**
 * Y = -ln |x|, and the first two derivatives of ln Y by beta: from the gap, or if that is large from |x| = 2
 * sinh 2|K| / l+^2.
 */
function decay(
  J: number,
  h: number,
  beta: number,
  gap: number,
  log: Logarithm,
  logGap: Logarithm,
): Logarithm {
  const K = J * beta;
  const [value, first, second] =
    gap < 0.5
      ? [
          -Math.log1p(-gap),
          (gap * logGap.slope) / (1 - gap),
          (gap * (logGap.slope ** 2 + logGap.curve)) / (1 - gap) + ((gap * logGap.slope) / (1 - gap)) ** 2,
        ]
      : [
          2 * (Math.abs(h * beta) + (K - Math.abs(K)) + log.value) - Math.log(-Math.expm1(-4 * Math.abs(K))),
          2 * log.slope - (2 * J) / Math.tanh(2 * K),
          2 * log.curve + ((2 * J) / Math.sinh(2 * K)) ** 2,
        ];
  const slope = first / value;
  return { value, slope, curve: second / value - slope ** 2 };
}

/** ln F^n. */
const times = (n: number, { value, slope, curve }: Logarithm): Logarithm => ({
  value: n * value,
  slope: n * slope,
  curve: n * curve,
});

/** ln(F + G). */
function sumOf(F: Logarithm, G: Logarithm): Logarithm {
  const d = F.value - G.value;
  const [p, q] = [1 / (1 + Math.exp(-d)), 1 / (1 + Math.exp(d))];
  return {
    value: Math.max(F.value, G.value) + Math.log1p(Math.exp(-Math.abs(d))),
    slope: p * F.slope + q * G.slope,
    curve: p * F.curve + q * G.curve + p * q * (F.slope - G.slope) ** 2,
  };
}
