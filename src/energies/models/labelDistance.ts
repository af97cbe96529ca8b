// Distances between ledgers as an energy: node i holds ledger number x_i, and a bond costs the distance of
// its ends,
//   H = sum over <i,j> of J_ij D(x_i, x_j),    D symmetric with zeros on its diagonal.
// D = 1 - delta is Potts; D = |A xor B| is Definition 1.2 at the coordinates of `merkleDiffEmbedding`, J
// |chi_i - chi_j|^2,
// for nodes that can hold one of q ledgers and nothing in between. Source: EMTD 1.1, Definition 1.2, first
// term.
import { constant, type Expression, type Operand } from '../../expressions/index.js';
import { byDefault, type OptionsOf, readOptions } from '../../numerics/options.js';
import { finite, oneOrEach } from '../../numerics/rules.js';
import { bond, type BondEnergy } from '../terms/bond.js';
import type { Term } from '../term.js';

const labelDistanceOptions = {
  /** J in units of energy per distance: one number, or one per edge; 1 by default. */
  J: byDefault<number | ArrayLike<number>>(1, oneOrEach(finite)),
};

/**
 * The energy of labels 0 to q - 1 with these distances. It costs q^2 comparisons per bond, so it is for few
 * ledgers.
 *
 * @param distances [q, q], as `distanceTable` makes it
 * @throws RangeError unless the table is square, finite, symmetric, not negative, and zero on its diagonal
 * @example
 * const [a, b] = ['pay Ann 5', 'pay Bob 3'].map((text) => new TextEncoder().encode(text));
 * const ledgers = [merkle.blockSet([a]), merkle.blockSet([a, b]), merkle.blockSet([b])];
 * const energy = hamiltonian(ring(10), [energies.labelDistance(merkle.distanceTable(ledgers, merkle.jaccardDistance))]);
 * const { states } = await sample(heatBath(energy, { temperature: 0.1, states: 3 }), { steps: 200, every: 200, seed: 1 });
 * states[0]; // [2, 2, 2, 2, 2, 2, ...]
 */
export function labelDistance(
  distances: readonly (readonly number[])[],
  options: OptionsOf<typeof labelDistanceOptions> = {},
): Term {
  const { J } = readOptions('labelDistance', options, labelDistanceOptions);
  checkTable(distances);
  const energy: BondEnergy = (a, b, j) =>
    chosen(
      a.sum(),
      distances.map((row) => chosen(b.sum(), row)),
    ).mul(j);
  const isNegative = (typeof J === 'number' ? [J] : Array.from(J)).some((j) => j < 0);
  return bond(
    energy,
    { J },
    { name: 'distance of labels', codomain: 'potts', lowerBound: isNegative ? -Infinity : 0 },
  );
}

/** The value that belongs to a label 0, 1, ...: sum over k of [label = k] value_k. */
const chosen = (label: Expression, values: readonly Operand[]): Expression =>
  values.reduce((sum: Expression, value, k) => sum.add(label.sub(k).abs().less(0.5).mul(value)), constant(0));

function checkTable(distances: readonly (readonly number[])[]): void {
  const need = (holds: boolean, rule: string, got: string): void => {
    if (!holds) throw new RangeError(`labelDistance: ${rule}, got ${got}`);
  };
  distances.forEach((row, m) => {
    need(
      row.length === distances.length,
      'distances must be a square table',
      `${distances.length} rows and one of ${row.length}`,
    );
    row.forEach((d, n) => {
      const at = `${d} at ${m}, ${n}`;
      need(Number.isFinite(d) && d >= 0, 'distances must be finite and not negative', at);
      need(d === distances[n][m], 'distances must be symmetric', `${at} and ${distances[n][m]} across`);
      need(m !== n || d === 0, 'a label must be at distance 0 from itself', at);
    });
  });
}
