import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enumerateIsing, kaufmanIsing } from '../../src/exact/index.js';
import { torus } from '../../src/graphs/index.js';

const critical = 2 / Math.log(1 + Math.SQRT2);

test("Kaufman's products give the enumerated energies and free energies of small tori", () => {
  for (const [rows, columns] of [
    [3, 3],
    [3, 5],
    [5, 3],
    [4, 4],
  ]) {
    for (const temperature of [0.5, 1.5, critical, 2.5, 7]) {
      const exact = enumerateIsing(torus(rows, columns), { temperature });
      const { meanEnergy, freeEnergy, heatCapacity } = kaufmanIsing(rows, columns, { temperature });
      assert.ok(
        Math.abs(meanEnergy - exact.meanEnergy) < 1e-9 * Math.abs(exact.meanEnergy),
        `${rows} x ${columns}, T = ${temperature}: ${meanEnergy}, ${exact.meanEnergy}`,
      );
      assert.ok(Math.abs(freeEnergy - exact.freeEnergy) < 1e-10 * Math.abs(exact.freeEnergy));
      assert.ok(
        Math.abs(heatCapacity - exact.heatCapacity) < 1e-10 * (1 + exact.heatCapacity),
        `${rows} x ${columns}, T = ${temperature}: ${heatCapacity}, ${exact.heatCapacity}`,
      );
    }
  }
  const scaled = kaufmanIsing(3, 4, { temperature: 4, J: 2 });
  assert.ok(Math.abs(scaled.meanEnergy - 2 * kaufmanIsing(3, 4, { temperature: 2 }).meanEnergy) < 1e-9);
});

test("large tori go to Onsager's energy -sqrt 2 a site at the critical point, as 1 / L", () => {
  const perSite = (L: number): number => kaufmanIsing(L, L, { temperature: critical }).meanEnergy / L ** 2;
  const slopes = [64, 128, 256].map((L) => (perSite(L) + Math.SQRT2) * L);
  for (const slope of slopes) assert.ok(Math.abs(slope - slopes[2]) < 1e-3, `${slopes.join(', ')}`);
  assert.ok(slopes[2] < 0 && slopes[2] > -1);
  assert.throws(() => kaufmanIsing(2, 4, { temperature: 1 }), /kaufmanIsing: rows must be/);
  assert.throws(() => kaufmanIsing(4, 4, { temperature: 0 }), /kaufmanIsing: temperature must be positive/);
});

test('tori at any low temperature: two ordered states and nothing else', () => {
  for (const temperature of [0.1, 0.01, 2.5e-3, 1e-3, 1e-6, 1e-300]) {
    const { meanEnergy, freeEnergy, heatCapacityPerNode } = kaufmanIsing(5, 8, { temperature });
    assert.ok(Math.abs(heatCapacityPerNode) < 1e-15 * (1 + 1 / temperature) ** 2 + 1e-15);
    assert.ok(Math.abs(meanEnergy + 80) < 1e-11, `T = ${temperature}: ${meanEnergy}`);
    assert.ok(
      Math.abs(freeEnergy + 80 + temperature * Math.LN2) < 1e-11,
      `T = ${temperature}: ${freeEnergy}`,
    );
  }
});
