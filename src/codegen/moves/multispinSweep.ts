// Multi-spin coding of the Ising model on a square lattice with periodic boundaries: 128 spins +-1 are the
// bits of a vector, neighbours are added by bit planes, random choices compare binary digits. Bit b of a
// vector belongs to chain b / strips and, in its lattice, to strip b % strips of columns: vector (r, x) holds
// the spins of row r and columns strip width + x. Neighbours are in the vectors beside it; at the edge of a
// strip the vector is rotated by one strip. The colours of the checkerboard are r + x even and
// odd; the width is even. Every spin has random bits of its own.
// Sources: Zorn, Herrmann, Rebbi, Comput. Phys. Commun. 23 (1981) 337, doi:10.1016/0010-4655(81)90174-0; Ito
// and Kanada, Supercomputer 5 (1988) 31; Block, Virnau, Preis, Comput. Phys. Commun. 181 (2010) 1549,
// doi:10.1016/j.cpc.2010.05.005.
import { BitDraws, DIGITS } from './bitPlanes.js';
import { Code, type Buffer, type Value } from '../language/code.js';
import { counterBase, philox } from '../language/philoxWords.js';

export interface MultispinShape {
  readonly rule: 'heat bath' | 'metropolis';
  /** Parts of a row that stand side by side in a vector: a power of two up to 32, or 128. */
  readonly strips: number;
  readonly colour: 0 | 1;
  readonly isFerromagnet: boolean;
}

const [X, TABLE]: Buffer[] = ['x', 'digits'].map((name) => ({ name, holds: 'word' }));
/**
 * The fewest rounds of Philox4x32 that pass BigCrush (Salmon et al., SC11, table 2): random bits are most of
 * the work here.
 */
export const BIT_ROUNDS = 7;
/** Digits that are compared before the first test whether any bit is undecided. */
const AT_ONCE = 8;
/**
 * Words per step in the table: by digit, the complement for the weaker bonds, and where that for the stronger
 * bonds differs.
 */
export const TABLE_WORDS = 2 * DIGITS;

/** One colour of rows [begin, end) of all lattices, one lattice after another. */
export function multispinCode({ rule, strips, colour, isFerromagnet }: MultispinShape): Code {
  const code = new Code();
  const [rows, width, step] = [code.argument('rows'), code.argument('width'), code.argument('step')];
  const table = step.mul(TABLE_WORDS);
  const { stepWord, purpose, key } = counterBase(code);

  const update = (place: Value, site: Value, block: Value, sides: readonly Value[]): void => {
    const own = code.load(X, place);
    // n counts the neighbours that are up (heat bath), or that differ (Metropolis)
    const { odd, isLarge, half } = sumOf(rule === 'metropolis' ? sides.map((side) => side.xor(own)) : sides);
    const isDrawn = rule === 'heat bath' ? half.not() : isFerromagnet ? isLarge.or(half).not() : isLarge;
    const isStrong = odd.not(); // where a choice is needed: n is 0 or 4, and not 1 or 3
    const draws = new BitDraws(code, isDrawn);
    let first: Value | undefined;
    const four = (digit: Value | number): void => {
      const at = typeof digit === 'number' ? code.index(digit) : digit;
      const words = philox(
        [stepWord, site.splat(), block.add(at).splat().add(code.lane()), purpose],
        key,
        BIT_ROUNDS,
      );
      first ??= words[0];
      words.forEach((word, k) => {
        const entry = table.add(at.mul(2)).add(2 * k);
        draws.compare(
          word,
          code.loadSplat(TABLE, entry).xor(code.loadSplat(TABLE, entry.add(1)).and(isStrong)),
        );
      });
    };
    for (let digit = 0; digit < AT_ONCE; digit += 4) four(digit);
    code.if(draws.isOpen, () =>
      code.loop('digit', code.index(AT_ONCE), code.index(DIGITS), 4, (digit) => {
        code.if(draws.isOpen, () => four(digit));
      }),
    );
    const stays = draws.atLeast;
    if (rule === 'metropolis') return code.store(X, place, own.xor(stays.not()));
    // with the majority, or against it; two against two are decided by one bit
    const likely = isFerromagnet ? isLarge : isLarge.not();
    const chosen = likely.xor(stays.not());
    code.store(X, place, first!.and(half).or(chosen.and(half.not())));
  };

  code.range('t', 1, (t) => {
    const group = t.div(rows);
    const r = t.sub(group.mul(rows));
    const block = group.mul(DIGITS);
    const base = t.sub(r).mul(width);
    const [above, below] = [code.index(0).where(r.add(1).eq(rows), r.add(1)), rows.where(r.eq(0), r).sub(1)];
    const at = (row: Value, x: Value): Value => base.add(row.mul(width)).add(x).mul(4);
    const load = (row: Value, x: Value): Value => code.load(X, at(row, x));
    const site = (x: Value): Value => r.mul(width).add(x);
    const one = (x: Value, left: Value, right: Value): void =>
      update(at(r, x), site(x), block, [load(above, x), load(below, x), left, right]);
    const [zero, last] = [code.index(0), width.sub(1)];
    const isFirst = r.and(1).eq(colour); // vector 0 of the row is of this colour, else the last one is
    code.if(
      isFirst,
      () => one(zero, rotated(load(r, last), strips, 1), load(r, code.index(1))),
      () => one(last, load(r, last.sub(1)), rotated(load(r, zero), strips, -1)),
    );
    code.loop('x', code.index(2).where(isFirst, 1), width.where(isFirst, last), 2, (x) =>
      one(x, load(r, x.sub(1)), load(r, x.add(1))),
    );
  });
  return code;
}

/** The number n of ones among four bits: n odd, n > 2 (isLarge), n = 2 (half). */
function sumOf([a, b, c, d]: readonly Value[]): { odd: Value; isLarge: Value; half: Value } {
  const [s1, c1, s2, c2] = [a.xor(b), a.and(b), c.xor(d), c.and(d)];
  const odd = s1.xor(s2);
  const isLarge = c1.and(c2).or(c1.and(s2)).or(c2.and(s1));
  const half = c1.xor(c2).or(s1.and(s2)).and(odd.not());
  return { odd, isLarge, half };
}

/** Each bit from the strip before it (1) or after it (-1), cyclically. */
function rotated(x: Value, strips: number, by: 1 | -1): Value {
  const { code } = x;
  if (strips === 1) return x;
  if (strips === 128) {
    const other = code.make('shuffle', 'word', [x, x], by === 1 ? 0o3012 : 0o1230);
    return by === 1 ? x.shl(1).or(other.shr(31)) : x.shr(1).or(other.shl(31));
  }
  let edge = 0;
  for (let bit = 0; bit < 32; bit += strips) edge |= 1 << (by === 1 ? bit : bit + strips - 1);
  const [moved, round] = by === 1 ? [x.shl(1), x.shr(strips - 1)] : [x.shr(1), x.shl(strips - 1)];
  return strips === 32 ? moved.or(round) : moved.and(~edge).or(round.and(edge));
}
