// What a field's gauge does after a step, row by row of `width` floats: pinned nodes go back to where they were, a centred
// field loses its mean. Sums run over blocks of a fixed length and then over the blocks, whatever threads share the work.
import { Code, type Buffer, type Value } from '../language/code.js';

export const [X, NEXT, NEXT_VELOCITY] = ['x', 'next', 'nextVelocity'].map((name): Buffer => ({ name, holds: 'float' }));
const [PARTIAL, MEANS] = ['partial', 'means'].map((name): Buffer => ({ name, holds: 'float' }));
const PINNED: Buffer = { name: 'pinned', holds: 'word' };

/** Nodes a partial sum. */
export const SUM_BLOCK = 256;

/** Each field as it was before, or 0 where there is no before, at the pinned nodes, the range being that of their list. */
export function pinCode(...fields: readonly (readonly [after: Buffer, before?: Buffer])[]): Code {
  const code = new Code();
  const width = code.argument('width');
  code.loop('p', code.argument('begin'), code.argument('end'), 1, (p) => {
    const row = code.loadIndex(PINNED, p).mul(width);
    code.loop('l', code.index(0), width, 1, (l) => {
      for (const [after, before] of fields) code.store(after, row.add(l), before ? code.loadSplat(before, row.add(l)) : code.float(0), 1);
    });
  });
  return code;
}

/** The sums of a field over each block of nodes. */
export function partialSumsCode(lanes: number, field = NEXT): Code {
  const code = new Code();
  const width = code.argument('width');
  const end = code.argument('end');
  code.loop('from', code.argument('begin'), end, SUM_BLOCK, (from) => {
    const next = from.add(SUM_BLOCK);
    const to = next.where(next.lt(end), end);
    eachFour(code, width, lanes, (lane, count) => {
      const sum = code.variable('sum', code.float(0));
      code.loop('i', from, to, 1, (i) => code.set(sum, code.get(sum).add(code.load(field, i.mul(width).add(lane)))));
      code.store(PARTIAL, from.shr(8).mul(width).add(lane), code.get(sum), count);
    });
  });
  return code;
}

/** The means from the sums of the blocks: one call for all. */
export function meansCode(lanes: number): Code {
  const code = new Code();
  const width = code.argument('width');
  const perNode = code.argument('perNode', 'float');
  code.loop('all', code.argument('begin'), code.argument('end'), 1, () => {
    eachFour(code, width, lanes, (lane, count) => {
      const sum = code.variable('sum', code.float(0));
      code.loop('block', code.index(0), code.argument('sumBlocks'), 1, (block) => {
        code.set(sum, code.get(sum).add(code.load(PARTIAL, block.mul(width).add(lane))));
      });
      code.store(MEANS, lane, code.get(sum).mul(perNode), count);
    });
  });
  return code;
}

/** A field less its means. */
export function shiftCode(lanes: number, field = NEXT): Code {
  const code = new Code();
  const width = code.argument('width');
  code.loop('i', code.argument('begin'), code.argument('end'), 1, (i) => {
    const row = i.mul(width);
    eachFour(code, width, lanes, (lane, count) => {
      code.store(field, row.add(lane), code.load(field, row.add(lane)).sub(code.load(MEANS, lane)), count);
    });
  });
  return code;
}

function eachFour(code: Code, width: Value, lanes: number, visit: (lane: Value, count: number) => void): void {
  const rest = lanes % 4;
  const whole = width.sub(rest);
  if (lanes >= 4) code.loop('lane', code.index(0), whole, 4, (lane) => visit(lane, 4));
  if (rest > 0) visit(whole, rest);
}
