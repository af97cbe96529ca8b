// dH/dx of all terms at one place, in one loop over its neighbours.
import type { Buffer, Code, Value, Variable } from '../language/code.js';
import { WEIGHTS } from '../passes/batch.js';
import { globalSlopes } from './globalSums.js';
import { slopeOf } from './localTerm.js';
import { ownSlopes, pulled } from './stars.js';
import type { Neighbour, Rows, Vicinity } from './vicinity.js';
import { globalsOf, starsOf, type StepTerm } from './wideTerm.js';

const STARS: Buffer = { name: 'stars', holds: 'float' };

/** What one neighbour adds to the slope of vector v. */
type Pull = (neighbour: Neighbour, v: number) => Value[];

/**
 * dH/dx of each vector, component by component. @param isBatched whether each edge has a weight, see batch.ts
 */
export function slopesAt(
  code: Code,
  terms: readonly StepTerm[],
  field: Buffer,
  at: Vicinity,
  own: Rows,
  isBatched = false,
): Rows {
  const components = own[0].length;
  const slopes = own.map((x) => x.map(() => code.float(0)));
  const add = (v: number, values: readonly Value[]): void =>
    values.forEach((value, k) => (slopes[v][k] = slopes[v][k].add(value)));
  const pulls: Pull[] = [];
  terms.forEach((term, t) => {
    if (term.kind === 'site')
      own.forEach((x, v) => add(v, slopeOf(code, term, t, { own: x, parameter: at.parameter })));
    if (term.kind === 'bond') {
      pulls.push(({ row, bond, ofEdge }, v) => {
        const pull = slopeOf(code, term, t, {
          own: own[v],
          other: row(field, components)[v],
          parameter: bond,
        });
        return isBatched ? pull.map((value) => value.mul(ofEdge(WEIGHTS)[v])) : pull;
      });
    }
  });
  for (const place of globalsOf(terms).placed)
    globalSlopes(code, place, at, own).forEach((slope, v) => add(v, slope));
  const stars = starsOf(terms, components);
  const ownRows = stars.width > 0 ? at.row(STARS, stars.width) : [];
  for (const place of stars.placed) {
    ownSlopes(place, ownRows, components).forEach((slope, v) => add(v, slope));
    pulls.push((neighbour, v) =>
      pulled(
        code,
        place,
        at,
        neighbour,
        [own[v], ownRows[v]],
        [neighbour.row(field, components)[v], neighbour.row(STARS, stars.width)[v]],
      ),
    );
  }
  addPulls(code, pulls, at, slopes);
  return slopes;
}

function addPulls(code: Code, pulls: readonly Pull[], at: Vicinity, slopes: Value[][]): void {
  if (pulls.length === 0) return;
  const sums = pulls.map(() => slopes.map((slope) => slope.map(() => code.variable('sum', code.float(0)))));
  const results: { v: number; k: number; sum: Variable; factor: Value | undefined }[] = [];
  at.visit((neighbour) => {
    pulls.forEach((pull, p) =>
      slopes.forEach((_, v) =>
        pull(neighbour, v).forEach((slope, k) => {
          const [factor, rest] = factored(slope);
          const sum = sums[p][v][k];
          code.addTo(sum, rest, neighbour.counts);
          results.push({ v, k, sum, factor });
        }),
      ),
    );
  });
  for (const { v, k, sum, factor } of results) {
    const total = code.get(sum);
    slopes[v][k] = slopes[v][k].add(factor ? total.mul(factor) : total);
  }
}

/** A product as a factor that is the same in all turns of the loop, if there is one, and the rest. */
function factored(value: Value): [factor: Value | undefined, rest: Value] {
  if (value.op !== 'mul') return [undefined, value];
  const [x, y] = value.args;
  const [common, varying] = value.code.isInvariant(x)
    ? [x, y]
    : value.code.isInvariant(y)
      ? [y, x]
      : [undefined, value];
  if (!common) return [undefined, value];
  const [more, rest] = factored(varying);
  return [more ? common.mul(more) : common, rest];
}
