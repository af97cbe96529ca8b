import { test } from 'node:test';
import assert from 'node:assert/strict';
import { fc } from '../property.js';
import { CarIndexer } from '@ipld/car/indexer';
import { CarReader } from '@ipld/car/reader';
import { CarBufferWriter } from '@ipld/car';
import { decode, encode } from '@ipld/dag-cbor';
import { CID } from 'multiformats/cid';
import { contentId, dagBlock, exportCar, importCar, merkleDag } from '../../src/merkle/index.js';

const start = merkleDag().append('genesis');
const dag = start.append('from Ada').merge(start.append({ from: 'Bob', tokens: 2 }));
const file = exportCar(dag);
const varint = (bytes: Uint8Array, at: number): [number, number] => {
  let [value, shift] = [0, 0];
  for (;;) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, at];
    shift += 7;
  }
};

test('a peer reads our file: roots, blocks, and where each stands', async () => {
  const reader = await CarReader.fromBytes(file);
  assert.equal(reader.version, 1);
  assert.deepEqual((await reader.getRoots()).map(String), dag.heads);
  const seen: string[] = [];
  for await (const { cid, bytes } of reader.blocks()) {
    seen.push(String(cid));
    assert.deepEqual(bytes, dag.blocks.get(String(cid))!.bytes);
    assert.deepEqual((decode(bytes) as { data: unknown }).data, dag.blocks.get(String(cid))!.data);
  }
  assert.deepEqual(seen, [...dag.blocks.keys()]);
  for await (const { cid, blockOffset, blockLength } of await CarIndexer.fromBytes(file)) {
    assert.equal(contentId(file.slice(blockOffset, blockOffset + blockLength)), String(cid));
  }
});

test('byte by byte it is what the specification of CARv1 says', () => {
  const [headerLength, headerAt] = varint(file, 0);
  const header = file.slice(headerAt, headerAt + headerLength);
  assert.deepEqual(header, encode({ version: 1, roots: dag.heads.map((cid) => CID.parse(cid)) }));
  // map of 2, "roots", list of 2; "version", 1
  assert.equal(Buffer.from(header).toString('hex').slice(0, 16), 'a265726f6f747382');
  assert.equal(Buffer.from(header).toString('hex').slice(-18), '6776657273696f6e01');
  let at = headerAt + headerLength;
  for (const { cid, bytes } of dag.blocks.values()) {
    const [length, from] = varint(file, at);
    assert.deepEqual(file.slice(from, from + 36), CID.parse(cid).bytes);
    assert.deepEqual(file.slice(from + 36, from + length), bytes);
    at = from + length;
  }
  assert.equal(at, file.length);
});

test('one DAG is one file, and comes back from it, pruned or empty too', () => {
  const other = start.append({ from: 'Bob', tokens: 2 }).merge(start.append('from Ada'));
  assert.deepEqual(exportCar(other), file);
  for (const each of [dag, dag.prune(0), merkleDag(), dag.append('join')]) {
    const back = importCar(exportCar(each));
    assert.deepEqual(
      [back.blockSet.root, back.heads, back.dangling],
      [each.blockSet.root, each.heads, each.dangling],
    );
  }
});

test('a file that a peer wrote is read', () => {
  const { cid, bytes } = dagBlock('theirs');
  const root = { cid: CID.parse(cid), bytes };
  const writer = CarBufferWriter.createWriter(new ArrayBuffer(500), { roots: [root.cid] });
  writer.write(root).write(root);
  assert.deepEqual([...importCar(writer.close({ resize: true })).blocks.keys()], [cid]);
});

const named = { name: /^(RangeError|TypeError)$/, message: /^importCar: .*, got / };

test('every flipped bit of a file is a named error', () => {
  for (let bit = 0; bit < 8 * file.length; bit++) {
    const flipped = file.map((byte, k) => (k === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
    assert.throws(() => importCar(flipped), named, `bit ${bit}`);
  }
});

test('a file cut off before all roots are there, or within a block, is a named error; so is whatever else a stranger sends', () => {
  const lastRoot = Math.max(...dag.heads.map((cid) => [...dag.blocks.keys()].indexOf(cid)));
  const sizes = [...dag.blocks.values()].map(({ byteLength }) => byteLength + 37);
  const header = file.length - sizes.reduce((sum, size) => sum + size, 0);
  const ends = sizes.map((_, k) => header + sizes.slice(0, k + 1).reduce((sum, size) => sum + size, 0));
  for (let end = 0; end < file.length; end++) {
    // the one cut that is none: whole blocks, and all roots among them
    if (ends.slice(lastRoot).includes(end)) continue;
    assert.throws(() => importCar(file.slice(0, end)), named, `cut at ${end}`);
  }
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), fc.anything()), (bytes) => {
      assert.throws(() => importCar(bytes as Uint8Array), named);
    }),
    { seed: 1 },
  );
  assert.throws(() => importCar('car' as never), {
    name: 'TypeError',
    message: 'importCar: bytes must be a Uint8Array, got "car"',
  });
});
