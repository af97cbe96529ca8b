// chi (x) phi: information chi in R^d times reputation phi in C, in two representations.
//   product    the pair {chi, phi}                kronecker    T = chi (x) phi in C^d, T_k = chi_k phi
//   product:   d^2 = |chi_a - chi_b|^2 + (chi_a . chi_b) |phi_a - phi_b|^2
//   kronecker: d^2 = |T_a - T_b|^2
//              = product + (|phi_a|^2 - 1) chi_a.(chi_a - chi_b) + (|phi_b|^2 - 1) chi_b.(chi_b - chi_a)
// They are equal when |phi| = 1: disagreement of the data, plus misaligned phases weighted by the overlap of
// the data. Otherwise reputation rescales disagreement in the Kronecker form. Source: EMTD Definition 1.1;
// EMTD-1.5. Dimensionless.
import type { Field } from './field.js';
import { toComplex } from './phase.js';
import { requireField } from './requireField.js';

/** Information and reputation of every site, side by side. */
export interface ProductState {
  /** Real, d components. */
  readonly chi: Field;
  /** Complex, one number (two components). */
  readonly phi: Field;
}

/**
 * T = chi (x) phi of every site: a complex field of d numbers (2 d components, re and im interleaved).
 *
 * @throws RangeError unless chi is real, phi one complex number per site, and their sites and chains agree
 * @example
 * const phi = fieldFrom([[0, 1]], { codomain: 'complex' }); // i
 * fields.kronecker({ chi: fieldFrom([[2, 3]]), phi }).values; // [0, 2, 0, 3]
 */
export function kronecker({ chi, phi }: ProductState): Field {
  checkProduct('kronecker', { chi, phi });
  const { components, chains } = chi;
  return toComplex(chi, (x, at) => {
    const re = 2 * Math.floor(at / (components * chains)) * chains + (at % chains);
    return [x * phi.values[re], x * phi.values[re + chains]];
  });
}

/**
 * The product d^2 of two sites, in float64; never negative while |phi| <= 1.
 *
 * @example
 * const chi = fieldFrom([[2, 3], [2, 1]]);
 * const phi = fieldFrom([[1, 0], [0, 1]], { codomain: 'complex' });
 * fields.productSquaredDistance({ chi, phi }, 0, 1); // 18
 */
export function productSquaredDistance({ chi, phi }: ProductState, a: number, b: number, chain = 0): number {
  checkProduct('productSquaredDistance', { chi, phi });
  const overlap = sumComponents(chi, (k) => chi.at(a, k, chain) * chi.at(b, k, chain));
  return siteSquaredDistance(chi, a, b, chain) + overlap * siteSquaredDistance(phi, a, b, chain);
}

/** |x_a - x_b|^2 over the components of two sites, in float64. */
export const siteSquaredDistance = (field: Field, a: number, b: number, chain = 0): number =>
  sumComponents(field, (k) => (field.at(a, k, chain) - field.at(b, k, chain)) ** 2);

function sumComponents({ components }: Field, value: (k: number) => number): number {
  let sum = 0;
  for (let k = 0; k < components; k++) sum += value(k);
  return sum;
}

function checkProduct(caller: string, { chi, phi }: ProductState): void {
  requireField(`${caller}: chi`, chi, { codomain: ['real'] });
  const { support, sites, chains } = chi;
  requireField(`${caller}: phi`, phi, { codomain: ['complex'], support, sites, components: 2, chains });
}
