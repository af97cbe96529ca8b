// The present of a ball around a node: the nodes within the radius may move, their neighbours outside are
// fixed. For an energy of bonds and sites a node's energy is a sum over its neighbours; with x the present
// and w the new values in the ball,
//   E_j(v) - E_j(x_j) = field_j(v) + sum over neighbours k in the ball of pair_jk(v, w_k),
// where the field includes everything outside, and pair_jk(v, x_k) = pair_jk(x_j, w) = 0. The tables are
// computed once.
import type { Hamiltonian } from '../../energies/index.js';

export interface Ball {
  /** Nodes of the graph, nearest first; the first is the centre. */
  readonly nodes: readonly number[];
  readonly states: number;
  /** `[nodes]`: index of each node's present value. */
  readonly present: Uint8Array;
  /** [nodes, states]. */
  readonly fields: Float64Array;
  /** By node: neighbours in the ball, and their tables [states, states], own value first. */
  readonly pairs: readonly (readonly { readonly other: number; readonly energy: Float64Array }[])[];
}

/** @param state of the graph, values from the list `values` */
export function ballAround(
  energy: Hamiltonian,
  state: Float64Array,
  { node, radius, values }: { node: number; radius: number; values: readonly number[] },
): Ball {
  const q = values.length;
  const nodes = within(energy, node, radius);
  const at = new Map(nodes.map((each, j) => [each, j]));
  const moves = energy.track(state);
  const present = Uint8Array.from(nodes, (each) => values.indexOf(state[each]));
  const changes = (each: number): number[] =>
    values.map((value) => (value === state[each] ? 0 : moves.change(each, [value])));
  const fields = nodes.map(changes);
  const pairs = nodes.map((each, j) => {
    const inside = new Set(energy.graph.neighboursOf(each).filter((other) => at.has(other)));
    return Array.from(inside, (other) => {
      const [table, now] = [new Float64Array(q * q), state[other]];
      values.forEach((value, w) => {
        if (value === now) return;
        moves.commit(other, [value]);
        changes(each).forEach((change, v) => (table[v * q + w] = change - fields[j][v]));
        moves.commit(other, [now]);
      });
      return { other: at.get(other)!, energy: table };
    });
  });
  return { nodes, states: q, present, fields: Float64Array.from(fields.flat()), pairs };
}

/** The heat-bath probability of each value of node j, with the others in the ball at `digits`. */
export function heatBathChances(
  { states: q, fields, pairs }: Ball,
  digits: Uint8Array,
  j: number,
  temperature: number,
  out: Float64Array,
): void {
  let least = Infinity;
  for (let v = 0; v < q; v++) {
    let E = fields[j * q + v];
    for (const { other, energy } of pairs[j]) E += energy[v * q + digits[other]];
    out[v] = E;
    if (E < least) least = E;
  }
  let sum = 0;
  for (let v = 0; v < q; v++) sum += out[v] = out[v] === least ? 1 : Math.exp((least - out[v]) / temperature);
  for (let v = 0; v < q; v++) out[v] /= sum;
}

/** The nodes at most `radius` edges away, nearest first. */
export function within({ graph }: Hamiltonian, node: number, radius: number): number[] {
  const found = new Set([node]);
  let shell = [node];
  for (let distance = 0; distance < radius && shell.length > 0; distance++) {
    shell = shell
      .flatMap((each) => [...graph.neighboursOf(each)])
      .filter((other) => !found.has(other) && found.add(other));
  }
  return [...found];
}
