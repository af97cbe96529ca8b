// Moves on logits and the measure on the simplex. With centred logits, sum_k l_k = 0, the map p = softmax(l) is one to one onto
// the open simplex, dp = (diag p - p p^T) dl. Its volume factor is the product of the q - 1 nonzero eigenvalues of that matrix:
// the (q-1)-th elementary symmetric polynomial, which is the sum of the principal minors of order q - 1. Each of these is
// (prod_{j != k} p_j)(1 - sum_{j != k} p_j) = prod_j p_j. So
//   |dp / dl| = q p_1 p_2 ... p_q        ln |dp / dl| = ln q + sum_k ln p_k
// The same holds for the coordinates (l_1 ... l_{q-1}) -> (p_1 ... p_{q-1}). Source: additive log-ratio coordinates of Aitchison,
// J. R. Statist. Soc. B 44 (1982) 139, DOI 10.1111/j.2517-6161.1982.tb01195.x; the derivation above.
import { logSum } from '../numerics/logSum.js';
import { perBelief } from './belief.js';
import type { Field } from './field.js';

/**
 * ln |dp / dl| = ln q + sum_k ln p_k of each belief for centred logits, [sites, chains] row-major.
 *
 * A density rho(p) on the simplex is rho(p(l)) |dp / dl| on logits. So a sampler that moves logits and should have the law
 * e^{- H(p) / T} with respect to the flat measure on the simplex uses
 *
 *     H(softmax(l)) - T sum_i sum_k ln p_ik,
 *
 * in an energy's language the site term `(l, T) => l.sub(l.logSumExp()).sum().mul(T).neg()`. Without that term the law on the
 * simplex is e^{- H / T} / (p_1 ... p_q). Where H stays finite at the corners this cannot be normalised, and beliefs drift to
 * certainty at any temperature. Free logits also diffuse along one direction per site on which beliefs do not depend. The energy
 * (kappa / 2)(sum_k l_k)^2 per site confines it. It does not depend on p and changes nothing else.
 *
 * @throws RangeError unless the field is on the simplex
 * @example
 * softmaxLogJacobian(uniformBeliefs({ sites: 1, components: 2 }))[0]; // ln (2 / 4) = -0.6931471805599453
 */
export const softmaxLogJacobian = (field: Field): Float64Array =>
  perBelief('softmaxLogJacobian', field, (logits) => {
    const logZ = logSum(logits);
    return logits.reduce((sum, l) => sum + l - logZ, Math.log(logits.length));
  });
