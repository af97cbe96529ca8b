// Whether a formula stays the same under an exchange of its inputs: what algebra says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scalar, type Expression } from '../../src/expressions/index.js';
import { isInvariant } from '../../src/expressions/invariance.js';

const [a, b, h] = [scalar('a'), scalar('b'), scalar('h')];

test('the exchange of a and b', () => {
  const exchange = new Map<Expression, readonly [Expression, 1]>([
    [a, [b, 1]],
    [b, [a, 1]],
  ]);
  const difference = a.sub(b);
  for (const formula of [
    a.mul(b),
    a.add(b),
    difference.square(),
    difference.pow(6),
    difference.cos(),
    difference.abs().pow(1.5),
    a.pow(2).add(b.mul(b)),
    a.pow(3).add(b.mul(b).mul(b)),
    a.square().sub(b.square()).square(),
    a.add(b).pow(5),
    a.div(b).add(b.div(a)),
    a.min(b).mul(h),
    difference.mul(b.sub(a)),
    difference.pow(-2),
    h.exp(),
  ])
    assert.equal(isInvariant(formula, exchange), true, String(formula));
  for (const formula of [
    difference,
    difference.sin(),
    difference.pow(3),
    difference.pow(5),
    difference.pow(-1),
    a.mul(2).sub(b).square(),
    a.square().sub(b.square()),
    a.pow(2).add(b.mul(b).mul(b)),
    a.div(b),
    a.mul(h).add(b),
    a.add(b.mul(3)).abs().pow(1.5),
  ])
    assert.equal(isInvariant(formula, exchange), false, String(formula));
});

test('the sign of a', () => {
  const exchange = new Map<Expression, readonly [Expression, -1]>([[a, [a, -1]]]);
  for (const formula of [
    a.square(),
    a.pow(6),
    a.cos(),
    a.abs(),
    a.tanh().square(),
    a.tanh().mul(a),
    a.pow(-2),
  ])
    assert.equal(isInvariant(formula, exchange), true, String(formula));
  for (const formula of [a, a.pow(3), a.pow(5), a.pow(-1), a.tanh(), a.exp(), a.square().add(a.mul(h))])
    assert.equal(isInvariant(formula, exchange), false, String(formula));
});
