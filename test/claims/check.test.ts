import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Measurements, check, exactly, formatMeasurement } from '../../src/claims/index.js';
import { checkMime } from '../../src/claims/checkClaim.js';
import { jupyterDisplay } from '../../src/display/index.js';

const near = (estimate: number, half: number) => ({
  estimate,
  interval: [estimate - half, estimate + half] as const,
});
const error = (quantities: Measurements, pattern: RegExp, id = 'EMTD-1.7') =>
  assert.throws(() => check(id, quantities), pattern);
const good = {
  equipartition: near(1, 0.004),
  pairVariance: near(0.999, 0.005),
  freeEnergy: near(0.002, 0.003),
};

test('all evidence inside its support region supports the claim', () => {
  assert.equal(check('EMTD-1.7', good).verdict, 'supported');
});

test('one number inside a refuting region refutes it, whatever the others say', () => {
  assert.equal(check('EMTD-1.7', { ...good, equipartition: near(2, 0.01) }).verdict, 'refuted');
  assert.equal(check('EMTD-1.7', { equipartition: near(0.5, 0.01) }).verdict, 'refuted');
});

test('an interval that leaves its region decides nothing', () => {
  assert.equal(check('EMTD-1.7', { ...good, equipartition: near(1, 0.05) }).verdict, 'open');
  assert.equal(check('EMTD-1.7', { ...good, equipartition: near(0.93, 0.005) }).verdict, 'open');
  assert.equal(check('EMTD-1.7', { ...good, equipartition: near(0.89, 0.02) }).verdict, 'open');
});

test('support takes every declared quantity', () => {
  const { freeEnergy: _, ...two } = good;
  assert.equal(check('EMTD-1.7', two).verdict, 'open');
  assert.deepEqual(check('EMTD-1.7', two).missing, ['freeEnergy']);
  assert.equal(check('EMTD-1.7').verdict, 'open');
});

test('an unmet or missing control leaves a measured row open and is named', () => {
  const hash = { hashRankCorrelation: near(0, 0.05), hashDistance: near(128, 0.4) };
  const diff = { merkleDiffRankCorrelation: near(0.99, 0.002) };
  assert.equal(check('EMTD-A.3', { ...hash, ...diff }).verdict, 'refuted');
  assert.equal(check('EMTD-A.3', hash).verdict, 'open');
  const unmet = check('EMTD-A.3', { ...hash, ...diff, hashDistance: near(120, 0.4) });
  assert.equal(unmet.verdict, 'open');
  assert.deepEqual(unmet.unmet, ['hashDistance']);
});

test('other kinds keep their word, and their controls are still checked', () => {
  assert.equal(check('EMTD-1.14').verdict, 'not testable');
  assert.equal(check('EMTD-1.15').verdict, 'theorem');
  const bad = check('EMTD-1.1', { components: exactly(2) });
  assert.equal(bad.verdict, 'definition');
  assert.deepEqual(bad.unmet, ['components']);
});

test('bad input is named', () => {
  error({}, /^Error: check: no finding and no row of the earlier form has the id "EMTD-9\.9"/, 'EMTD-9.9');
  error(
    { heat: exactly(1) },
    /EMTD-1\.7 has no quantity "heat"; it declares equipartition, pairVariance, freeEnergy/,
  );
  error({ toString: exactly(1) }, /has no quantity "toString"/);
  error({ lambda: exactly(1) }, /EMTD-1\.14 has no quantity "lambda"; it declares none/, 'EMTD-1.14');
  error(
    { equipartition: 1.01 as never },
    /EMTD-1\.7 equipartition: must be \{ estimate, interval: \[low, high\] \}, got 1\.01/,
  );
  error(
    { equipartition: { estimate: NaN, interval: [NaN, NaN] } },
    /EMTD-1\.7 equipartition: estimate and interval must be finite, got NaN/,
  );
  error({ equipartition: { estimate: 1, interval: [0.9, NaN] } }, /must be finite/);
  error({ equipartition: { estimate: 1, interval: [-Infinity, 1] } }, /must be finite/);
  error(
    { equipartition: { estimate: 1, interval: [1.1, 0.9] } },
    /interval must be ordered, got \[1\.1, 0\.9\]/,
  );
  error({ equipartition: { estimate: 2, interval: [0.9, 1.1] } }, /must contain the estimate, got 2 outside/);
});

test('a check shows itself: record, HTML and text with claim, quote, numbers, regions and verdict', () => {
  const bundle = check('EMTD-1.7', good)[jupyterDisplay]();
  assert.deepEqual(Object.keys(bundle), [checkMime, 'text/html', 'text/plain']);
  const record = JSON.parse(JSON.stringify(bundle[checkMime]));
  assert.equal(record.id, 'EMTD-1.7');
  assert.equal(record.verdict, 'supported');
  assert.deepEqual(record.quantities.equipartition, { ...near(1, 0.004), says: 'yes' });
  for (const text of [String(bundle['text/html']), String(bundle['text/plain'])]) {
    for (const part of [
      'supported',
      'J_{ij}',
      'equipartition',
      '1 ± 0.004',
      '[0.96, 1.04]',
      'pairVariance',
    ]) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
  }
  assert.equal(formatMeasurement({ estimate: 0, interval: [0, 0.094] }), '0 [0, 0.094]'); // Wilson's
  const html = String(check('EMTD-3.22')[jupyterDisplay]()['text/html']);
  assert.ok(html.includes('total_energy_change &lt; 1e-4') && !html.includes('< 1e-4'));
});
