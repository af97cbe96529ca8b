// A proposal whose log ratio matters: log-normal moves of positive values. H = sum of x_i - b ln x_i at
// temperature T gives x / T the law Gamma(1 + b / T), at every node; without the ratio it would be Gamma(b /
// T), which the test must see.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logNormal, metropolis, type Proposal, sample } from '../../src/dynamics/index.js';
import { hamiltonian, site } from '../../src/energies/index.js';
import { constantField } from '../../src/fields/index.js';
import { ring } from '../../src/graphs/index.js';
import { long, seedOf } from './scale.js';
import { igam, LEVEL, likely, uniformByChance } from './statistics.js';

test('log-normal moves have the Gamma law, and not without the ratio of their densities', async () => {
  const [T, b, chains] = [0.8, 1.2, long(4000, 400)];
  const energy = hamiltonian(ring(4), [site((x) => x.sub(x.log().mul(b)).sum())]);
  const law = async (proposal: Proposal): Promise<number> => {
    const initial = constantField({ sites: 4, chains }, 1);
    const samples = await sample(metropolis(energy, { temperature: T, proposal }), {
      initial,
      steps: 80,
      every: 80,
      seed: seedOf('log-normal'),
    });
    return uniformByChance(samples.states[0].map((x) => igam(1 + b / T, x / T)));
  };
  const proposal = logNormal(1);
  likely('Gamma', await law(proposal));
  const without: Proposal = {
    ...proposal,
    propose(value, draws, out) {
      proposal.propose(value, draws, out);
      return 0;
    },
  };
  assert.ok((await law(without)) < LEVEL, 'a missing ratio passes');
  assert.throws(() => logNormal(0), /logNormal: width must be positive and finite, got 0/);
  const flat = metropolis(energy, { temperature: T, proposal });
  await assert.rejects(
    flat.advance(flat.init(constantField({ sites: 4 }, 0), 1), 1),
    /logNormal: values must be positive, got 0/,
  );
});
