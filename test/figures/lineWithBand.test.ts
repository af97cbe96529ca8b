import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineWithBand, type LineWithBandOptions } from '../../src/figures/plots/lineWithBand.js';

const figure = (change: Partial<LineWithBandOptions> = {}): LineWithBandOptions => ({
  name: 'zero-mode',
  x: { title: 'time <i>t</i>', unit: '1/J' },
  y: { title: 'variance' },
  series: [{ label: 'langevin', x: [1, 2, 3], y: [2, 4, 6], lower: [1, 3, 5], upper: [3, 5, 7] }],
  theory: [{ label: 'theory', y: (t) => 2 * t }],
  ...change,
});

test('the band over seeds is the mean and t s / sqrt(n)', () => {
  const runs = Array.from({ length: 16 }, (_, seed) => [seed, 10]);
  const [lower, upper, mean] = lineWithBand(
    figure({ series: [{ label: 'a', x: [0, 1], runs }], theory: [] }),
  ).data;
  // t(0.975, 15) = 2.1314 (Abramowitz & Stegun, table 26.10); s^2 of 0..15 is 68/3
  const half = 2.1314 * Math.sqrt(68 / 3 / 16);
  assert.deepEqual(mean.y, [7.5, 10]);
  assert.ok(Math.abs((lower.y as number[])[0] - (7.5 - half)) < 1e-3);
  assert.ok(Math.abs((upper.y as number[])[0] - (7.5 + half)) < 1e-3);
  assert.deepEqual([(lower.y as number[])[1], (upper.y as number[])[1]], [10, 10]);
});

test('a series becomes a mean and a band, theory a dashed black line over the same range', () => {
  const { data, layout } = lineWithBand(figure());
  const roles = data.map(({ meta }) => meta?.role);
  assert.deepEqual(roles, ['lower', 'upper', 'value', 'theory']);
  assert.deepEqual(data[1].y, [3, 5, 7]);
  assert.deepEqual(data[3].x?.at(-1), 3);
  assert.deepEqual(data[3].y?.at(-1), 6);
  assert.equal((data[3].line as { color: string }).color, 'black');
  assert.equal((layout.xaxis as { title: { text: string } }).title.text, 'time <i>t</i> (1/J)');
});

test('points carry error bars, from measurements as checks take them', () => {
  const measured = [
    { estimate: 2, interval: [1, 4] as const },
    { estimate: 3, interval: [2.5, 3.25] as const },
  ];
  const [trace] = lineWithBand(
    figure({ series: [{ label: 'm', x: [1, 2], measured, marks: 'points' }] }),
  ).data;
  const { array, arrayminus } = trace.error_y as { array: number[]; arrayminus: number[] };
  assert.deepEqual(
    [trace.y, array, arrayminus],
    [
      [2, 3],
      [2, 0.25],
      [1, 0.5],
    ],
  );
});

test('bad input is a named error', () => {
  const bad: [Partial<LineWithBandOptions>, RegExp][] = [
    [{ series: [] }, /lineWithBand 'zero-mode': needs at least one series/],
    [{ series: [{ label: 'a', x: [], y: [] }] }, /series 'a' x is empty/],
    [{ series: [{ label: 'a', x: [1], runs: [] }] }, /series 'a' mean is empty/],
    [{ series: [{ label: 'a', x: [1, 2], y: [1] }] }, /series 'a' has 2 x and 1 values/],
    [{ series: [{ label: 'a', x: [1], y: [NaN] }] }, /mean must be finite, got NaN at index 0/],
    [
      { series: [{ label: 'a', x: [1], y: [1], lower: [0], upper: [NaN] }] },
      /upper end must be finite, got NaN/,
    ],
    [{ series: [{ label: 'a', x: [1], y: [1], lower: [0] }] }, /only one end of its interval/],
    [{ series: [{ label: 'a', x: [1], y: [1], lower: [2], upper: [3] }] }, /\[2, 3\] misses its mean 1/],
    [{ series: [{ label: 'a', x: [1], runs: [[1]] }] }, /at least 16 seeds, got 1/],
    [
      { series: [{ label: 'a', x: [1, 2], runs: [[1, 2], [1]] }] },
      /series 'a': run 0 has 2 values, run 1 has 1/,
    ],
    [
      { x: { title: 't', log: true }, series: [{ label: 'a', x: [0], y: [1] }] },
      /positive on a log axis, got 0/,
    ],
    [{ name: 'Zero mode' }, /name must be lower-case words joined by '-', got "Zero mode"/],
    [{ theory: [{ label: 'th', y: () => NaN }] }, /theory 'th' y must be finite, got NaN/],
  ];
  for (const [change, message] of bad) assert.throws(() => lineWithBand(figure(change)), message);
});
