// Amplitude, angle and the phase order parameter.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { constantField, fieldFrom, normalField, randomAngles } from '../../src/fields/initial.js';
import { amplitude, angle, phaseField, phaseOrder } from '../../src/fields/phase.js';

const shapes = fc.record({
  sites: fc.integer({ min: 1, max: 6 }),
  numbers: fc.integer({ min: 1, max: 3 }),
  chains: fc.integer({ min: 1, max: 4 }),
});

test('amplitude and angle of known numbers', () => {
  const field = fieldFrom([[3, 4, 0, -2]], { codomain: 'complex' });
  assert.deepEqual([...amplitude(field).values], [5, 2]);
  assert.deepEqual([...angle(field).values], [Math.atan2(4, 3), -Math.PI / 2].map(Math.fround));
  assert.equal(angle(field).codomain, 'angle');
  assert.throws(() => amplitude(fieldFrom([1])), /amplitude: field must be complex, got real/);
});

test('a e^{i theta} of amplitude and angle is the field again', () => {
  fc.assert(
    fc.property(shapes, ({ sites, numbers, chains }) => {
      const field = normalField({ sites, components: 2 * numbers, chains, seed: 8, codomain: 'complex' });
      const again = phaseField(angle(field), amplitude(field));
      assert.deepEqual([again.codomain, again.components], ['complex', 2 * numbers]);
      again.values.forEach((x, i) => assert.ok(Math.abs(x - field.values[i]) < 2e-6));
    }),
  );
});

test('order parameter: 1 in agreement, 0 for roots of unity, |cos| of half a split', () => {
  const agree = phaseOrder(constantField({ sites: 7, chains: 2, codomain: 'angle' }, 0.3));
  for (const r of agree.order) assert.ok(Math.abs(r - 1) < 1e-14);
  for (const psi of agree.meanAngle) assert.ok(Math.abs(psi - 0.3) < 1e-7);
  const roots = fieldFrom(
    [0, 1, 2, 3, 4].map((k) => (2 * Math.PI * k) / 5),
    { codomain: 'angle' },
  );
  assert.ok(phaseOrder(roots).order[0] < 1e-6);
  const split = fieldFrom([0.2, 1.2], { codomain: 'angle' });
  assert.ok(Math.abs(phaseOrder(split).order[0] - Math.cos(0.5)) < 1e-7);
  assert.ok(Math.abs(phaseOrder(split).meanAngle[0] - 0.7) < 1e-7);
});

test('order parameter of a complex field weighs no amplitude, and a vanishing phase adds nothing', () => {
  const angles = randomAngles({ sites: 20, chains: 3, seed: 4 });
  const sizes = normalField({ sites: 20, chains: 3, seed: 4 });
  const positive = sizes.with(sizes.values.map((x) => 0.1 + Math.abs(x)));
  const [a, b] = [phaseOrder(angles), phaseOrder(phaseField(angles, positive))];
  a.order.forEach((r, c) => assert.ok(Math.abs(r - b.order[c]) < 1e-6));
  const third = fieldFrom(
    [
      [0, 1],
      [0, 0],
      [0, 0],
    ],
    { codomain: 'complex' },
  );
  assert.ok(Math.abs(phaseOrder(third).order[0] - 1 / 3) < 1e-15);
  assert.equal(phaseOrder(third).meanAngle[0], Math.PI / 2);
});

test('independent phases: N <r^2> = 1', () => {
  const chains = 2000;
  const { order } = phaseOrder(randomAngles({ sites: 30, chains, seed: 12 }));
  const mean = order.reduce((sum, r) => sum + (30 * r * r) / chains, 0);
  assert.ok(Math.abs(mean - 1) < 4.5 / Math.sqrt(chains), `N <r^2> = ${mean}`); // N r^2 is nearly exponential
});
