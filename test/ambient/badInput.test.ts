// The ambient room: what is unknown, missing or out of range is refused by name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  after,
  birthDeathWalk,
  contactProcess,
  fadingSpins,
  finality,
  honest,
  leaver,
  majorityReplacement,
  participation,
  presence,
  pushSum,
  relax,
  localRates,
  society,
  splitNode,
  stanceField,
  thief,
  strangers,
} from '../../src/ambient/index.js';
import { ring } from '../../src/graphs/index.js';

test('a state of fading spins holds 1, -1 and 0', () => {
  const kernel = fadingSpins(ring(3), { temperature: 1, decay: 0.1 });
  assert.throws(
    () => after(kernel, Int8Array.of(5, 5, 5), { steps: 1, seed: 1 }),
    /fadingSpins: a state must be 1, -1 or 0, got 5 on node 0/,
  );
});

test('options have rules', async () => {
  const air = presence(ring(4), { decay: 0.1, release: 0.1 });
  assert.throws(() => presence(ring(4), { decay: 0.1 } as never), /presence: release is missing/);
  assert.throws(
    () => presence(ring(4), { decay: 0.1, release: 0.1, state: 2 } as never),
    /presence: unknown option "state"; did you mean "states"\?/,
  );
  await assert.rejects(
    relax(air, new Float64Array(5), { time: 1, timestep: 0.1 } as never),
    /relax: unknown option "timestep"; did you mean "timeStep"\?/,
  );
  await assert.rejects(contactProcess(ring(4), { copying: 1 } as never), /contactProcess: time is missing/);
  assert.throws(
    () => pushSum(ring(3), { repeat: 1 } as never),
    /pushSum: unknown option "repeat"; did you mean "repeated"\?/,
  );
  assert.throws(
    () => after((x: number) => x, 1, { step: 3 } as never),
    /iterate: unknown option "step"; did you mean "steps"\?/,
  );
  assert.throws(() => honest({ rates: 1 } as never), /honest: unknown option "rates"; did you mean "rate"\?/);
  assert.throws(() => thief({ fraction: '1' } as never), /thief: fraction must be in \[0, 1\], got "1"/);
  assert.throws(
    () => leaver({ leaves: 2, returns: 1 }),
    /leaver: returns must not be before leaves = 2, got 1/,
  );
  assert.throws(
    () => majorityReplacement(undefined as never),
    /majorityReplacement: options must be an object with beta, got undefined/,
  );
  assert.throws(
    () => splitNode(ring(4), 0, { identities: 2, by: 'votes' as never }),
    /splitNode: by must be one of voices, bandwidth, got "votes"/,
  );
  assert.throws(
    () => society(ring(4), { strategies: [], tau: 1, decay: 1, release: 1, timestep: 1 } as never),
    /unknown option "timestep"/,
  );
  assert.throws(() => localRates(ring(4), [], {} as never), /localRates: span is missing/);
  assert.throws(
    () => stanceField(ring(3), { activity: [1, 1, 1], stance: [1, NaN, 1] }),
    /stanceField: stance\[1\] must be finite, got NaN/,
  );
});

test('what is no graph, no chain, no energy, or too large', () => {
  assert.throws(() => participation(3 as never, []), /participation: graph must be a graph/);
  assert.throws(
    () => participation(ring(3), [], 'plane' as never),
    /participation: rule must be one of plain, distinct, got "plane"/,
  );
  assert.throws(() => strangers(undefined as never, { held: [] }), /strangers: graph must be a graph/);
  assert.throws(
    () => birthDeathWalk([] as never, { start: 0, time: 1 }),
    /birthDeathWalk: chain must have rise and fall, got a list of 0/,
  );
  assert.throws(
    () => finality(ring(3) as never, [1, 1, 1], 0, { temperature: 1, time: 1 }),
    /finality: energy must be a hamiltonian, got an object \(Graph\)/,
  );
  assert.throws(
    () => splitNode(ring(4), 0, { identities: 2 ** 30, by: 'voices' }),
    /splitNode: a graph has at most 2\^30 - 1 edges/,
  );
});
