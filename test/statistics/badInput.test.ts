// Lists that are no numbers, and options without a rule, are refused by name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  binomialInterval,
  correlation,
  fitLine,
  interval,
  jackknife,
  mean,
  spearman,
  variance,
} from '../../src/statistics/index.js';

const some = Array.from({ length: 16 }, (_, k) => k);
const strings = some.map(String) as unknown as number[];

test('values are finite numbers', () => {
  assert.throws(() => mean(strings), /mean: values\[0\] must be a number, got "0"/);
  assert.throws(() => variance(strings), /variance: values\[0\] must be a number/);
  assert.throws(() => mean(7 as never), /mean: values must be a list, got 7/);
  assert.throws(() => interval(strings), /interval: values\[0\] must be finite, got "0"/);
  assert.throws(() => interval([...some.slice(1), NaN]), /interval: values\[15\] must be finite, got NaN/);
  assert.throws(
    () => correlation([1, 2, 3], [1, Infinity, 2]),
    /correlation: values\[1\] must be finite, got Infinity/,
  );
  assert.throws(() => fitLine([1, 2], [NaN, 1]), /fitLine: y\[0\] must be finite, got NaN/);
  assert.throws(
    () => fitLine([1, 2], [1, 2], [1]),
    /fitLine: weights must have one value per point \(2\), got 1/,
  );
  assert.throws(() => spearman([1, 2, 3], [1, NaN, 3]), /spearman: values must be numbers, got NaN at 1/);
  assert.throws(
    () => spearman(['1', 2, 3] as never, [1, 2, 3]),
    /spearman: values must be numbers, got "1" at 0/,
  );
  assert.throws(
    () => jackknife(some, 'mean' as never),
    /jackknife: statistic must be a function, got "mean"/,
  );
  assert.throws(
    () => jackknife(some, (each) => (each.length < 16 ? NaN : 1)),
    /jackknife: what the statistic returns must be finite, got NaN/,
  );
  assert.throws(() => mean([]), /^RangeError: mean: needs at least 1 value, got 0/);
  assert.throws(
    () => mean([Infinity, -Infinity]),
    /^RangeError: mean: values must not be infinite with both signs/,
  );
  assert.equal(mean([1, Infinity]), Infinity);
  assert.throws(() => variance([1]), /^RangeError: variance: needs at least 2 values, got 1/);
});

test('a correlation needs lists that vary', () => {
  assert.throws(
    () => correlation([1, 2, 3], [4, 4, 4]),
    /^RangeError: correlation: values must vary, got 3 equal ones in the second list/,
  );
  assert.throws(
    () => correlation([0.1, 0.1], [1, 2]),
    /^RangeError: correlation: values must vary, got 2 equal ones in the first list/,
  );
  assert.throws(() => correlation([], []), /^RangeError: correlation: needs at least 2 pairs, got 0/);
  assert.throws(() => spearman([5, 5, 5, 5], [1, 2, 3, 4]), /^RangeError: spearman: values must vary/);
  assert.throws(() => spearman([1, 2], [1, 2]), /^RangeError: spearman: needs at least 3 pairs, got 2/);
});

test('a length that is a lie is refused at once', { timeout: 5000 }, () => {
  for (const of of [mean, variance]) {
    assert.throws(
      () => of({ length: 1e10 }),
      new RegExp(`^TypeError: ${of.name}: values must be a list, got an object`),
    );
    assert.throws(
      () => of(new Array(2 ** 31)),
      new RegExp(`^RangeError: ${of.name}: values\\[0\\] must be a number, got undefined`),
    );
  }
});

test('the level of an interval', () => {
  assert.throws(
    () => interval(some, { lvel: 0.9 } as never),
    /interval: unknown option "lvel"; did you mean "level"\?/,
  );
  assert.throws(
    () => binomialInterval(1, 2, { level: '0.9' } as never),
    /binomialInterval: level must be in \(0, 1\), got "0.9"/,
  );
});

test('null, as JSON writes NaN, is no zero', () => {
  const values = JSON.parse(JSON.stringify([1, NaN, 3])) as number[];
  assert.throws(() => mean(values), /mean: values\[1\] must be a number, got null/);
  assert.throws(() => variance(values), /variance: values\[1\] must be a number, got null/);
});
