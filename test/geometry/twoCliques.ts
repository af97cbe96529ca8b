// Two cliques and one bridge: a small network of two communities, on which the Ricci flow is a closed map of
// three lengths. With a the edges inside, b those to a gate (an end of the bridge) and c the bridge,
// idleness 1/2, shares exp(-l^2), the walk goes
//   from the gate over the bridge with q, to each of its n - 1 neighbours in the clique with t = (1 - q) / (n - 1)
//   from another node to the gate with s_b, to each of its n - 2 other neighbours with s_a
// and a step of size 1 gives the lengths (if a <= 2 b)
//   a' = (1 - s_a) a / 2,   c' = (1 - q) (b + c),
//   b' = [(1 - s_b + q) b + q c + (n - 2) max(0, t - s_a) a] / 2
// before normalisation. On unit lengths: kappa of the bridge 2 / n - 1, of the others as for the complete
// graph or a little less.
import { fromEdges, type Graph } from '../../src/graphs/index.js';

/** Two complete graphs of n nodes, and as the last edge the bridge between n - 1 and n. */
export function twoCliques(n: number): Graph {
  const edges: [number, number][] = [];
  for (const first of [0, n])
    for (let a = 0; a < n; a++) for (let b = a + 1; b < n; b++) edges.push([first + a, first + b]);
  return fromEdges(2 * n, [...edges, [n - 1, n]], { name: `twoCliques(${n})` });
}

/** The lengths after 0, 1, ... steps of the normalised flow of `twoCliques(n)`, from unit lengths. */
export function twoCliquesFlow(n: number, steps: number) {
  const counts = [(n - 1) * (n - 2), 2 * (n - 1), 1];
  const edges = counts.reduce((sum, count) => sum + count, 0);
  let [a, b, c] = [1, 1, 1];
  const lengths = [{ inside: a, gate: b, bridge: c }];
  for (let step = 0; step < steps; step++) {
    const [wa, wb, wc] = [a, b, c].map((length) => Math.exp(-length * length));
    const q = wc / ((n - 1) * wb + wc);
    const t = (1 - q) / (n - 1);
    const [sa, sb] = [wa, wb].map((w) => w / ((n - 2) * wa + wb));
    const next = [
      ((1 - sa) * a) / 2,
      ((1 - sb + q) * b + q * c + (n - 2) * Math.max(0, t - sa) * a) / 2,
      (1 - q) * (b + c),
    ];
    const scale = edges / next.reduce((sum, length, k) => sum + counts[k] * length, 0);
    [a, b, c] = next.map((length) => length * scale);
    lengths.push({ inside: a, gate: b, bridge: c });
  }
  return lengths;
}
