import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { langevin, sample } from '../../src/dynamics/index.js';
import { hamiltonian, interaction } from '../../src/energy/index.js';
import { ring } from '../../src/graph/index.js';
import { defaultSeed, setDefaultSeed } from '../../src/random/index.js';

after(() => setDefaultSeed(0));

test('a run without a seed takes that of the session; a given seed is kept', async () => {
  const sampler = langevin(hamiltonian(ring(6), [interaction()]), { temperature: 1, timeStep: 0.05 });
  const last = async (seed?: number): Promise<Float32Array> =>
    (await sample(sampler, { chains: 2, steps: 5, ...(seed === undefined ? {} : { seed }) })).states.at(-1)!;
  assert.equal(defaultSeed(), 0);
  const zero = await last();
  assert.deepEqual(zero, await last(0));
  setDefaultSeed(7);
  assert.deepEqual(await last(), await last(7));
  assert.notDeepEqual(await last(), zero);
  assert.deepEqual(await last(0), zero);
  assert.throws(() => setDefaultSeed(-1), /seed must be an integer in \[0, 2\^32\) or a string, got -1/);
});
