// A substitute for the prefetch that WebAssembly lacks: one number of each neighbour that lies far away in
// memory is read before any is needed. In a loop of nothing but reads, memory answers many of them at a time.
import type { Buffer, Code, Value } from '../language/code.js';

/** Neighbours that lie far away, and where those of each `FAR_GROUP` nodes begin. */
const [FAR, FAR_OFFSETS] = ['far', 'farOffsets'].map((name): Buffer => ({ name, holds: 'word' }));
export const FAR_GROUP = 4;
/** Numbers per line of the cache. */
const LINE = 16;

/** Reads of the rows of `width` floats that nodes [from, to) need. Row `from` of `scratch` is overwritten. */
export function prefetchFar(
  code: Code,
  values: Buffer,
  scratch: Buffer,
  from: Value,
  to: Value,
  width: number,
): void {
  const group = (node: Value): Value =>
    code.loadIndex(FAR_OFFSETS, node.add(FAR_GROUP - 1).shr(Math.log2(FAR_GROUP)));
  const read = code.variable('read', code.index(0));
  const touch = (at: Value): void => code.set(read, code.get(read).xor(code.loadIndex(values, at)));
  code.loop('f', group(from), group(to), 1, (f) => {
    const row = code.loadIndex(FAR, f).mul(width);
    if (width <= LINE) touch(row);
    else code.loop('number', row, row.add(width), LINE, touch);
  });
  code.store(scratch, from.mul(width), code.get(read).splat().asFloat(), 1); // or else the reads might be left out
}
