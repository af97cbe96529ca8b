// Integrals over finite intervals: Gauss and Kronrod's rule of 7 and 15 points, halving the interval where
// the two differ. Source: Kronrod 1964; Piessens et al., QUADPACK (Springer 1983), routine QK15.

/** Nodes in [0, 1), with the weights of 15 points and, at every other node, of 7. */
const NODES = [
  [0.991455371120812639206854697526329, 0.02293532201052922496373200805897, 0],
  [
    0.949107912342758524526189684047851, 0.063092092629978553290700663189204,
    0.129484966168869693270611432679082,
  ],
  [0.864864423359769072789712788640926, 0.104790010322250183839876322541518, 0],
  [
    0.741531185599394439863864773280788, 0.140653259715525918745189590510238,
    0.27970539148927666790146777142378,
  ],
  [0.58608723546769113029414483825873, 0.16900472663926790282658342659855, 0],
  [
    0.405845151377397166906606412076961, 0.190350578064785409913256402421014,
    0.381830050505118944950369775488975,
  ],
  [0.207784955007898467600689403773245, 0.204432940075298892414161999234649, 0],
] as const;
const CENTRE = [0.209482141084727828012999174891714, 0.417959183673469387755102040816327] as const;
const LEAST_HALVINGS = 4; // finds a peak as narrow as a hundredth of the interval
const MOST_HALVINGS = 50;
const MOST_PARTS = 100_000;

/**
 * The integral of `f` from a to b to a relative accuracy, 1e-12 by default.
 *
 * @throws Error if 100,000 parts do not reach it: f is rough, or only rounding errors
 */
export function integral(f: (x: number) => number, a: number, b: number, accuracy = 1e-12): number {
  let parts = 0;
  const part = (low: number, high: number, halvings: number, allowed: number): number => {
    if (++parts > MOST_PARTS)
      throw new Error(`integral: not found to ${accuracy} between ${a} and ${b} in ${MOST_PARTS} parts`);
    const [fine, coarse, size] = kronrod(f, low, high);
    const error = Math.max(allowed, accuracy * size);
    if (halvings === MOST_HALVINGS || (halvings >= LEAST_HALVINGS && !(Math.abs(fine - coarse) > error)))
      return fine;
    const middle = (low + high) / 2;
    return part(low, middle, halvings + 1, error / 2) + part(middle, high, halvings + 1, error / 2);
  };
  return part(a, b, 0, 0);
}

/** The integral by 15 points, by 7, and of |f| by 15. */
function kronrod(
  f: (x: number) => number,
  a: number,
  b: number,
): [fine: number, coarse: number, size: number] {
  const [middle, half] = [(a + b) / 2, (b - a) / 2];
  const centre = f(middle);
  let [fine, coarse, size] = [CENTRE[0] * centre, CENTRE[1] * centre, CENTRE[0] * Math.abs(centre)];
  for (const [node, weight15, weight7] of NODES) {
    const [left, right] = [f(middle - node * half), f(middle + node * half)];
    fine += weight15 * (left + right);
    coarse += weight7 * (left + right);
    size += weight15 * (Math.abs(left) + Math.abs(right));
  }
  return [fine * half, coarse * half, size * Math.abs(half)];
}
