// Rows of [rows, width] arrays: copied by an index, summed by an index, summed over all rows.
import { Code, type Buffer, type Value } from '../language/code.js';
import { Sum } from '../language/sum.js';
import { each } from '../terms/vicinity.js';

const [X, OUT] = ['x', 'out'].map((name): Buffer => ({ name, holds: 'float' }));
const [TARGETS, STARTS, ORDER] = ['targets', 'starts', 'order'].map(
  (name): Buffer => ({ name, holds: 'word' }),
);

/** Floats per row: 1, 2 or 3, or the number in the argument `width`, a multiple of 16 or any. */
export type Width = 1 | 2 | 3 | 'by 16' | 'any';

const widthOf = (code: Code, width: Width): Value =>
  typeof width === 'string' ? code.argument('width') : code.index(width);

/**
 * The columns of a row: four vectors at a time, then one vector, then one by one. The first `lanes` of each
 * vector count.
 */
function overColumns(
  code: Code,
  width: Width,
  visit: (column: Value, vectors: number, lanes: number) => void,
): void {
  if (typeof width === 'number') return visit(code.index(0), 1, width);
  const all = code.argument('width');
  if (width === 'by 16') return code.loop('column', code.index(0), all, 16, (column) => visit(column, 4, 4));
  const [by16, by4] = [all.and(-16), all.and(-4)];
  code.loop('column', code.index(0), by16, 16, (column) => visit(column, 4, 4));
  code.loop('column', by16, by4, 4, (column) => visit(column, 1, 4));
  code.loop('column', by4, all, 1, (column) => visit(column, 1, 1));
}

/** out[m] = x[targets[m]] for m in the range. */
export function gatherCode(width: Width): Code {
  const code = new Code();
  const floats = widthOf(code, width);
  inGroups(code, 'm', typeof width === 'string' ? 1 : 4, (first, count) => {
    const rows = each(count, (r) => code.loadIndex(TARGETS, first.add(r)).mul(floats));
    const to = first.mul(floats);
    overColumns(code, width, (column, vectors, lanes) =>
      rows.forEach((row, r) => {
        const values = each(vectors, (v) => code.load(X, row.add(column).add(4 * v), lanes));
        values.forEach((value, v) => code.store(OUT, to.add(column).add(r * lanes + 4 * v), value, lanes));
      }),
    );
  });
  return code;
}

/** The range in groups of `size`, then the rest one by one. */
function inGroups(
  code: Code,
  name: string,
  size: number,
  visit: (first: Value, count: number) => void,
): void {
  const [begin, end] = [code.argument('begin'), code.argument('end')];
  const whole = begin.add(end.sub(begin).and(-size));
  code.loop(name, begin, whole, size, (first) => visit(first, size));
  if (size > 1) code.loop(name, whole, end, 1, (first) => visit(first, 1));
}

/**
 * out[n] = sum of x[order[k]] over starts[n] <= k < starts[n + 1], in that order; of x[k] where rows are in
 * order already.
 */
export function scatterCode(width: Width, inOrder: boolean): Code {
  const code = new Code();
  const floats = widthOf(code, width);
  code.range('n', 1, (n) => {
    const [first, last] = [code.loadIndex(STARTS, n), code.loadIndex(STARTS, n.add(1))];
    const to = n.mul(floats);
    overColumns(code, width, (column, vectors, lanes) => {
      const sums = each(vectors, () => code.variable('sum', code.float(0)));
      code.loop('k', first, last, 1, (k) => {
        const row = (inOrder ? k : code.loadIndex(ORDER, k)).mul(floats);
        sums.forEach((sum, v) => code.addTo(sum, code.load(X, row.add(column).add(4 * v), lanes)));
      });
      sums.forEach((sum, v) => code.store(OUT, to.add(column).add(4 * v), code.get(sum), lanes));
    });
  });
  return code;
}

/**
 * out[s] = sum of x[m] over targets[m] = s < segments: tfjs's UnsortedSegmentSum, which ignores other
 * targets.
 */
export function segmentSumCode(): Code {
  const code = new Code();
  const [floats, segments] = [code.argument('width'), code.argument('segments')];
  code.loop('at', code.index(0), segments.mul(floats), 1, (at) => code.store(OUT, at, code.float(0), 1));
  code.range('m', 1, (m) => {
    const target = code.loadIndex(TARGETS, m);
    code.if(target.lt(segments), () =>
      overColumns(code, 'any', (column, vectors, lanes) => {
        const [from, to] = [m.mul(floats), target.mul(floats)].map((row) => row.add(column));
        each(vectors, (v) => {
          const sum = code.load(OUT, to.add(4 * v), lanes).add(code.load(X, from.add(4 * v), lanes));
          code.store(OUT, to.add(4 * v), sum, lanes);
        });
      }),
    );
  });
  return code;
}

/** out[c] = sum over the rows in the range of x[m, c], accumulated in float64 and rounded once. */
export function totalCode(width: Width): Code {
  if (width === 1) return columnTotalCode();
  const code = new Code();
  const floats = widthOf(code, width);
  const columns = (column: Value, pairs: number, lanes: number): void => {
    const sums = each(pairs, () => new Sum(code, lanes));
    const [first, last] = [code.argument('begin'), code.argument('end')].map((m) =>
      m.mul(floats).add(column),
    );
    code.loop('at', first, last, floats, (at) =>
      sums.forEach((sum, p) => sum.add(code.load(X, at.add(2 * p), lanes))),
    );
    sums.forEach((sum, p) => code.store(OUT, column.add(2 * p), sum.value, lanes));
  };
  if (typeof width === 'number') columns(code.index(0), 1, width);
  else {
    let from = code.index(0);
    for (const size of width === 'by 16' ? [16] : [16, 8, 2, 1]) {
      const to = floats.and(-size);
      code.loop('column', from, to, size, (column) =>
        columns(column, Math.ceil(size / 2), Math.min(2, size)),
      );
      from = to;
    }
  }
  return code;
}

/** A single column, four rows in the lanes. */
function columnTotalCode(): Code {
  const code = new Code();
  const sums = each(4, () => new Sum(code, 2));
  inGroups(code, 'm', 8, (m, count) =>
    each(Math.ceil(count / 2), (p) => sums[p].add(code.load(X, m.add(2 * p), Math.min(2, count)))),
  );
  code.store(OUT, code.index(0), sums[0].ofLanes(...sums.slice(1)), 1);
  return code;
}
