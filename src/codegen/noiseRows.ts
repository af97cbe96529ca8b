// Rows of normals in memory, the lanes of a row (component x chains + chain) filled by blocks of four: the counter of a
// block is (step, node, block, purpose). Four blocks at a time, so that each word of a vector belongs to another block.
import type { Buffer, Code, Value } from './code.js';
import { counterBase, normalsOf, philox } from './philox.js';

export interface RowShape {
  /** Blocks a row: what is known of them when the code is written. */
  readonly blocks: 1 | 2 | 'many' | 'multiple of four';
  /** Lanes of the last block of a row. */
  readonly lastLanes: 1 | 2 | 3 | 4;
}

export function rowShape(lanes: number): RowShape {
  const blocks = Math.ceil(lanes / 4);
  return {
    blocks: blocks <= 2 ? (blocks as 1 | 2) : lanes % 16 === 0 ? 'multiple of four' : 'many',
    lastLanes: (lanes - 4 * (blocks - 1)) as 1 | 2 | 3 | 4,
  };
}

/** Fills rows [from, to) of `width` normals of the step `later` steps on. */
export function fillNormals(code: Code, out: Buffer, from: Value, to: Value, width: Value, later: number, { blocks, lastLanes }: RowShape): void {
  const { stepWord, purpose, key } = counterBase(code);
  const rowsAtOnce = blocks === 1 ? 4 : blocks === 2 ? 2 : 1;
  const [rowOfLane, blockOfLane] = blocks === 1 ? [code.lane(), code.word(0)] : blocks === 2 ? [code.lane().shr(1), code.lane().and(1)] : [code.word(0), code.lane()];
  const blockCount = code.argument('blocks');

  const four = (row: Value, block: Value): void => {
    const words = philox([stepWord.add(later), row.splat().add(rowOfLane), block.splat().add(blockOfLane), purpose], key);
    const first = row.mul(width).add(block.mul(4));
    if (blocks === 'multiple of four') return words.forEach((word, k) => code.store(out, first.add(4 * k), word.asFloat()));
    const vectors = code.transpose(normalsOf(words));
    vectors.forEach((vector, lane) => {
      const [ahead, on] = blocks === 1 ? [lane, 0] : blocks === 2 ? [lane >> 1, lane & 1] : [0, lane];
      const store = (lanes: number): void => code.store(out, (ahead === 0 ? first : row.add(ahead).mul(width)).add(4 * on), vector, lanes);
      const isLast = blocks === 'many' ? block.add(on + 1).eq(blockCount) : code.index(Number(on + 1 === blocks));
      const place = (): void => {
        if (lastLanes === 4 || isLast.number === 0 && isLast.op === 'constant') store(4);
        else if (isLast.op === 'constant') store(lastLanes);
        else code.if(isLast, () => store(lastLanes), () => store(4));
      };
      if (blocks === 'many' && on > 0) code.if(block.add(on).lt(blockCount), place);
      else if (ahead > 0) code.if(row.add(ahead).lt(to), place);
      else place();
    });
  };
  const rows = (block: Value): void => code.loop('row', from, to, rowsAtOnce, (row) => four(row, block));
  if (rowsAtOnce > 1) rows(code.index(0));
  else code.loop('block', code.index(0), blockCount, 4, rows); // what does not depend on the row is done once
  if (blocks !== 'multiple of four') return;
  // words first, normals in a loop of their own: each loop has half of the constants to keep at hand
  code.loop('sixteen', from.mul(width), to.mul(width), 16, (at) => {
    const words = [0, 4, 8, 12].map((k) => code.load(out, at.add(k)).bits()) as [Value, Value, Value, Value];
    code.transpose(normalsOf(words)).forEach((vector, k) => code.store(out, at.add(4 * k), vector));
  });
}
