// What the present tells about the past: the mutual information of the state now and the state t steps ago,
// of a stationary chain P,
//   I(X_0; X_t) = sum over s of pi_s sum over s' of P^t_ss' ln(P^t_ss' / pi_s'),
// in nats: the mean relative entropy of the law t steps after a start to pi. It is the entropy of pi at t = 0
// and can only fall
// (data processing), at late times as (largest |lambda| < 1)^(2 t). For a spring in a heat bath:
// `ornsteinUhlenbeck(...).information`.
// Source: Cover, Thomas, Elements of Information Theory (2006), sections 2.8, 4.4, doi:10.1002/047174882X;
// row AE-1.
import type { Matrix } from 'ml-matrix';
import { requireInteger } from '../../numerics/check.js';
import { stationaryLaw } from './stationaryLaw.js';

/**
 * I(X_0; X_t) in nats, from the stationary law; rounding leaves some 1e-16 per state.
 *
 * @throws RangeError as `stationaryLaw`, and unless steps is an integer, 0 or above
 * @example
 * import { Matrix } from 'ml-matrix';
 * pastInformation(new Matrix([[0.75, 0.25], [0.25, 0.75]]), 1); // 0.1308 = ln 2 - H(1/4)
 */
export function pastInformation(P: Matrix, steps: number): number {
  requireInteger('pastInformation', 'steps', steps, 0);
  const law = stationaryLaw(P);
  const later = P.mpow(steps);
  let information = 0;
  for (let s = 0; s < P.rows; s++) {
    for (let t = 0; t < P.rows; t++)
      if (law[t] > 0) information += law[s] * law[t] * gain(later.get(s, t) / law[t]);
  }
  return information;
}

/** x ln x - x + 1, never negative: the sum has no cancellation. */
const gain = (x: number): number => {
  const e = x - 1;
  return Math.abs(e) < 1e-4 ? (e ** 2 / 2) * (1 - e / 3) : x > 0 ? x * Math.log(x) - x + 1 : 1;
};
