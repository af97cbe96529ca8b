// Calibration: perfect predictions show the error that is noise, and a known bias shows as itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calibration } from '../../src/measure/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';

const drawn = (n: number, bias: (p: number) => number, name: string): [number[], boolean[]] => {
  const random = uniformGenerator(name);
  const predicted = Array.from({ length: n }, () => random());
  return [predicted, predicted.map((p) => random() < bias(p))];
};

test('perfect predictions: the error is the noise, over repetitions to its standard error', () => {
  const runs = 200;
  const all = Array.from({ length: runs }, (_, k) => calibration(...drawn(2000, (p) => p, `perfect ${k}`)));
  const differences = all.map(({ error, noise }) => error - noise);
  const mean = differences.reduce((sum, x) => sum + x, 0) / runs;
  const error = Math.sqrt(differences.reduce((sum, x) => sum + (x - mean) ** 2, 0) / runs / (runs - 1));
  assert.ok(Math.abs(mean) < 4.5 * error + 2e-4, `${mean} +- ${error}`);
});

test('predictions that are half as likely as said are off by a quarter in the mean', () => {
  const { error, bins } = calibration(...drawn(200_000, (p) => p / 2, 'half'));
  assert.ok(Math.abs(error - 0.25) < 0.005, `${error}`);
  assert.equal(bins.length, 10);
  bins.forEach(
    ({
      predicted,
      observed: {
        interval: [low, high],
      },
    }) => assert.ok(low - 0.01 < predicted / 2 && predicted / 2 < high + 0.01),
  );
});

test('refusals name the rule and the value', () => {
  assert.throws(() => calibration([], []), /calibration: needs one event per prediction, got 0 for 0/);
  assert.throws(() => calibration([0.5], []), /calibration: needs one event per prediction, got 0 for 1/);
  assert.throws(
    () => calibration([1.5], [true]),
    /calibration: predicted\[0\] must be in \[0, 1\], got 1\.5/,
  );
  assert.throws(() => calibration([0.5], [true], { bins: 0 }), /calibration: bins must be .* got 0/);
});
