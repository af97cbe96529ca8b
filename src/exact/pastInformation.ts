// What the present knows of the past: the mutual information of the state now and the state t steps ago, of a stationary chain P,
//   I(X_0; X_t) = sum over s of pi_s sum over s' of P^t_ss' ln(P^t_ss' / pi_s'),
// the mean relative entropy of where a start leads, in nats. It is the entropy of pi at t = 0 and can only fall (data processing);
// in the end as (largest |lambda| < 1)^(2 t). The same of a spring in a heat bath: `ornsteinUhlenbeck(...).information`.
// Source: Cover, Thomas, Elements of Information Theory (2006), sections 2.8, 4.4, doi:10.1002/047174882X; row AE-1.
import { Matrix } from 'ml-matrix';
import { requireInteger } from '../graph/check.js';
import { stationaryLaw } from './stationaryLaw.js';

/**
 * I(X_0; X_t) in nats, from the stationary law; rounding leaves some 1e-16 per state.
 *
 * @throws RangeError as `stationaryLaw`, and for steps that are no count
 * @example
 * pastInformation(new Matrix([[0.75, 0.25], [0.25, 0.75]]), 1); // 0.1308 = ln 2 - H(1/4)
 */
export function pastInformation(P: Matrix, steps: number): number {
  requireInteger('pastInformation', 'steps', steps, 0);
  const law = stationaryLaw(P);
  const later = power(P, steps);
  let information = 0;
  for (let s = 0; s < P.rows; s++) {
    for (let t = 0; t < P.rows; t++) if (law[t] > 0) information += law[s] * law[t] * gain(later.get(s, t) / law[t]);
  }
  return information;
}

/** x ln x - x + 1, of which no term is negative: small numbers are summed, not left over. */
const gain = (x: number): number => (Math.abs(x - 1) < 1e-4 ? ((x - 1) ** 2 / 2) * (1 - (x - 1) / 3) : x > 0 ? x * Math.log(x) - x + 1 : 1);

function power(P: Matrix, steps: number): Matrix {
  if (steps === 0) return Matrix.eye(P.rows);
  const half = power(P, Math.floor(steps / 2));
  const even = half.mmul(half);
  return steps % 2 === 0 ? even : even.mmul(P);
}
