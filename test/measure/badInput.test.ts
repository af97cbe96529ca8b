// Measurements refuse NaN, what is no list of numbers, and an energy of another graph, instead of an answer
// that is NaN or wrong.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bond, hamiltonian } from '../../src/energies/index.js';
import { totalVariationDistance } from '../../src/exact/index.js';
import { ring } from '../../src/graphs/index.js';
import {
  autocorrelationTime,
  binderCumulant,
  energyOf,
  heatCapacity,
  jarzynski,
  reweight,
  splitBrain,
  susceptibility,
} from '../../src/measure/index.js';
import { fitLine, interval, mean } from '../../src/statistics/index.js';

const wrong = (value: unknown) => value as never;
const sixteen = (last: number): number[][] =>
  Array.from({ length: 16 }, (_, c) => [c, c === 15 ? last : c + 1]);

test('NaN is refused by name', () => {
  const calls: [call: () => unknown, message: RegExp][] = [
    [() => mean([1, NaN, 3]), /^RangeError: mean: values\[1\] must be a number, got NaN/],
    [() => mean(wrong(['1', '2'])), /mean: values\[0\] must be a number, got "1"/],
    [
      () => interval(Array.from({ length: 16 }, (_, k) => (k === 3 ? NaN : k))),
      /interval: values\[3\] must be finite, got NaN/,
    ],
    [
      () => heatCapacity(sixteen(NaN), { nodes: 2, temperature: 1 }),
      /heatCapacity: chain 15\[1\] must be finite, got NaN/,
    ],
    [() => fitLine([1, 2], [1, NaN]), /fitLine: y\[1\] must be finite, got NaN/],
    [() => fitLine([1, 2], [1, 2], [1, NaN]), /fitLine: weights\[1\] must be finite, got NaN/],
    [
      () => reweight(sixteen(NaN), { energies: sixteen(1), from: 1, to: 1.1 }),
      /reweight: values of chain 15\[1\] must be a number, got NaN/,
    ],
    [
      () => reweight(sixteen(1), { energies: sixteen(NaN), from: 1, to: 1.1 }),
      /reweight: chain 15\[1\] must be finite, got NaN/,
    ],
  ];
  for (const [call, message] of calls) assert.throws(call, message);
});

test('laws that are none have no distance', () => {
  assert.throws(
    () => totalVariationDistance([5, 5], [1, 1]),
    /totalVariationDistance: probabilities must sum to 1, got 10/,
  );
  assert.throws(
    () => totalVariationDistance([1, 0], [2, -1]),
    /totalVariationDistance: probabilities must not be negative, got -1/,
  );
  assert.equal(totalVariationDistance([1, 0], [0.75, 0.25]), 0.25);
});

test('the energy of another graph does not measure a state', () => {
  const energy = hamiltonian(ring(4), [bond((a, b) => a.sub(b).squaredNorm())]);
  assert.throws(
    () => energyOf(energy)(new Float64Array(8), 1),
    /energyOf: the energy is of 4 nodes, got a state of 8/,
  );
  assert.equal(energyOf(energy)(new Float64Array(8), 2), 0);
  assert.throws(
    () => energyOf(wrong(ring(4))),
    /energyOf: energy must be an energy, got an object \(Graph\)/,
  );
});

test('options that nobody reads are refused', () => {
  const calls: [call: () => unknown, message: RegExp][] = [
    [() => susceptibility(sixteen(1), wrong({ nodes: 2, T: 1 })), /susceptibility: unknown option "T"/],
    [() => heatCapacity(sixteen(1), wrong({ nodes: 2 })), /heatCapacity: temperature is missing/],
    [
      () => binderCumulant(sixteen(1), wrong({ levels: 0.9 })),
      /binderCumulant: unknown option "levels"; did you mean "level"/,
    ],
    [() => jarzynski([1, 2], 1, wrong(0.9)), /jarzynski: options must be an object with level, got 0\.9/],
    [() => interval([], wrong({ confidence: 0.9 })), /interval: unknown option "confidence"/],
    [() => splitBrain(wrong('ring'), []), /splitBrain: graph must be a graph/],
    [() => splitBrain(ring(4), [1, 1, NaN, 1]), /splitBrain: state\[2\] must be finite, got NaN/],
    [() => autocorrelationTime([1, 2]), /autocorrelationTime: a chain needs at least 8 records, got 2/],
  ];
  for (const [call, message] of calls) assert.throws(call, message);
});
