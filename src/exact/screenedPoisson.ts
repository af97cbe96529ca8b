// The screened Poisson equation on a graph, (L + gamma) x = b: what diffuses from the sources b and decays at the rate gamma has
// the stationary amount x. Solved by conjugate gradients with the diagonal as preconditioner, sparse: O(edges) an iteration.
// Source: Hestenes, Stiefel, J. Res. NBS 49 (1952) 409, doi:10.6028/jres.049.044.
import { requirePositive } from '../graph/check.js';
import type { Graph } from '../graph/index.js';

export interface ScreenedPoissonOptions {
  /** gamma, 1 / time. */
  readonly decay: number;
  /** b, [nodes]: amount / time. */
  readonly source: ArrayLike<number>;
  /** |(L + gamma) x - b| / |b| at which the iteration ends; 1e-13 by default. */
  readonly accuracy?: number;
}

/**
 * x = (L + gamma)^-1 b, [nodes].
 *
 * @throws RangeError unless the decay is positive and the source has a number a node; Error where rounding keeps it from the accuracy
 * @example
 * screenedPoisson(ring(4), { decay: 2, source: [1, 1, 1, 1] }); // 0.5 everywhere
 */
export function screenedPoisson(graph: Graph, { decay, source, accuracy = 1e-13 }: ScreenedPoissonOptions): Float64Array {
  requirePositive('screenedPoisson', 'decay', decay);
  requirePositive('screenedPoisson', 'accuracy', accuracy);
  const nodes = graph.nodeCount;
  if (source.length !== nodes) throw new RangeError(`screenedPoisson: source must have one number a node (${nodes}), got ${source.length}`);
  const b = Float64Array.from(source);
  const strength = strengths(graph);
  const x = new Float64Array(nodes);
  const Ap = new Float64Array(nodes);
  const r = b.slice();
  const scaled = (): Float64Array => r.map((value, i) => value / (strength[i] + decay));
  let z = scaled();
  const p = z.slice();
  let rz = dot(r, z);
  const enough = accuracy ** 2 * dot(b, b);
  for (let iteration = 0; dot(r, r) > enough; iteration++) {
    if (iteration > 20 * nodes + 200) throw new Error(`screenedPoisson: no solution to ${accuracy} within ${iteration} iterations`);
    applyLaplacian(graph, p, Ap);
    for (let i = 0; i < nodes; i++) Ap[i] += decay * p[i];
    const step = rz / dot(p, Ap);
    for (let i = 0; i < nodes; i++) {
      x[i] += step * p[i];
      r[i] -= step * Ap[i];
    }
    z = scaled();
    const next = dot(r, z);
    for (let i = 0; i < nodes; i++) p[i] = z[i] + (next / rz) * p[i];
    rz = next;
  }
  return x;
}

/** out = L x, in float64. */
export function applyLaplacian({ endpoints, edgeCount, couplings }: Graph, x: Float64Array, out: Float64Array): void {
  out.fill(0);
  for (let e = 0; e < edgeCount; e++) {
    const [i, j] = [endpoints[2 * e], endpoints[2 * e + 1]];
    const current = couplings[e] * (x[i] - x[j]);
    out[i] += current;
    out[j] -= current;
  }
}

function strengths({ nodeCount, endpoints, couplings }: Graph): Float64Array {
  const sums = new Float64Array(nodeCount);
  endpoints.forEach((node, h) => (sums[node] += couplings[h >> 1]));
  return sums;
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}
