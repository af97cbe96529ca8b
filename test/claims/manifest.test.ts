import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manifest, trajectoryHash } from '../../src/claims/index.js';
import { manifestMime } from '../../src/claims/manifest.js';
import { jupyterDisplay } from '../../src/display/index.js';

const graph = { name: 'ring(3)', hash: 'ab'.repeat(32), nodeCount: 3 };
const samples = { states: [Float32Array.of(1, 2), Float32Array.of(3, 4)], temperature: 1 };

test('the same run has the same manifest; any other seed, graph, trajectory or back end another', () => {
  const facts = { seeds: [1, 'two'], graph, samples, backend: 'wasm', tfjs: '4.22.0' };
  const digest = (change: object) => manifest({ ...facts, ...change }).record.digest;
  assert.deepEqual(manifest(facts).record, manifest(facts).record);
  const digests = [
    {},
    { seeds: [1, 'three'] },
    { graph: [graph, graph] },
    { graph: { ...graph, hash: 'cd'.repeat(32) } },
    { samples: { states: [samples.states[0]!] } },
    { backend: 'cpu' },
    { tfjs: undefined },
  ].map(digest);
  assert.equal(new Set(digests).size, digests.length);
  assert.match(digests[0]!, /^[0-9a-f]{64}$/);
});

test('a manifest names package, versions, seeds and hashes, and nothing that changes by itself', () => {
  const { record } = manifest({ seeds: [7], graph, samples, backend: 'wasm', tfjs: '4.22.0' });
  assert.deepEqual(Object.keys(record), [
    'package',
    'version',
    'node',
    'backend',
    'tfjs',
    'full',
    'seeds',
    'graphs',
    'trajectories',
    'digest',
  ]);
  assert.equal(record.package, 'emtd-lab');
  assert.equal(record.node, process.version);
  assert.deepEqual(record.graphs, [{ name: 'ring(3)', hash: graph.hash }]);
  const bundle = manifest({ seeds: [7], graph, samples })[jupyterDisplay]();
  assert.deepEqual(Object.keys(bundle), [manifestMime, 'text/plain']);
  assert.match(
    String(bundle['text/plain']),
    /emtd-lab .*\nseeds 7\ngraph ring\(3\) abab.*\ntrajectory [0-9a-f]{16}\nrun /,
  );
});

test('a manifest says whether it belongs to a publication run', () => {
  const before = process.env.FULL;
  const of = (full: string) => {
    process.env.FULL = full;
    return manifest({ seeds: [7], graph, samples });
  };
  const [quick, full] = ['0', '1'].map(of);
  process.env.FULL = before ?? '';
  assert.deepEqual([quick!.record.full, full!.record.full], [false, true]);
  assert.notEqual(quick!.record.digest, full!.record.digest);
  assert.match(full!.toString(), /\npublication run, seeds 7\n/);
});

test('a trajectory hash is SHA-256 of the states as they lie in memory', () => {
  assert.equal(
    trajectoryHash({ states: [] }),
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
  const whole = trajectoryHash({ states: [Float32Array.of(1, 2, 3, 4)] });
  assert.equal(trajectoryHash(samples), whole);
  assert.equal(trajectoryHash({ states: [Float32Array.of(0, 1, 2, 3, 4).subarray(1)] }), whole);
  assert.notEqual(trajectoryHash({ states: [Float32Array.of(1, 2, 4, 3)] }), whole);
});

test('a run without a seed has no manifest', () => {
  assert.throws(() => manifest({ seeds: [] }), /manifest: needs at least one seed/);
});

test('what a manifest is given has rules', () => {
  assert.throws(
    () => manifest({ seed: 1 } as never),
    /manifest: unknown option "seed"; did you mean "seeds"\?/,
  );
  assert.throws(
    () => manifest({ seeds: [NaN] }),
    /manifest: seeds\[0\] must be an integer in \[0, 2\^32\) or a string, got NaN/,
  );
});
