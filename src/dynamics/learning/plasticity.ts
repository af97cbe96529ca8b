// Plasticity: couplings that follow the activity of the two nodes that they join, one step at a time.
//   Hebb   dJ_ij = eta s_i s_j - gamma J_ij                     at rest: J_ij = (eta / gamma) <s_i s_j>
//   Oja    dJ_ij = eta (s_i s_j - (s_i^2 + s_j^2) / 2 J_ij)     at rest: J_ij = 2 <s_i s_j> / (<s_i^2> +
// <s_j^2>)
// Hebb's couplings grow as the square of the activity, and for ever where gamma = 0; then one step at eta =
// 1/N for each of a set of patterns makes Hopfield's couplings. Oja's rule forgets as much as it learns, so
// that |J_ij| stays within 1. His y (x - y w) has one output y; the coupling of an energy has two equal ends,
// and each is the output half of the time. On spins it is Hebb's rule with gamma = eta.
// Sources: Hebb, The Organization of Behavior (1949); Oja, J. Math. Biol. 15 (1982) 267, DOI
// 10.1007/BF00275687; EMTD section 4.4, whose own couplings are constants.
import { type Field, requireField } from '../../fields/index.js';
import { type Graph, requireGraph } from '../../graphs/index.js';
import { byDefault, needed, type Options, type OptionsOf, readOptions } from '../../numerics/options.js';
import { finite, fraction } from '../../numerics/rules.js';

const hebbOptions = {
  /** eta, coupling learned in one step per unit of s_i s_j; negative to unlearn. */
  rate: needed(finite),
  /** gamma, the share of J that one step forgets; 0 by default. */
  decay: byDefault(0, fraction),
};

/** Options of `hebb`. */
export interface HebbOptions extends Options, OptionsOf<typeof hebbOptions> {}

/**
 * The couplings [edges] one step of Hebb's rule later: J_ij + eta <s_i . s_j> - gamma J_ij, with the mean
 * over chains.
 *
 * @param couplings J_ij before, in the order of the graph's edges; they are left as they are
 * @throws RangeError unless the field lives on the nodes, there is one coupling per edge, the rate is finite
 * and decay in [0, 1]
 * @example
 * const state = fieldFrom([1, 1, -1], { codomain: 'spin' });
 * dynamics.hebb(complete(3), [0, 0, 1], state, { rate: 0.5, decay: 0.1 }); // [0.5, -0.5, 0.4]
 */
export function hebb(
  graph: Graph,
  couplings: ArrayLike<number>,
  state: Field,
  options: HebbOptions,
): Float64Array {
  const { rate, decay } = readOptions('hebb', options, hebbOptions);
  return afterStep('hebb', graph, couplings, state, (J, product) => J + rate * product - decay * J);
}

/**
 * The couplings [edges] one step of Oja's rule later, with means over chains.
 *
 * @throws RangeError as {@link hebb}
 * @example
 * dynamics.oja(complete(2), [0.5], fieldFrom([2, 1]), { rate: 0.1 }); // [0.575] = 0.5 + 0.1 (2 - 2.5 x 0.5)
 */
export function oja(
  graph: Graph,
  couplings: ArrayLike<number>,
  state: Field,
  options: { readonly rate: number },
): Float64Array {
  const { rate } = readOptions('oja', options, { rate: needed(finite) });
  return afterStep(
    'oja',
    graph,
    couplings,
    state,
    (J, product, meanSquare) => J + rate * (product - meanSquare * J),
  );
}

/** A rule on every edge, from <s_i . s_j> and (<|s_i|^2> + <|s_j|^2>) / 2. */
function afterStep(
  caller: string,
  graph: Graph,
  couplings: ArrayLike<number>,
  state: Field,
  rule: (J: number, product: number, meanSquare: number) => number,
): Float64Array {
  requireCouplings(caller, graph, couplings, state);
  const { endpoints, edgeCount } = graph;
  const { values, components, chains } = state;
  const width = components * chains;
  return Float64Array.from({ length: edgeCount }, (_, e) => {
    const [i, j] = [endpoints[2 * e] * width, endpoints[2 * e + 1] * width];
    let [product, squares] = [0, 0];
    for (let k = 0; k < width; k++) {
      const [a, b] = [values[i + k], values[j + k]];
      product += a * b;
      squares += a * a + b * b;
    }
    return rule(couplings[e], product / chains, squares / (2 * chains));
  });
}

/** @throws RangeError unless the field lives on the nodes, and there is one coupling per edge */
export function requireCouplings(
  caller: string,
  graph: Graph,
  couplings: ArrayLike<number>,
  state: Field,
): void {
  requireGraph(caller, graph);
  requireField(caller, state, { support: 'node', sites: graph.nodeCount });
  if (couplings.length !== graph.edgeCount) {
    throw new RangeError(
      `${caller}: needs one coupling per edge (${graph.edgeCount}), got ${couplings.length}`,
    );
  }
}
