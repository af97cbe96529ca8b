import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineWithBand, type LineWithBand } from '../../src/figures/lineWithBand.js';
import { overSeeds, studentQuantile975 } from '../../src/figures/overSeeds.js';

const figure = (change: Partial<LineWithBand> = {}): LineWithBand => ({
  name: 'zero-mode',
  x: { title: 'time <i>t</i>', unit: '1/J' },
  y: { title: 'variance' },
  series: [{ label: 'langevin', x: [1, 2, 3], y: [2, 4, 6], lower: [1, 3, 5], upper: [3, 5, 7] }],
  theory: [{ label: 'theory', y: (t) => 2 * t }],
  ...change,
});

test('Student quantiles agree with the printed table', () => {
  // Abramowitz & Stegun, table 26.10, column 0.975
  const table = [[1, 12.706], [2, 4.303], [3, 3.182], [4, 2.776], [5, 2.571], [15, 2.131], [63, 1.998]];
  for (const [degrees, quantile] of table) {
    assert.ok(Math.abs(studentQuantile975(degrees) / quantile - 1) < 2e-3, `${degrees}`);
  }
});

test('the interval over seeds is the mean and t s / sqrt(n)', () => {
  const { mean, lower, upper } = overSeeds([[1, 10], [2, 10], [3, 10]]);
  assert.deepEqual([...mean], [2, 10]);
  assert.ok(Math.abs(upper[0] - (2 + 4.3027 / Math.sqrt(3))) < 1e-3);
  assert.ok(Math.abs(lower[0] - (2 - 4.3027 / Math.sqrt(3))) < 1e-3);
  assert.equal(upper[1], 10);
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

test('points carry error bars', () => {
  const series = [{ label: 'runs', x: [1, 2], runs: [[1, 2], [3, 4]], marks: 'points' as const }];
  const [trace] = lineWithBand(figure({ series, theory: [] })).data;
  const half = 12.7062 * Math.SQRT2 / Math.SQRT2;
  const bars = trace.error_y as { array: number[] };
  assert.ok(Math.abs(bars.array[0] - half) < 1e-3);
});

test('bad input is a named error', () => {
  const bad: [Partial<LineWithBand>, RegExp][] = [
    [{ series: [] }, /lineWithBand 'zero-mode': needs at least one series/],
    [{ series: [{ label: 'a', x: [], y: [] }] }, /series 'a' x is empty/],
    [{ series: [{ label: 'a', x: [1, 2], y: [1] }] }, /series 'a' has 2 x and 1 values/],
    [{ series: [{ label: 'a', x: [1], y: [NaN] }] }, /mean must be finite, got NaN at index 0/],
    [{ series: [{ label: 'a', x: [1], y: [1], lower: [0], upper: [NaN] }] }, /upper end must be finite, got NaN/],
    [{ series: [{ label: 'a', x: [1], y: [1], lower: [0] }] }, /only one end of its interval/],
    [{ series: [{ label: 'a', x: [1], y: [1], lower: [2], upper: [3] }] }, /\[2, 3\] misses its mean 1/],
    [{ series: [{ label: 'a', x: [1], runs: [[1]] }] }, /at least 2 runs, got 1/],
    [{ series: [{ label: 'a', x: [1, 2], runs: [[1, 2], [1]] }] }, /run 1 has 1/],
    [{ x: { title: 't', log: true }, series: [{ label: 'a', x: [0], y: [1] }] }, /positive on a log axis, got 0/],
    [{ name: 'Zero mode' }, /name must be lower-case words joined by '-', got 'Zero mode'/],
    [{ theory: [{ label: 'th', y: () => NaN }] }, /theory 'th' y must be finite, got NaN/],
  ];
  for (const [change, message] of bad) assert.throws(() => lineWithBand(figure(change)), message);
});
