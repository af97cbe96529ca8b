// Distances between ledgers as an energy: node i holds ledger number x_i, and a bond costs how far its ends are apart,
//   H = sum over <i,j> of J_ij D(x_i, x_j),    D symmetric with zeros on its diagonal.
// D = 1 - delta is Potts; D = |A xor B| is Definition 1.2 at the coordinates of `merkleDiffEmbedding`, J |chi_i - chi_j|^2,
// for nodes that can hold one of q ledgers and nothing in between. Source: EMTD 1.1, Definition 1.2, first term.
import { constant, type Expression } from '../../expression/index.js';
import { bond } from '../terms/bond.js';
import type { Term } from '../term.js';

/**
 * The energy of labels 0 to q - 1 with these distances. It costs q^2 comparisons a bond, so it is for a few ledgers.
 *
 * @param distances [q, q], as `distanceTable` makes it
 * @param options.J coupling in units of energy a distance: one number, or one an edge
 * @throws RangeError unless the table is square, finite, symmetric, not negative, and zero on its diagonal
 * @example
 * const energy = hamiltonian(graph, [labelDistance(distanceTable(ledgers, jaccardDistance))]);
 * await sample(heatBath(energy, { temperature: 0.2, states: ledgers.length }), { steps: 100 });
 */
export function labelDistance(
  distances: readonly (readonly number[])[], { J = 1 }: { readonly J?: number | ArrayLike<number> } = {},
): Term {
  checkTable(distances);
  const energy = (a: Expression, b: Expression): Expression =>
    distances.reduce((sum: Expression, row, m) => sum.add(is(a, m).mul(row.reduce((far: Expression, d, n) => far.add(is(b, n).mul(d)), constant(0)))), constant(0));
  return bond((a, b, j) => energy(a.sum(), b.sum()).mul(j), { J }, { name: 'distance of labels', ...(isNegative(J) ? {} : { lowerBound: 0 }) });
}

/** 1 where the label is k, else 0. */
const is = (label: Expression, k: number): Expression => label.sub(k).abs().less(0.5);

const isNegative = (J: number | ArrayLike<number>): boolean => (typeof J === 'number' ? J < 0 : Array.from(J).some((j) => j < 0));

function checkTable(distances: readonly (readonly number[])[]): void {
  distances.forEach((row, m) => {
    if (row.length !== distances.length) throw new RangeError(`labelDistance: distances must be a square table, got ${distances.length} rows and one of ${row.length}`);
    row.forEach((d, n) => {
      const at = `at ${m}, ${n}`;
      if (!(Number.isFinite(d) && d >= 0)) throw new RangeError(`labelDistance: distances must be finite and not negative, got ${d} ${at}`);
      if (d !== distances[n][m]) throw new RangeError(`labelDistance: distances must be symmetric, got ${d} ${at} and ${distances[n][m]} across`);
      if (m === n && d !== 0) throw new RangeError(`labelDistance: a label must be at distance 0 from itself, got ${d} ${at}`);
    });
  });
}
