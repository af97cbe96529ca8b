// Hodge decomposition of a flow on the edges of a graph, f = gradient + curl + harmonic, three orthogonal
// parts:
//   gradient   phi_i - phi_j of a potential, L phi = div f: flow from sources to sinks;
//   curl       circulation around triangles, C C^T psi = C f: local circulation;
//   harmonic   the rest, without divergence and without curl: circulation around loops that no triangles
// fill.
// All edges have unit weight. A gradient flow, such as that of any energy of nodes, has the first part only.
// Sources: Jiang, Lim, Yao, Ye, Math. Program. 127 (2011) 203, doi:10.1007/s10107-010-0419-x; row AE-21.
import { card, countText, formatNumber, type MimeBundle, printAs } from '../display/index.js';
import { type Graph, trianglesOf, requireGraph } from '../graphs/index.js';
import { requireOnePer } from '../numerics/check.js';
import { aList } from '../numerics/rules.js';
import { conjugateGradient, dot, type LinearSystem } from '../numerics/conjugateGradient.js';

/** Flows [edges], from the first end to the second, and their shares of sum f^2. */
export interface Hodge {
  readonly gradient: Float64Array;
  readonly curl: Float64Array;
  readonly harmonic: Float64Array;
  /** phi, [nodes], of mean 0 in every component of the graph. */
  readonly potential: Float64Array;
  readonly fractions: { readonly gradient: number; readonly curl: number; readonly harmonic: number };
}

/**
 * A flow on edges as the sum of a gradient, curls of triangles, and a harmonic rest.
 *
 * @param flow [edges], positive from the first end of an edge to its second
 * @throws RangeError unless there is one value per edge; TypeError for values that are not finite
 * @example geometry.hodge(ring(5), [1, 1, 1, 1, 1]).fractions; // { gradient: 0, curl: 0, harmonic: 1 }
 */
export function hodge(graph: Graph, flow: ArrayLike<number>): Hodge {
  requireGraph('hodge', graph);
  const { edgeCount, endpoints } = graph;
  aList('hodge', 'flow', flow as never);
  requireOnePer('hodge', 'flow', flow, edgeCount, 'edge');
  const f = Float64Array.from(flow);
  const wrong = f.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw new TypeError(`hodge: flow must be finite, got ${f[wrong]} on edge ${wrong}`);
  const potential = potentialOf(graph, f);
  const gradient = Float64Array.from(
    { length: edgeCount },
    (_, e) => potential[endpoints[2 * e]] - potential[endpoints[2 * e + 1]],
  );
  const curl = curlOf(graph, f);
  const harmonic = f.map((value, e) => value - gradient[e] - curl[e]);
  const all = dot(f, f);
  const share = (part: Float64Array): number => (all === 0 ? 0 : dot(part, part) / all);
  const shares = { gradient: share(gradient), curl: share(curl), harmonic: share(harmonic) };
  return printAs<Hodge>({ gradient, curl, harmonic, potential, fractions: shares }, hodgeCard);
}

/** Solves L phi = div f, L without weights; phi is orthogonal to its null space, since div f is. */
function potentialOf({ nodeCount, edgeCount, endpoints }: Graph, f: Float64Array): Float64Array {
  const divergence = new Float64Array(nodeCount);
  for (let e = 0; e < edgeCount; e++) {
    divergence[endpoints[2 * e]] += f[e];
    divergence[endpoints[2 * e + 1]] -= f[e];
  }
  const apply = (x: Float64Array, out: Float64Array): void => {
    out.fill(0);
    for (let e = 0; e < edgeCount; e++) {
      const [i, j] = [endpoints[2 * e], endpoints[2 * e + 1]];
      out[i] += x[i] - x[j];
      out[j] += x[j] - x[i];
    }
  };
  return solve({ size: nodeCount, apply, diagonal: () => 1 }, divergence, f);
}

/** C^T psi with C C^T psi = C f, C the circulation around each triangle. */
function curlOf(graph: Graph, f: Float64Array): Float64Array {
  const { count, edges, signs } = trianglesOf(graph);
  const around = (x: Float64Array, out: Float64Array): void => {
    for (let t = 0; t < count; t++)
      out[t] = [0, 1, 2].reduce((sum, k) => sum + signs[3 * t + k] * x[edges[3 * t + k]], 0);
  };
  const along = (psi: Float64Array): Float64Array => {
    const out = new Float64Array(graph.edgeCount);
    edges.forEach((e, at) => (out[e] += signs[at] * psi[Math.floor(at / 3)]));
    return out;
  };
  const circulation = new Float64Array(count);
  around(f, circulation);
  return along(
    solve({ size: count, apply: (psi, out) => around(along(psi), out), diagonal: () => 1 }, circulation, f),
  );
}

/** To 1e-12 of the flow, since smaller parts are rounding errors. */
function solve(system: Omit<LinearSystem, 'accuracy'>, b: Float64Array, f: Float64Array): Float64Array {
  const accuracy = 1e-12 * Math.sqrt(dot(f, f) / dot(b, b));
  return accuracy < 1
    ? conjugateGradient('hodge', { ...system, accuracy }, b)
    : new Float64Array(system.size);
}

const hodgeCard = ({ gradient, fractions: shares }: Hodge): MimeBundle =>
  card(`Hodge decomposition of a flow on ${countText(gradient.length, 'edge')}`, {
    'gradient, share of the energy': formatNumber(shares.gradient),
    'curl of triangles': formatNumber(shares.curl),
    harmonic: formatNumber(shares.harmonic),
  });
