// What stands in for the prefetch that WebAssembly lacks: a number of each neighbour that lies far off is read before
// anything waits for it. In a loop of nothing but reads the memory has many to answer at a time.
import type { Buffer, Code, Value } from '../language/code.js';

/** Neighbours that lie far off, and where those of each `FAR_GROUP` nodes begin. */
const [FAR, FAR_OFFSETS] = ['far', 'farOffsets'].map((name): Buffer => ({ name, holds: 'word' }));
export const FAR_GROUP = 4;
/** Numbers that memory hands over at once. */
const LINE = 16;

/** Calls for the rows of `width` floats that nodes [from, to) need; `spoilt` is an array whose row `from` is written afterwards. */
export function callFar(code: Code, values: Buffer, spoilt: Buffer, from: Value, to: Value, width: number): void {
  const group = (node: Value): Value => code.loadIndex(FAR_OFFSETS, node.add(FAR_GROUP - 1).shr(Math.log2(FAR_GROUP)));
  const read = code.variable('read', code.index(0));
  const call = (at: Value): void => code.set(read, code.get(read).xor(code.loadIndex(values, at)));
  code.loop('f', group(from), group(to), 1, (f) => {
    const row = code.loadIndex(FAR, f).mul(width);
    if (width <= LINE) call(row);
    else code.loop('number', row, row.add(width), LINE, call);
  });
  code.store(spoilt, from.mul(width), code.get(read).splat().asFloat(), 1); // or else the reads might be left out
}
