// The Ising model H = -J sum over <i,j> of s_i s_j without field on a torus of m x n, exactly, by Kaufman's
// four products:
//   Z = (2 sinh 2K)^(mn/2) / 2 [prod 2 cosh(m g_(2r+1) / 2) + prod 2 sinh(m g_(2r+1) / 2)
//                             + prod 2 cosh(m g_(2r) / 2) + prod 2 sinh(m g_(2r) / 2)],   r = 0 ... n - 1, K
// = J / T,
//   cosh g_l = cosh 2K coth 2K - cos(pi l / n) with g_l > 0, but g_0 = 2K + ln tanh K, of either sign.
// Sources: Kaufman, Phys. Rev. 76 (1949) 1232, doi:10.1103/PhysRev.76.1232; Ferdinand and Fisher, Phys. Rev.
// 185 (1969) 832, doi:10.1103/PhysRev.185.832, eqs. 2.1 to 2.5.
import { showAs } from '../../display/index.js';
import { requireInteger } from '../../numerics/check.js';
import { checkOptions, needed, positive } from '../../numerics/options.js';
import { type Equilibrium, finite, modelCard } from '../modelNumbers.js';
import type { MeanFieldParameters } from './curieWeiss.js';

/** Energy and free energy of the Ising model on a torus. */
export type TorusIsing = Pick<Equilibrium, 'meanEnergy' | 'freeEnergy'>;

/**
 * Energy and free energy of the Ising model on torus(rows, columns) of any size; k_B = 1.
 *
 * @throws RangeError unless rows and columns are at least 3, temperature and J positive
 * @example
 * kaufmanIsing(64, 64, { temperature: 2 / Math.log(1 + Math.SQRT2) }).meanEnergy / 64 ** 2; // -1.4239
 */
export function kaufmanIsing(rows: number, columns: number, parameters: MeanFieldParameters): TorusIsing {
  checkOptions('kaufmanIsing', parameters, { temperature: needed(positive), J: positive });
  const { temperature, J = 1 } = parameters;
  requireInteger('kaufmanIsing', 'rows', rows, 3);
  requireInteger('kaufmanIsing', 'columns', columns, 3);
  const K = J / temperature;
  const products = [1, 1, 0, 0].map((odd, k) =>
    product(rows, columns, K, odd as 0 | 1, k % 2 === 0 ? 'cosh' : 'sinh'),
  );
  const top = Math.max(...products.map(({ log }) => log));
  const weights = products.map(({ log, sign }) => sign * Math.exp(log - top));
  const sum = weights.reduce((total, weight) => total + weight);
  const half = (rows * columns) / 2;
  const logZ = half * logTwoSinh(2 * K) - Math.LN2 + top + Math.log(sum);
  const slope =
    (2 * half) / Math.tanh(2 * K) +
    products.reduce((total, { slope: each }, k) => total + weights[k] * each, 0) / sum;
  const result: TorusIsing = { meanEnergy: -J * slope, freeEnergy: -temperature * logZ };
  return showAs(result, modelCard<TorusIsing>('Ising model on a torus, exact', {}, finite));
}

/** ln |product|, its sign, and d ln |product| / dK. */
function product(
  m: number,
  n: number,
  K: number,
  odd: 0 | 1,
  kind: 'cosh' | 'sinh',
): { log: number; sign: number; slope: number } {
  let [log, sign, slope] = [0, 1, 0];
  for (let r = 0; r < n; r++) {
    const [gamma, change] = gammaOf(2 * r + odd, n, K);
    const x = (m * gamma) / 2;
    log += kind === 'cosh' ? Math.abs(x) + Math.log1p(Math.exp(-2 * Math.abs(x))) : logTwoSinh(Math.abs(x));
    if (kind === 'sinh' && x < 0) sign = -sign;
    slope += (m / 2) * change * (kind === 'cosh' ? Math.tanh(x) : 1 / Math.tanh(x));
  }
  return { log, sign, slope };
}

/** ln(2 sinh x), x > 0. */
const logTwoSinh = (x: number): number => x + Math.log(-Math.expm1(-2 * x));

/** Above this K, g_l is 2K to the last bit for every l. */
const COLD = 30;

/** g_l, and its derivative by K. */
function gammaOf(l: number, n: number, K: number): [gamma: number, slope: number] {
  if (K > COLD) return [2 * K, 2];
  const [sinh, cosh] = [Math.sinh(2 * K), Math.cosh(2 * K)];
  // at the critical point g_0 = 0: a tiny number instead, so that 0 times infinity is finite
  if (l === 0) return [2 * K + Math.log(Math.tanh(K)) || 1e-15, 2 + 2 / sinh];
  // cosh g - 1, with cosh coth = sinh + 1 / sinh
  const above = (sinh - 1) ** 2 / sinh + 2 * Math.sin((Math.PI * l) / (2 * n)) ** 2;
  const gamma = Math.log1p(above + Math.sqrt(above * (above + 2)));
  return [gamma, (2 * cosh * (1 - 1 / (sinh * sinh))) / Math.sinh(gamma)];
}
