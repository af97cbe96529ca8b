// The energy of all stars that node i belongs to, for each of its candidate values: its own star and those of
// its neighbours,
//   sum of g(x_l, A_l) over l = i and the neighbours l of i.
// Each A_l is summed over all neighbours but i, then each candidate of i is added.
import type { Code, Value } from '../language/code.js';
import { lower } from '../language/lower.js';
import { parametersAt } from '../terms/localTerm.js';
import { couplingAt } from '../terms/stars.js';
import { degreeOf, each, overNeighbours } from '../terms/vicinity.js';
import { reading, starsOf, together, type Placed, type StarTerm, type StepTerm } from '../terms/wideTerm.js';

/** What a move needs of the energies of its candidates: the energies, or their difference. */
export type Needed = (energies: readonly Value[]) => readonly Value[];

interface Moved {
  readonly node: Value;
  readonly candidates: readonly Value[];
  readonly vectors: number;
  /** The value of a node in vector v. */
  value(node: Value, v: number): Value;
}

/** For each vector what the move needs of the energies of the candidates; undefined without stars. */
export function starEnergies(
  code: Code,
  terms: readonly StepTerm[],
  { node: i, candidates, vectors, value }: Moved,
  needed: Needed,
): Value[][] | undefined {
  const stars = starsOf(terms, 1).placed;
  if (stars.length === 0) return undefined;
  const sums = each(vectors, () => needed(candidates).map(() => code.variable('stars', code.float(0))));
  const own = stars.map(({ term }) =>
    each(vectors, () => candidates.map(() => term.totals.map(() => code.variable('total', code.float(0))))),
  );

  overNeighbours(code, i, (h, j) => {
    const others = each(vectors, (v) => value(j, v));
    stars.forEach((star, s) =>
      own[s].forEach((byCandidate, v) =>
        byCandidate.forEach((totals, c) =>
          bodies(code, star, [candidates[c], others[v]], h, i).forEach((body, k) =>
            code.addTo(totals[k], body),
          ),
        ),
      ),
    );
    const rest = stars.map(({ term }) =>
      others.map(() => term.totals.map(() => code.variable('rest', code.float(0)))),
    );
    overNeighbours(code, j, (g, m) => {
      const isOther = m.splat().eq(i.splat()).not();
      const beyond = each(vectors, (v) => value(m, v));
      stars.forEach((star, s) =>
        beyond.forEach((y, v) =>
          bodies(code, star, [others[v], y], g, j).forEach((body, k) =>
            code.addTo(rest[s][v][k], body, isOther),
          ),
        ),
      );
    });
    stars.forEach((star, s) =>
      others.forEach((x, v) => {
        const energies = candidates.map((candidate) => {
          const parts = bodies(code, star, [x, candidate], h, j);
          return energyAt(
            code,
            star,
            x,
            rest[s][v].map((sum, k) => code.get(sum).add(parts[k])),
            j,
          );
        });
        needed(energies).forEach((energy, c) => code.addTo(sums[v][c], energy));
      }),
    );
  });
  stars.forEach((star, s) =>
    own[s].forEach((byCandidate, v) => {
      const energies = byCandidate.map((totals, c) =>
        energyAt(
          code,
          star,
          candidates[c],
          totals.map((sum) => code.get(sum)),
          i,
        ),
      );
      needed(energies).forEach((energy, c) => code.addTo(sums[v][c], energy));
    }),
  );
  return sums.map((row) => row.map((sum) => code.get(sum)));
}

/** f_k(x, y, w) of half-edge h in the star around node l. */
function bodies(
  code: Code,
  { term, t }: Placed<StarTerm>,
  [x, y]: readonly [Value, Value],
  h: Value,
  l: Value,
): Value[] {
  const tape = term.tapes.bodies;
  const coupling = couplingAt(term, t, tape, parametersAt(code, h));
  return lower(
    code,
    tape,
    1,
    reading(t, term, new Map([[term.own, [x]], [term.other, [y]], ...coupling]), parametersAt(code, l)),
  ).map(([body]) => body);
}

/** g(x, A) of the star around node l. */
function energyAt(
  code: Code,
  { term, t }: Placed<StarTerm>,
  x: Value,
  totals: readonly Value[],
  l: Value,
): Value {
  const inputs = new Map([
    [term.own, [x]],
    [term.degree, [degreeOf(code, l)]],
    ...together(
      term.totals,
      totals.map((total) => [total]),
    ),
  ]);
  return lower(code, term.tapes.outer, 1, reading(t, term, inputs, parametersAt(code, l)))[0][0];
}
