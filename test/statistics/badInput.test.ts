// Lists that are no numbers, and options without a rule, are refused by name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binomialInterval, correlation, fitLine, interval, jackknife, mean, spearman, variance } from '../../src/statistics/index.js';

const some = Array.from({ length: 16 }, (_, k) => k);
const strings = some.map(String) as unknown as number[];

test('values are finite numbers', () => {
  assert.throws(() => mean(strings), /mean: values\[0\] must be a number, got "0"/);
  assert.throws(() => variance(strings), /variance: values\[0\] must be a finite number, got "0"/);
  assert.throws(() => mean(7 as never), /mean: values must be a list of numbers, got 7/);
  assert.throws(() => interval(strings), /interval: values\[0\] must be finite, got "0"/);
  assert.throws(() => interval([...some.slice(1), NaN]), /interval: values\[15\] must be finite, got NaN/);
  assert.throws(() => correlation([1, 2, 3], [1, Infinity, 2]), /correlation: values\[1\] must be finite, got Infinity/);
  assert.throws(() => fitLine([1, 2], [NaN, 1]), /fitLine: y\[0\] must be finite, got NaN/);
  assert.throws(() => fitLine([1, 2], [1, 2], [1]), /fitLine: weights must have one value per point \(2\), got 1/);
  assert.throws(() => spearman([1, 2, 3], [1, NaN, 3]), /spearman: values must be numbers, got NaN at 1/);
  assert.throws(() => spearman(['1', 2, 3] as never, [1, 2, 3]), /spearman: values must be numbers, got "1" at 0/);
  assert.throws(() => jackknife(some, 'mean' as never), /jackknife: statistic must be a function, got "mean"/);
  assert.throws(() => jackknife(some, (each) => (each.length < 16 ? NaN : 1)), /jackknife: what the statistic returns must be finite, got NaN/);
  assert.ok(Number.isNaN(mean([])) && Number.isNaN(variance([1])));
});

test('the level of an interval', () => {
  assert.throws(() => interval(some, { lvel: 0.9 } as never), /interval: unknown option "lvel"; did you mean "level"\?/);
  assert.throws(() => binomialInterval(1, 2, { level: '0.9' } as never), /binomialInterval: level must be in \(0, 1\), got "0.9"/);
});
