import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { fc } from '../property.js';
import { encode } from '@ipld/dag-cbor';
import { base58btc } from 'multiformats/bases/base58';
import { CID } from 'multiformats/cid';
import {
  type Cid,
  contentId,
  type DagBlock,
  dagBlock,
  decodeBlock,
  type MerkleDag,
  merkleDag,
  parseCid,
} from '../../src/merkle/index.js';

/** A DAG of blocks, each after one to three of those before it or after none. */
const histories = fc
  .array(fc.array(fc.nat(30), { maxLength: 3 }), { minLength: 1, maxLength: 24 })
  .map((choices) => {
    const blocks: DagBlock[] = [];
    choices.forEach((parents, k) => {
      blocks.push(dagBlock(k, k === 0 ? [] : parents.map((p) => blocks[p % k].cid)));
    });
    return blocks;
  });
const parts = fc.array(fc.boolean(), { minLength: 24, maxLength: 24 });
const some = (blocks: readonly DagBlock[], kept: readonly boolean[]) =>
  merkleDag(blocks.filter((_, k) => kept[k]));
const cidsOf = (dag: MerkleDag): Cid[] => [...dag.blocks.keys()];
const same = (a: MerkleDag, b: MerkleDag) => {
  assert.deepEqual(cidsOf(a), cidsOf(b));
  assert.deepEqual([a.heads, a.dangling, a.blockSet.root], [b.heads, b.dangling, b.blockSet.root]);
};

test('the published identifier of {"hello":"world"}, and the same bytes by hand', () => {
  const bytes = new TextEncoder().encode('{"hello":"world"}');
  const cid = 'bagaaierasords4njcts6vs7qvdjfcvgnume4hqohf65zsfguprqphs3icwea';
  assert.equal(contentId(bytes, 'json'), cid);
  const digest = createHash('sha256').update(bytes).digest('hex');
  assert.deepEqual(parseCid(cid), { codec: 0x0200, digest });
  assert.equal(Buffer.from(CID.parse(contentId(bytes)).bytes).toString('hex'), `01711220${digest}`);
});

test('a block is dag-cbor of its data and parents, which another implementation decodes', () => {
  const [first, second] = [dagBlock('a'), dagBlock('b')];
  const { bytes, cid, parents } = dagBlock({ tokens: 2, note: Uint8Array.of(1) }, [
    second.cid,
    first.cid,
    second.cid,
  ]);
  assert.deepEqual(parents, [first.cid, second.cid].sort());
  assert.deepEqual(
    bytes,
    encode({
      parents: parents.map((parent) => CID.parse(parent)),
      data: { note: Uint8Array.of(1), tokens: 2 },
    }),
  );
  assert.equal(cid, contentId(bytes));
  assert.deepEqual(decodeBlock(bytes, cid).data, { tokens: 2, note: Uint8Array.of(1) });
});

test('what a block hands out does not change it', () => {
  const data = { tokens: [1, 2] };
  const block = dagBlock(data);
  data.tokens[0] = 9;
  block.bytes.fill(0);
  (block.data as typeof data).tokens[1] = 9;
  assert.deepEqual(block.data, { tokens: [1, 2] });
  assert.equal(contentId(block.bytes), block.cid);
  const bytes = block.bytes;
  const decoded = decodeBlock(bytes, block.cid);
  bytes.fill(0);
  assert.equal(contentId(decoded.bytes), block.cid);
});

test('every flipped bit of a block is noticed', () => {
  const { bytes, cid } = dagBlock('two tokens', [dagBlock('genesis').cid]);
  for (let bit = 0; bit < 8 * bytes.length; bit++) {
    const flipped = bytes.map((byte, k) => (k === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
    assert.notEqual(contentId(flipped), cid);
    assert.throws(() => decodeBlock(flipped, cid), {
      name: 'RangeError',
      message: `decodeBlock: bytes must hash to their CID ${cid}, got ${contentId(flipped)}`,
    });
  }
});

test('merging is commutative, associative and idempotent', () => {
  fc.assert(
    fc.property(histories, parts, parts, parts, (blocks, x, y, z) => {
      const [a, b, c] = [some(blocks, x), some(blocks, y), some(blocks, z)];
      same(a.merge(b), b.merge(a));
      same(a.merge(b).merge(c), a.merge(b.merge(c)));
      same(a.merge(a), a);
      same(a.merge(b).merge(b), a.merge(b));
      same(a.merge(merkleDag()), a);
    }),
    { seed: 1 },
  );
});

test('replayed, reordered and doubled messages lead to the same DAG', () => {
  fc.assert(
    fc.property(
      histories,
      fc.array(fc.nat(23), { maxLength: 40 }),
      fc.infiniteStream(fc.nat()),
      (blocks, repeats, keys) => {
        const once = merkleDag(blocks);
        const sent = [...blocks, ...repeats.map((k) => blocks[k % blocks.length])].map((block) => ({
          block,
          key: keys.next().value!,
        }));
        const delivered = sent
          .sort((a, b) => a.key - b.key)
          .reduce((dag, { block }) => dag.receive([block]), merkleDag());
        same(delivered, once);
      },
    ),
    { seed: 2 },
  );
});

test('difference is what the other lacks, and sending it both ways makes both equal', () => {
  fc.assert(
    fc.property(histories, parts, parts, (blocks, x, y) => {
      const [a, b] = [some(blocks, x), some(blocks, y)];
      assert.deepEqual(
        a.difference(b).map(({ cid }) => cid),
        cidsOf(a).filter((cid) => !b.blocks.has(cid)),
      );
      same(a.receive(b.difference(a)), b.receive(a.difference(b)));
      assert.deepEqual(
        cidsOf(a.commonAncestors(b)),
        cidsOf(a).filter((cid) => b.blocks.has(cid)),
      );
    }),
    { seed: 3 },
  );
});

test('heads are followed by nothing, dangling links are to nothing held, generations grow along every link', () => {
  fc.assert(
    fc.property(histories, parts, (blocks, kept) => {
      const dag = some(blocks, kept);
      const held = [...dag.blocks.values()];
      const named = (cid: Cid) => held.some(({ parents }) => parents.includes(cid));
      assert.deepEqual(
        dag.heads,
        cidsOf(dag).filter((cid) => !named(cid)),
      );
      assert.deepEqual(
        dag.dangling,
        blocks
          .map(({ cid }) => cid)
          .filter((cid) => named(cid) && !dag.blocks.has(cid))
          .sort(),
      );
      const generations = dag.generations();
      for (const { cid, parents } of held) {
        const before = parents
          .filter((parent) => dag.blocks.has(parent))
          .map((parent) => generations.get(parent)!);
        assert.equal(generations.get(cid), before.length === 0 ? 0 : 1 + Math.max(...before));
      }
    }),
    { seed: 4 },
  );
});

test('a horizon keeps the heads and what is near them; no horizon keeps all, horizon 0 the present only', () => {
  fc.assert(
    fc.property(histories, fc.nat(6), fc.nat(6), (blocks, g, h) => {
      const dag = merkleDag(blocks);
      same(dag.prune(Infinity), dag);
      assert.deepEqual(cidsOf(dag.prune(0)), dag.heads);
      assert.deepEqual(dag.prune(h).heads, dag.heads);
      same(dag.prune(g).prune(h), dag.prune(Math.min(g, h)));
      // one step of a horizon is one more layer of parents
      const layer = new Set(
        [...dag.prune(h).blocks.values()].flatMap(({ cid, parents }) => [cid, ...parents]),
      );
      assert.deepEqual(cidsOf(dag.prune(h + 1)), [...layer].sort());
      assert.deepEqual(
        dag.prune(h).dangling,
        [...layer].filter((cid) => !dag.prune(h).blocks.has(cid)).sort(),
      );
    }),
    { seed: 5 },
  );
});

test('who forgot takes an old block for a new one', () => {
  const old = dagBlock('genesis');
  const chain = merkleDag([old]).append(1).append(2).append(3);
  assert.deepEqual(chain.receive([old]).heads, chain.heads);
  for (const [horizon, heads] of [
    [0, 2],
    [1, 2],
    [2, 1],
    [3, 1],
  ]) {
    assert.equal(chain.prune(horizon).receive([old]).heads.length, heads, `horizon ${horizon}`);
  }
});

test('an append follows all heads, or those that it is describe, and a merge of two is one head after it', () => {
  const start = merkleDag().append('genesis');
  const both = start.append('a').merge(start.append('b'));
  assert.equal(both.heads.length, 2);
  const [head] = both.append('join').heads;
  assert.deepEqual(both.append('join').blocks.get(head)!.parents, both.heads);
  assert.equal(both.append('c', start.heads).heads.length, 3);
  assert.equal(both.append('c', start.heads).size, 4);
});

test('a history of 20,000 blocks is no problem for the walks through it', () => {
  const blocks: DagBlock[] = [];
  for (let k = 0; k < 20_000; k++) blocks.push(dagBlock(k, k === 0 ? [] : [blocks[k - 1].cid]));
  const dag = merkleDag(blocks);
  assert.equal(dag.generations().get(dag.heads[0]), 19_999);
  assert.equal(dag.prune(12_000).size, 12_001);
});

test('malformed identifiers, bytes, data and horizons are refused by name', () => {
  const { bytes, cid } = dagBlock('a');
  const sha512 = CID.createV1(0x71, {
    code: 0x13,
    size: 32,
    digest: new Uint8Array(32),
    bytes: Uint8Array.from([0x13, 32, ...new Uint8Array(32)]),
  }).toString();
  const wrong: [unknown, RegExp][] = [
    [7, /^parseCid: a CID must be a text, got 7$/],
    ['', /^parseCid: a CID must be a version, a codec and a hash in base32, got ""$/],
    [`${cid}a`, /^parseCid: a CID must be /],
    [cid.slice(0, -1), /^parseCid: a CID must be /],
    [cid.toUpperCase(), /^parseCid: a CID must be /],
    [CID.parse(cid).toString(base58btc), /^parseCid: a CID must be of version 1 and in base32, got "z/],
    [
      'QmY7Yh4UquoXHLPFo2XbhXkhBvFoPwmQUSa92pxnxjQuPU',
      /^parseCid: a CID must be of version 1 and in base32, got "Qm/,
    ],
    [sha512, /^parseCid: a CID must be of SHA-256, got "/],
  ];
  for (const [value, message] of wrong) assert.throws(() => parseCid(value as Cid), { message });
  const rules: [() => unknown, string][] = [
    [() => contentId('a' as never), 'contentId: bytes must be a Uint8Array, got "a"'],
    [
      () => contentId(bytes, 'git' as never),
      'contentId: codec must be one of raw, dag-cbor, json, got "git"',
    ],
    [
      () => decodeBlock(bytes, contentId(bytes, 'raw')),
      'decodeBlock: a CID must be of a dag-cbor block, got codec 0x55',
    ],
    [
      () => decodeBlock([...bytes] as never, cid),
      `decodeBlock: bytes must be a Uint8Array, got a list of ${bytes.length}`,
    ],
    [
      () => dagBlock(NaN),
      "dagBlock: data must be of IPLD's data model, got NaN (`NaN` is not supported by the IPLD Data Model and cannot be encoded)",
    ],
    [() => dagBlock(1, ['x']), 'dagBlock: a CID must be a version, a codec and a hash in base32, got "x"'],
    [() => merkleDag(['x'] as never), 'receive: blocks must be DagBlocks, got "x"'],
    [() => merkleDag().append(1, [cid]), `append: a parent must be a block of this DAG, got "${cid}"`],
    ...[-1, 0.5, NaN].map((h): [() => unknown, string] => [
      () => merkleDag().prune(h),
      `prune: horizon must be a whole number from 0, or Infinity, got ${h}`,
    ]),
  ];
  for (const [run, message] of rules) assert.throws(run, { message });
});

test('bytes that hash to their CID and are no block as this lab writes them are refused by name', () => {
  const parent = CID.parse(dagBlock('a').cid);
  const [low, high] = [parent, CID.parse(dagBlock('b').cid)].sort((x, y) =>
    x.toString() < y.toString() ? -1 : 1,
  );
  const nested = Uint8Array.from([...new Uint8Array(100_000).fill(0x81), 0xf6]);
  const strangers = [
    Uint8Array.of(0xff),
    new Uint8Array(),
    encode(null),
    encode('text'),
    encode([]),
    encode({ data: 1 }),
    encode({ data: 1, parents: [1] }),
    encode({ data: 1, parents: parent }),
    encode({ parents: [] }),
    encode({ data: 1, parents: [], more: 2 }),
    encode({ data: 1, parents: [high, low] }),
    encode({ data: 1, parents: [low, low] }),
    nested,
    encode({ data: 1, parents: [CID.createV1(0x55, parent.multihash)] }),
  ];
  for (const bytes of strangers) {
    assert.throws(() => decodeBlock(bytes, contentId(bytes)), {
      name: 'RangeError',
      message:
        /^decodeBlock: a block must be (dag-cbor of data and parents|data and parents in canonical form)/,
    });
  }
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (bytes, cid) => {
      assert.throws(() => decodeBlock(bytes as Uint8Array, cid as Cid), {
        message: /^decodeBlock: .*, got /,
      });
    }),
    { seed: 6 },
  );
});
