import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { gaussianFreeField } from '../../src/exact/index.js';
import { smallWorld } from '../../src/graphs/index.js';
import {
  angleOrder,
  disagreement,
  energyOf,
  magnetisation,
  majorityFraction,
  observe,
  ofComponent,
  orderParameter,
  overlap,
} from '../../src/measure/index.js';
import { exactField, gaussianEnergy } from './gaussianField.js';

const near = (actual: number, expected: number, tolerance = 1e-9): void =>
  assert.ok(
    Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${actual}, expected ${expected}`,
  );
const values = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 3, maxLength: 12 });

test('observables of small states', () => {
  near(disagreement(Float64Array.of(0, 2), 1), 1);
  near(disagreement(Float64Array.of(0, 0, 2, 4), 2), 1 + 4);
  near(magnetisation(Float64Array.of(1, 1, -1, 1), 1), 0.5);
  near(orderParameter(Float64Array.of(3, 0, 3, 8), 2), 5);
  near(angleOrder(Float64Array.of(0, Math.PI), 1), 0);
  near(angleOrder(Float64Array.of(0, Math.PI / 2), 1), Math.SQRT1_2);
  near(majorityFraction(Float64Array.of(2, 0, 2, 1), 1), 0.5);
  near(majorityFraction(Float64Array.of(0, 1, 1, 0, 0, 1), 2), 2 / 3);
  near(ofComponent(1, magnetisation)(Float64Array.of(3, 0, 3, 8), 2), 4);
  for (const none of [9, 2, -1, 0.5]) {
    assert.throws(
      () => ofComponent(none, magnetisation)(Float64Array.of(3, 0, 3, 8), 2),
      /^RangeError: ofComponent: component must be an integer in/,
    );
  }
  for (const observable of [disagreement, orderParameter, majorityFraction, angleOrder]) {
    for (const [state, components] of [
      [[], 1],
      [[1, 2], 0],
      [[1, 2, 3], 2],
      [[1, 2], -1],
      [[1, 2], NaN],
    ] as const) {
      assert.throws(
        () => observable(Float64Array.from(state), components),
        /^RangeError: \w+: (the state must|components must)/,
      );
    }
  }
  assert.throws(() => magnetisation(new Float64Array(0), 1), /^RangeError: magnetisation: the state must/);
  assert.throws(() => overlap([1, NaN]), /^RangeError: overlap: pattern\[1\] must be finite, got NaN/);
});

test('gauges: disagreement ignores a shift, the order parameter a reflection, angle order 2 pi and a rotation', () => {
  fc.assert(
    fc.property(values, fc.double({ min: -9, max: 9, noNaN: true }), fc.nat(), (list, shift, pick) => {
      const state = Float64Array.from(list);
      near(
        disagreement(
          state.map((x) => x + shift),
          1,
        ),
        disagreement(state, 1),
        1e-8,
      );
      near(
        orderParameter(
          state.map((x) => -x),
          1,
        ),
        orderParameter(state, 1),
      );
      near(
        angleOrder(
          state.map((x) => x + shift),
          1,
        ),
        angleOrder(state, 1),
      );
      near(
        angleOrder(state.with(pick % state.length, state[pick % state.length] + 2 * Math.PI), 1),
        angleOrder(state, 1),
      );
    }),
  );
});

test('observe: one series a chain, of that chain alone', () => {
  const graph = smallWorld(8, 4, 0.3, { seed: 1 });
  const samples = exactField(graph, { chains: 3, records: 5, seed: 1 });
  const series = observe(samples, magnetisation);
  assert.deepEqual([series.length, series[0].length], [3, 5]);
  const column = Array.from({ length: 8 }, (_, i) => samples.states[4][i * 3 + 2]);
  near(series[2][4], column.reduce((sum, x) => sum + x, 0) / 8);
});

test('energy and disagreement of the exact field have their closed forms', () => {
  const graph = smallWorld(10, 4, 0.3, { seed: 1 });
  const exact = gaussianFreeField(graph, { temperature: 2, J: 1 / 2, components: 2 });
  const samples = exactField(graph, {
    temperature: 2,
    components: 2,
    chains: 400,
    records: 2,
    spacing: 5,
    seed: 2,
  });
  for (const [observable, expected] of [
    [energyOf(gaussianEnergy(graph)), exact.meanEnergy],
    [disagreement, exact.disagreement],
  ] as const) {
    const all = observe(samples, observable).flatMap((chain) => [...chain]);
    const mean = all.reduce((sum, x) => sum + x, 0) / all.length;
    const error = Math.sqrt(all.reduce((sum, x) => sum + (x - mean) ** 2, 0) / all.length ** 2);
    assert.ok(Math.abs(mean - expected) < 4 * error, `${mean} +- ${error}, exact ${expected}`);
    assert.ok(error < 0.02 * expected);
  }
});
