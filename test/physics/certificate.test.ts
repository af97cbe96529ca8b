// How often the certificate is wrong, on a seed of its own each time (printed; EMTD_SEED repeats it): at full
// length 200 runs of every rehearsal of `emtd certify`, of correct runs at most 5 % flagged, of every planted
// bug at least 95 % rejected. Its design flags 1 % at most, so that more than 10 of 200 come about by chance
// once in 10^5. The fast subset, which leaves the bugs to test/cli/certify.test.ts, is correct runs only, at
// most 4 of 24.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { fieldRehearsals, spinRehearsals } from '../../src/cli/plantedBugs.js';
import { ready } from '../../src/tensors/index.js';
import { certify } from '../../src/measure/index.js';
import { full, long } from './scale.js';

before(() => ready());

const seed = process.env['EMTD_SEED'] ?? (full ? new Date().toISOString() : 'correct runs');
const runs = long(200, 24);

for (const [system, rehearsals] of Object.entries({ field: fieldRehearsals(), spins: spinRehearsals() })) {
  for (const { name, expected, energy, draw } of rehearsals.filter(
    ({ name }) => full || name === 'correct',
  )) {
    test(`${system}, ${name}: ${expected}, of ${runs} runs`, async (context) => {
      const drawn = await draw(runs, `${seed}, ${system}, ${name}`, () => {});
      const flagged = drawn.map((samples) => certify(samples, energy)).filter(({ passed }) => !passed);
      context.diagnostic(`${flagged.length} of ${runs} flagged, seed ${seed}`);
      const why = `${flagged.length} of ${runs} flagged, seed ${seed}: ${flagged[0]?.findings.join('; ')}`;
      if (expected === 'pass') assert.ok(flagged.length <= long(0.05 * runs, 4), why);
      else assert.ok(flagged.length >= 0.95 * runs, why);
    });
  }
}
