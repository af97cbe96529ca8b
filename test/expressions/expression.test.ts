import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  compile,
  constant,
  latex,
  operations,
  scalar,
  tape,
  vector,
  type Expression,
} from '../../src/expressions/index.js';

const x = vector('x');
const value = (f: Expression, values: number[]): number => {
  const out = new Float64Array(1);
  compile([f], [[x]], values.length)(out, 0, Float64Array.from(values), 0);
  return out[0];
};
const close = (actual: number, expected: number): void =>
  assert.ok(
    Math.abs(actual - expected) <= 1e-12 * Math.max(1, Math.abs(expected)),
    `${actual} against ${expected}`,
  );

test('values in float64', () => {
  close(value(x.squaredNorm(), [3, 4]), 25);
  close(value(x.norm(), [3, 4]), 5);
  close(value(x.dot(1), [3, 4]), 7);
  close(value(x.logSumExp(), [0, 0, 0, 0]), Math.log(4));
  close(value(x.logSumExp(), [1000, 1000]), 1000 + Math.log(2));
  close(value(x.softmax().component(0), [1000, 1000]), 0.5);
  close(value(x.softmax().entropy(), [0, 0, 0]), Math.log(3));
  close(value(x.xlogx().sum(), [0, 1, Math.E]), Math.E);
  close(value(x.component(1).less(x.component(0)), [2, 1]), 1);
  close(value(x.component(0).pow(-1.5), [4]), 1 / 8);
});

test('identities are folded as the graph is built', () => {
  assert.equal(x.add(0), x);
  assert.equal(x.mul(1), x);
  assert.deepEqual([x.mul(0).op, x.mul(0).shape, x.mul(0).value], ['constant', 'vector', 0]);
  assert.equal(x.neg().neg(), x);
  assert.equal(constant(2).mul(3).value, 6);
  assert.equal(scalar('J').pow(0).value, 1);
});

test('what is folded keeps its components', () => {
  close(value(x.pow(0).sum(), [3, 4]), 2);
  close(value(x.mul(0).add(1).sum(), [3, 4, 5]), 3);
  close(value(x.mul(0).logSumExp(), [3, 4]), Math.log(2));
  close(value(x.mul(0).softmax().entropy(), [3, 4]), Math.log(2));
  close(value(x.mul(0).exp().mul(2).neg().square().sum(), [3, 4]), 8);
  close(value(x.mul(0).add(x.component(0)).sum(), [3, 4]), 6);
  close(value(x.pow(0).mul(x.component(1)).sum(), [3, 4]), 8);
  close(value(x.mul(0).component(1).add(x.pow(0).component(0)), [3, 4]), 1);
  close(value(x.mul(0).add(2).squaredNorm(), [3, 4]), 8);
});

test('equal subexpressions share a place on the tape', () => {
  const y = vector('y');
  const difference = () => x.sub(y);
  const { instructions } = tape([difference().square().sum().add(difference().sum())]);
  assert.equal(instructions.filter(({ op }) => op === operations.sub).length, 1);
});

test('LaTeX reads as the formula is written', () => {
  const [a, b, J] = [vector('a'), vector('b'), scalar('J')];
  const names = new Map([
    [a, 'x_i'],
    [b, 'x_j'],
    [J, 'J_{ij}'],
  ]);
  assert.equal(latex(a.sub(b).squaredNorm().mul(J), names), 'J_{ij} \\, \\lVert x_i - x_j \\rVert^{2}');
  assert.equal(latex(a.dot(b).neg(), names), '-x_i \\cdot x_j');
  assert.equal(
    latex(a.squaredNorm().sub(1).square(), names),
    '\\left(\\lVert x_i \\rVert^{2} - 1\\right)^{2}',
  );
  assert.equal(latex(a.norm().div(J.add(1)), names), '\\frac{\\lVert x_i \\rVert}{J_{ij} + 1}');
  assert.equal(latex(a.component(0).cos(), names), '\\cos\\left(x_i^{(0)}\\right)');
});

test('what cannot be evaluated is named', () => {
  assert.throws(() => compile([scalar('K')], [[x]], 1), /compile: unknown symbol "K"/);
  assert.throws(
    () => compile([x.component(2)], [[x]], 2),
    /component: index 2 is beyond the field's 2 components/,
  );
  assert.throws(() => x.component(-1), /component: index must be an integer >= 0, got -1/);
  assert.throws(() => scalar('J').component(0), /component: needs a vector, got the scalar J/);
  assert.throws(() => x.pow(NaN), /pow: exponent must be a finite number, got NaN/);
});

test('what is no number and no expression is refused where it is written', () => {
  const wrong = (value: unknown) => value as never;
  const named = (call: () => unknown, message: RegExp): void => assert.throws(call, message);
  named(() => x.add(NaN), /^RangeError: add: a constant must be finite, got NaN/);
  named(() => x.mul(Infinity), /^RangeError: mul: a constant must be finite, got Infinity/);
  named(() => x.dot(NaN), /^RangeError: mul: a constant must be finite, got NaN/);
  named(() => x.mul(wrong('2')), /^TypeError: mul: needs numbers and expressions, got "2"/);
  named(() => x.mul(wrong([1, 2])), /^TypeError: mul: needs numbers and expressions, got a list of 2/);
  named(() => x.add(wrong(undefined)), /^TypeError: add: needs numbers and expressions, got undefined/);
  named(() => wrong(x.less(wrong(null))), /^TypeError: less: needs numbers and expressions, got null/);
  named(() => x.div(0), /^RangeError: div: the divisor must not be 0/);
});

test('an expression is no number to JavaScript, and still a text', () => {
  const rule = /^TypeError: an expression is not a number; write x\.mul\(2\) for x \* 2/;
  const y = x as unknown as number;
  for (const use of [() => y * 2, () => y + 1, () => -y, () => Math.sin(y), () => y < 1, () => `${y + y}`])
    assert.throws(use, rule);
  assert.equal(String(x.mul(2)), 'x \\, 2');
  assert.equal(`${x}`, 'x');
  assert.equal([x, x].join(), 'x,x');
});
