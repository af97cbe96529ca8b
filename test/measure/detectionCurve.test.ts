// The area under the detection curve: pairs counted one by one, the binormal law, and the coverage of its
// interval.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { detectionCurve } from '../../src/measure/index.js';
import { normals, Purpose, randomKey } from '../../src/randomness/index.js';

const scores = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 2, maxLength: 12 });

test('the area is the share of pairs in the right order, ties half, and that under the curve', () => {
  fc.assert(
    fc.property(scores, scores, (present, absent) => {
      const { area, falseAlarms, detections } = detectionCurve(present, absent);
      const pairs = present.flatMap((a) => absent.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
      assert.ok(
        Math.abs(area.estimate - pairs.reduce((sum: number, p) => sum + p, 0) / pairs.length) < 1e-12,
      );
      let under = 0;
      for (let k = 1; k < falseAlarms.length; k++)
        under += ((falseAlarms[k] - falseAlarms[k - 1]) * (detections[k] + detections[k - 1])) / 2;
      assert.ok(Math.abs(under - area.estimate) < 1e-12);
      assert.deepEqual([falseAlarms[0], detections[0], falseAlarms.at(-1), detections.at(-1)], [0, 0, 1, 1]);
    }),
  );
});

for (const [m, n] of [
  [60, 60],
  [300, 60],
  [60, 300],
]) {
  test(`normal scores a unit apart, ${m} against ${n}: the area is Phi(1 / sqrt 2), 95 % of intervals hold it`, () => {
    const runs = 400;
    const drawn = (run: number, step: number, nodes: number): Float64Array => {
      const draw = { step, purpose: Purpose.initial, nodes, lanes: 1 };
      return normals(new Float64Array(nodes), randomKey('detection', run), draw);
    };
    let inside = 0;
    let sum = 0;
    for (let run = 0; run < runs; run++) {
      const { area } = detectionCurve(
        drawn(run, 0, m).map((x) => x + 1),
        drawn(run, 1, n),
      );
      const [low, high] = area.interval;
      sum += area.estimate;
      inside += Number(low < 0.76025 && 0.76025 < high);
    }
    assert.ok(Math.abs(sum / runs - 0.76025) < (4.5 * 0.044) / Math.sqrt(runs), `${sum / runs}`);
    assert.ok(inside > 0.9 * runs && inside < 0.985 * runs, `${inside} of ${runs}`);
  });
}

test('refusals name the rule and the value', () => {
  assert.throws(
    () => detectionCurve([1], [1, 2]),
    /detectionCurve: needs at least 2 scores of each kind, got 1 and 2/,
  );
  assert.throws(() => detectionCurve([1, NaN], [1, 2]), /detectionCurve: values must be numbers, got NaN/);
  assert.throws(
    () => detectionCurve([1, 2], [1, 2], { level: 1 }),
    /detectionCurve: level must be in \(0, 1\), got 1/,
  );
});
