// Wrong calls of energies and terms: each is refused, by the name of the function, the rule and the value.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bond,
  checkTerm,
  computationalCost,
  couplingLaw,
  custom,
  entropicPenalty,
  flow,
  globalSum,
  hamiltonian,
  interaction,
  labelDistance,
  site,
  star,
  trustConfinement,
  trustPhase,
} from '../../src/energies/index.js';
import { ring } from '../../src/graphs/index.js';

const wrong = (value: unknown) => value as never;
const term = bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J: 1 });

test('hamiltonian names forgotten brackets, what is no graph and what is no term', () => {
  assert.throws(
    () => hamiltonian(ring(5), wrong(term)),
    /^TypeError: hamiltonian: terms must be a list, as in hamiltonian\(graph, \[term\]\), got an object/,
  );
  assert.throws(
    () => hamiltonian(wrong([term]), wrong(ring(5))),
    /hamiltonian: graph must be a graph, such as ring\(10\), got a list of 1/,
  );
  assert.throws(
    () => hamiltonian(ring(5), [term, wrong(() => 0)]),
    /hamiltonian: terms\[1\] must be a term, such as bond\(\.\.\.\), got a function/,
  );
});

test('a parameter that is taken must be declared', () => {
  const makers = {
    bond: () => bond((a, b, J) => a.sub(b).squaredNorm().mul(J)),
    site: () => site((x, h) => x.squaredNorm().mul(h)),
    star: () =>
      star((x, neighbours, K) =>
        neighbours
          .sum((y) => x.sub(y))
          .squaredNorm()
          .mul(K),
      ),
    globalSum: () => globalSum((nodes, J) => nodes.sum((x) => x.sum()).mul(J)),
    flow: () => flow((a, _b, rate) => a.mul(rate)),
  };
  for (const [kind, make] of Object.entries(makers)) {
    assert.throws(
      make,
      (error: Error) =>
        error instanceof TypeError &&
        error.message.startsWith(`${kind}: the function takes 1 parameters, declared are none; `),
    );
  }
  assert.throws(
    () => bond((a, b, J, K) => a.dot(b).mul(J).mul(K), { J: 1 }),
    /takes 2 parameters, declared are J; declare each, as in bond\(\(a, b, J\) => \.\.\., \{ J: 1 \}\)/,
  );
  assert.throws(
    () => site((x) => x.sum(), wrong(0.5)),
    /site: parameters must be an object of values by name, got 0\.5/,
  );
  assert.throws(
    () => hamiltonian(ring(5), [term.with({ J: wrong('1') })]),
    /bond: parameter J must be a number, or a list with one per edge, got "1"/,
  );
  assert.throws(
    () => hamiltonian(ring(5), [term.with({ J: wrong(undefined) })]),
    /bond: parameter J must be a number.*got undefined/,
  );
});

test('terms and models refuse options that they do not have', () => {
  const calls: [call: () => unknown, message: RegExp][] = [
    [
      () => bond((a, b) => a.dot(b), {}, wrong({ lowerbound: 0 })),
      /bond: unknown option "lowerbound"; did you mean "lowerBound"/,
    ],
    [() => custom((x) => x.sum([0, 1]), wrong({ tex: 'x' })), /custom: unknown option "tex"/],
    [() => interaction(wrong({ j: 2 })), /interaction: unknown option "j"; did you mean "J"/],
    [() => interaction({ J: wrong('2') }), /interaction: J must be finite and not negative, got "2"/],
    [() => trustPhase('xy', wrong({ K: 2 })), /trustPhase: unknown option "K"/],
    [
      () => trustConfinement(wrong({ kapa: 2 })),
      /trustConfinement: unknown option "kapa"; did you mean "kappa"/,
    ],
    [() => couplingLaw('welsch', wrong({ width: 2 })), /couplingLaw: unknown option "width"/],
    [
      () => entropicPenalty('plain', wrong({ lamda: 2 })),
      /entropicPenalty: unknown option "lamda"; did you mean "lambda"/,
    ],
    [() => computationalCost('messages', wrong({ price: 2 })), /computationalCost: unknown option "price"/],
    [() => labelDistance([[0]], wrong({ j: 1 })), /labelDistance: unknown option "j"/],
    [
      () => checkTerm(term, wrong({ component: 1 })),
      /checkTerm: unknown option "component"; did you mean "components"/,
    ],
    [() => checkTerm(term, { graph: wrong('ring') }), /checkTerm: graph must be a graph/],
    [
      () => hamiltonian(ring(5), [term]).source('wasm', wrong({ chain: 1 })),
      /source: unknown option "chain"/,
    ],
  ];
  for (const [call, message] of calls) assert.throws(call, message);
});

test('a local change is one of a node that there is', () => {
  const energy = hamiltonian(ring(5), [term]);
  const state = new Float64Array(5);
  assert.throws(() => energy.localChange(state, 99, [1]), {
    message: 'localChange: node must be an integer in [0, 4], got 99',
  });
  assert.throws(
    () => energy.localChange(state, 1, [1, 2]),
    /localChange: value must be a list of 1, one number per component, got a list of 2/,
  );
  assert.equal(energy.localChange(state, 1, [1]), 2);
});
