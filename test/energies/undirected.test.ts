// An undirected edge has no first end: a bond that tells its ends apart is refused, unless an oriented
// parameter says that it may.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bond,
  type BondEnergy,
  checkTerm,
  flow,
  hamiltonian,
  oriented,
  type Parameters,
} from '../../src/energies/index.js';
import { ring } from '../../src/graphs/index.js';

const make = (energy: BondEnergy, parameters?: Parameters) =>
  hamiltonian(ring(4), [bond(energy, parameters)]);
const twist = { A: oriented([1, 2, 3, 4]) };

test('a bond that differs from its two ends is refused by name, and checkTerm says the same', () => {
  const wrong: Readonly<Record<string, [BondEnergy, Parameters?]>> = {
    difference: [(a, b) => a.sub(b).sum()],
    'one end only': [(a) => a.squaredNorm()],
    'a weight on one end': [(a, b, J) => a.sub(b.mul(2)).squaredNorm().mul(J), { J: 1 }],
    'two components': [(a, b) => a.component(0).mul(b.component(1))],
    'a third component': [(a, b) => a.component(2).sub(b.component(2)).add(a.dot(b))],
    'a gauge that is not oriented': [(a, b, A) => a.sub(b).sub(A).cos().sum(), { A: 0.5 }],
  };
  for (const [name, [energy, parameters]] of Object.entries(wrong)) {
    assert.throws(
      () => make(energy, parameters),
      /^TypeError: hamiltonian: the bond "bond" must be the same from both ends of an edge, got f\(a, b\) = .* and f\(b, a\) = /,
      name,
    );
    const { failures } = checkTerm(bond(energy, parameters), { components: 3 });
    assert.ok(failures.includes('edge direction'), name);
  }
});

test('bonds that are symmetric in a form of their own, oriented bonds and flows stay', () => {
  make((a, b) => a.sub(b).exp().add(b.sub(a).exp()).sum());
  make((a, b) => a.max(b).sub(a.min(b)).sum());
  make((a, b) =>
    a
      .component(0)
      .mul(b.component(1))
      .sub(a.component(1).mul(b.component(0)))
      .square(),
  );
  make((a, b) =>
    a
      .div(a.add(b))
      .sum()
      .add(b.div(a.add(b)).sum()),
  ); // symmetric in value, whatever its form
  make((a, b) => a.sub(b).abs().sqrt().add(a.square().sub(b.square()).abs()).sum());
  make((a, b, A) => a.sub(b).sub(A).cos().sum().neg(), twist);
  make((a, _b, A) => a.sum().mul(A), twist);
  hamiltonian(ring(4), [flow((a, b) => a.sub(b))]);
  hamiltonian(ring(4), [bond((a, b) => a.dot(b))]).with({});
});
