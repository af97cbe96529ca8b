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
import { readOptions } from '../../numerics/options.js';
import {
  type Equilibrium,
  type EquilibriumPerNode,
  finiteEquilibrium,
  type MeanFieldParameters,
  meanFieldOptions,
  modelCard,
  whole,
} from '../modelNumbers.js';

/**
 * The Ising model on a torus in equilibrium. Differences of large numbers lose digits: energies per
 * node are good to about 1e-15 (J + T), the entropy and the heat capacity to 1e-15 (1 + J / T)^2.
 */
export interface TorusIsing extends Equilibrium, EquilibriumPerNode {}

/**
 * The Ising model on torus(rows, columns) of any size, exactly: energy, free energy and heat capacity. It
 * is what a sampler on a torus must give, with the rounded peak of a finite system.
 *
 * @throws RangeError unless rows and columns are at least 3, temperature and J positive
 * @example
 * exact.kaufmanIsing(64, 64, { temperature: 2 / Math.log(1 + Math.SQRT2) }).meanEnergyPerNode; // -1.4239
 */
export function kaufmanIsing(rows: number, columns: number, parameters: MeanFieldParameters): TorusIsing {
  const { temperature, J } = readOptions('kaufmanIsing', parameters, meanFieldOptions);
  requireInteger('kaufmanIsing', 'rows', rows, 3);
  requireInteger('kaufmanIsing', 'columns', columns, 3);
  const K = J / temperature;
  const products = [
    product(rows, columns, K, 1, 'cosh'),
    product(rows, columns, K, 1, 'sinh'),
    product(rows, columns, K, 0, 'cosh'),
    product(rows, columns, K, 0, 'sinh'),
  ];
  const top = Math.max(...products.map(({ log }) => log));
  const centre = products[0].slope; // a slope taken out of all, so that their squares keep their digits
  let [sum, first, second] = [0, 0, 0]; // of the four products, and its derivatives by K
  for (const { log, slope, curve, factor } of products) {
    const weight = Math.exp(log - top);
    const [value, change, bend] = factor;
    const rest = slope - centre;
    sum += weight * value;
    first += weight * (value * rest + change);
    second += weight * (value * (curve + rest ** 2) + 2 * change * rest + bend);
  }
  const N = rows * columns;
  const logZ = (N / 2) * logTwoSinh(2 * K) - Math.LN2 + top + Math.log(sum);
  const slope = N / Math.tanh(2 * K) + centre + first / sum;
  const curve = (-2 * N) / Math.sinh(2 * K) ** 2 + second / sum - (first / sum) ** 2;
  return showAs<TorusIsing>(
    finiteEquilibrium(N, temperature, {
      meanEnergy: -J * slope,
      energyVariance: J * J * curve,
      freeEnergy: -temperature * logZ,
    }),
    modelCard<TorusIsing>('Ising model on a torus, exact', {}, whole),
  );
}

/** A product is e^log times the factor; slope and curve are the first two derivatives of log by K. */
interface Product {
  readonly log: number;
  readonly slope: number;
  readonly curve: number;
  readonly factor: readonly [value: number, first: number, second: number];
}

/** One of the four products. Its sinh of g_0, which is 0 at the critical point, is the factor. */
function product(m: number, n: number, K: number, odd: 0 | 1, kind: 'cosh' | 'sinh'): Product {
  let [log, slope, curve] = [0, 0, 0];
  let factor: Product['factor'] = [1, 0, 0];
  for (let r = 0; r < n; r++) {
    const [x, first, second] = gammaOf(2 * r + odd, n, K).map((g) => (m * g) / 2);
    if (kind === 'cosh') {
      log += Math.abs(x) + Math.log1p(Math.exp(-2 * Math.abs(x)));
      slope += first * Math.tanh(x);
      curve += second * Math.tanh(x) + (first / Math.cosh(x)) ** 2;
    } else if (r + odd > 0) {
      log += logTwoSinh(x);
      slope += first / Math.tanh(x);
      curve += second / Math.tanh(x) - (first / Math.sinh(x)) ** 2;
    } else {
      const scale = Math.abs(x); // e^scale goes into the logarithm, as a constant
      const sinh = -Math.sign(x) * Math.expm1(-2 * scale);
      const cosh = 1 + Math.exp(-2 * scale);
      log += scale;
      factor = [sinh, first * cosh, second * cosh + first ** 2 * sinh];
    }
  }
  return { log, slope, curve, factor };
}

/** ln(2 sinh x), x > 0. */
const logTwoSinh = (x: number): number => x + Math.log(-Math.expm1(-2 * x));

/** Above this K, g_l is 2K to the last bit for every l. */
const COLD = 30;

/** g_l, and its first two derivatives by K. */
function gammaOf(l: number, n: number, K: number): [gamma: number, first: number, second: number] {
  if (K > COLD) return [2 * K, 2, 0];
  const [sinh, cosh] = [Math.sinh(2 * K), Math.cosh(2 * K)];
  if (l === 0) return [2 * K + Math.log(Math.tanh(K)), 2 + 2 / sinh, (-4 * cosh) / sinh ** 2];
  // cosh g - 1, with cosh coth = sinh + 1 / sinh
  const above = (sinh - 1) ** 2 / sinh + 2 * Math.sin((Math.PI * l) / (2 * n)) ** 2;
  const root = Math.sqrt(above * (above + 2)); // sinh g
  const first = (2 * cosh * (1 - 1 / (sinh * sinh))) / root;
  const curve = 4 * (sinh + 1 / sinh + 2 / sinh ** 3);
  return [Math.log1p(above + root), first, (curve - (1 + above) * first ** 2) / root];
}
