// What a field's gauge does after a step, row by row of `width` floats: pinned nodes go back to where they
// were; a centred field loses its mean. Sums run over blocks of a fixed length and then over the blocks,
// whatever threads share the work.
import { Code, type Buffer, type Value } from '../language/code.js';
import { overLanes } from '../terms/vicinity.js';

export const [X, NEXT, NEXT_VELOCITY] = ['x', 'next', 'nextVelocity'].map(
  (name): Buffer => ({ name, holds: 'float' }),
);
const [PARTIAL, MEANS] = ['partial', 'means'].map((name): Buffer => ({ name, holds: 'float' }));
const PINNED: Buffer = { name: 'pinned', holds: 'word' };

/** Nodes per partial sum. */
export const SUM_BLOCK = 256;

/** Rows [from, to) of a block, out of `rows` rows in all. */
export function rowsOfBlock(block: Value, rows: Value): [from: Value, to: Value] {
  const from = block.mul(SUM_BLOCK);
  return [from, from.add(SUM_BLOCK).atMost(rows)];
}

/**
 * Each field as it was before, or 0 without `before`, at the pinned nodes. The range counts the list of these
 * nodes.
 */
export function pinCode(...fields: readonly (readonly [after: Buffer, before?: Buffer])[]): Code {
  const code = new Code();
  const width = code.argument('width');
  code.range('p', 1, (p) => {
    const row = code.loadIndex(PINNED, p).mul(width);
    code.loop('l', code.index(0), width, 1, (l) => {
      for (const [after, before] of fields)
        code.store(after, row.add(l), before ? code.loadSplat(before, row.add(l)) : code.float(0), 1);
    });
  });
  return code;
}

export function partialSumsCode(lanes: number, field = NEXT): Code {
  const code = new Code();
  const width = code.argument('width');
  code.blocks('from', code.argument('begin'), code.argument('end'), SUM_BLOCK, (from, to) => {
    overLanes(
      code,
      lanes,
      (lane, count) => storePartialSum(code, field, from.shr(8), [from, to], lane, count),
      1,
      width,
    );
  });
  return code;
}

export function meansCode(lanes: number): Code {
  const code = new Code();
  code.range('all', 1, () =>
    overLanes(code, lanes, (lane, count) => storeMean(code, lane, count), 1, code.argument('width')),
  );
  return code;
}

export function shiftCode(lanes: number, field = NEXT): Code {
  const code = new Code();
  const width = code.argument('width');
  code.range('i', 1, (i) =>
    overLanes(
      code,
      lanes,
      (lane, count) => shift(code, field, i.mul(width).add(lane), lane, count),
      1,
      width,
    ),
  );
  return code;
}

/** The sum over rows [from, to), those of a block, of `lanes` lanes. */
export function storePartialSum(
  code: Code,
  field: Buffer,
  block: Value,
  [from, to]: readonly [Value, Value],
  lane: Value,
  lanes: number,
): void {
  const width = code.argument('width');
  const sum = code.sum('i', from, to, code.float(0), (i) => code.load(field, i.mul(width).add(lane)));
  code.store(PARTIAL, block.mul(width).add(lane), sum, lanes);
}

export function storeMean(code: Code, lane: Value, lanes: number): void {
  const [width, blocks] = [code.argument('width'), code.argument('sumBlocks')];
  const sum = code.sum('block', code.index(0), blocks, code.float(0), (block) =>
    code.load(PARTIAL, block.mul(width).add(lane)),
  );
  code.store(MEANS, lane, sum.mul(code.argument('perNode', 'float')), lanes);
}

export const shift = (code: Code, field: Buffer, at: Value, lane: Value, lanes: number): void =>
  code.store(field, at, code.load(field, at).sub(code.load(MEANS, lane)), lanes);
