// The pass before a step with stars: A_i of every node, then lambda = dg/dA and dg/dx there; and the slopes
// that follow from them.
import { all, type Expression, type Tape } from '../../expressions/index.js';
import { Code, type Buffer, type Value } from '../language/code.js';
import { overPlaces } from '../wgsl/gpuPlaces.js';
import { lower } from '../language/lower.js';
import { each, overNodes, type Neighbour, type Rows, type StepShape, type Vicinity } from './vicinity.js';
import {
  couplingName,
  parts,
  reading,
  spreadTo,
  starsOf,
  together,
  type Placed,
  type StarTerm,
  type StepTerm,
} from './wideTerm.js';

const [X, STARS] = ['x', 'stars'].map((name): Buffer => ({ name, holds: 'float' }));

/** Over all nodes. */
export function starsCode(terms: readonly StepTerm[], shape: StepShape): Code {
  const code = new Code();
  overNodes(code, shape, code.argument('begin'), code.argument('end'), (at) =>
    fillStars(code, terms, shape, at),
  );
  return code;
}

/** Over all places of a machine of many small lanes. */
export function starPlacesCode(terms: readonly StepTerm[], shape: StepShape): Code {
  const code = new Code();
  overPlaces(code, shape, (at) => fillStars(code, terms, shape, at));
  return code;
}

function fillStars(code: Code, terms: readonly StepTerm[], { components }: StepShape, at: Vicinity): void {
  const stars = starsOf(terms, components).placed;
  const own = at.row(X, components);
  const totals = stars.map(({ term }) =>
    own.map(() =>
      term.totals.map((symbol) =>
        each(symbol.shape === 'vector' ? components : 1, () => code.variable('total', code.float(0))),
      ),
    ),
  );
  at.visit(({ row, bond, counts }) => {
    const others = row(X, components);
    stars.forEach(({ term, t }, s) =>
      own.forEach((x, v) => {
        const inputs = new Map([
          [term.own, x],
          [term.other, others[v]],
          ...couplingAt(term, t, term.tapes.bodies, bond),
        ]);
        const bodies = lower(code, term.tapes.bodies, components, reading(t, term, inputs, at.parameter));
        bodies.forEach((body, k) =>
          spreadTo(term.totals[k], body, components).forEach((value, m) =>
            code.addTo(totals[s][v][k][m], value, counts),
          ),
        );
      }),
    );
  });
  const degree = [at.degree()];
  at.store(
    STARS,
    own.map((x, v) =>
      stars.flatMap(({ term, t }, s) => {
        const inputs = new Map([
          [term.own, x],
          [term.degree, degree],
          ...together(
            term.totals,
            totals[s][v].map((total) => total.map((part) => code.get(part))),
          ),
        ]);
        const [, slope, ...lambdas] = lower(
          code,
          term.tapes.outer,
          components,
          reading(t, term, inputs, at.parameter),
        );
        return [
          ...lambdas.flatMap((lambda, k) => spreadTo(term.totals[k], lambda, components)),
          ...all(slope, components),
        ];
      }),
    ),
  );
}

/** w_ij, where the tape has it. */
export const couplingAt = (
  term: StarTerm,
  t: number,
  tape: Tape,
  bond: Neighbour['bond'],
): [Expression, readonly Value[]][] =>
  tape.inputs.includes(term.coupling) ? [[term.coupling, [bond(couplingName(t), true)]]] : [];

/** dg/dx of each vector, from its row. */
export const ownSlopes = ({ term, start }: Placed<StarTerm>, rows: Rows, components: number): Rows => {
  const skipped = start + parts(term, rows[0].slice(start), components).flat().length;
  return rows.map((row) => row.slice(skipped, skipped + components));
};

/**
 * What a bond adds to the slope of one vector, by the star around the node itself and by the star around its
 * neighbour.
 */
export function pulled(
  code: Code,
  { term, t, start }: Placed<StarTerm>,
  at: Vicinity,
  neighbour: Neighbour,
  [own, ownRow]: readonly [readonly Value[], readonly Value[]],
  [other, otherRow]: readonly [readonly Value[], readonly Value[]],
): Value[] {
  if (term.totals.length === 0) return own.map(() => code.float(0));
  const components = own.length;
  const pull = (
    x: readonly Value[],
    y: readonly Value[],
    row: readonly Value[],
    centre: Neighbour['bond'],
  ): Value[][] => {
    const inputs = new Map([
      [term.own, x],
      [term.other, y],
      ...couplingAt(term, t, term.tapes.pull, neighbour.bond),
      ...together(term.lambdas, parts(term, row.slice(start), components)),
    ]);
    return lower(code, term.tapes.pull, components, reading(t, term, inputs, centre));
  };
  const [asCentre] = pull(own, other, ownRow, at.parameter);
  const [, asNeighbour] = pull(other, own, otherRow, neighbour.node);
  const there = all(asNeighbour, components);
  return all(asCentre, components).map((slope, k) => slope.add(there[k]));
}
