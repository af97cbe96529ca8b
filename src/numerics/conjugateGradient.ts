// Conjugate gradients: solves A x = b for a symmetric A without negative eigenvalues, given as a function. If
// A has a null space, b must be orthogonal to it, and so is x. Source: Hestenes, Stiefel, J. Res. NBS 49
// (1952) 409, doi:10.6028/jres.049.044.

export interface LinearSystem {
  readonly size: number;
  /** out = A x. */
  readonly apply: (x: Float64Array, out: Float64Array) => void;
  /** The preconditioner: the diagonal of A, or a positive approximation of it. */
  readonly diagonal: (index: number) => number;
  /** |A x - b| / |b| at which the iteration ends; 1e-13 by default. */
  readonly accuracy?: number;
}

/** @throws Error naming the caller if rounding, or a b outside the range of A, keeps it from the accuracy */
export function conjugateGradient(
  caller: string,
  { size, apply, diagonal, accuracy = 1e-13 }: LinearSystem,
  b: Float64Array,
): Float64Array {
  const x = new Float64Array(size);
  const Ap = new Float64Array(size);
  const r = b.slice();
  const precondition = (): Float64Array => r.map((value, i) => value / diagonal(i));
  let z = precondition();
  const p = z.slice();
  let rz = dot(r, z);
  const enough = accuracy ** 2 * dot(b, b);
  for (let iteration = 0; !(dot(r, r) <= enough); iteration++) {
    if (iteration > 20 * size + 200 || Number.isNaN(rz))
      throw new Error(`${caller}: no solution to ${accuracy} within ${iteration} iterations`);
    apply(p, Ap);
    const step = rz / dot(p, Ap);
    for (let i = 0; i < size; i++) {
      x[i] += step * p[i];
      r[i] -= step * Ap[i];
    }
    z = precondition();
    const next = dot(r, z);
    for (let i = 0; i < size; i++) p[i] = z[i] + (next / rz) * p[i];
    rz = next;
  }
  return x;
}

export function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}
