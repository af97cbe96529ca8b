// Parameters of exact laws: what is unknown, missing or of another type is refused by name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  betheIsing,
  boltzmannLaw,
  curieWeiss,
  enumerateIsing,
  groundState,
  isingEnergies,
  isingState,
  langevinCovariance,
  latticeFront,
  meanFirstPassageTime,
  meanRampWork,
  ringIsing,
  screenedPoisson,
  totalVariationDistance,
  totalVariationFloor,
  transitionMatrix,
} from '../../src/exact/index.js';
import { ring } from '../../src/graphs/index.js';
import { Matrix } from 'ml-matrix';

test('options that do not exist are not ignored', () => {
  assert.throws(
    () => groundState(ring(5), { couplings: [-1, -1, -1, -1, -1] } as never),
    /groundState: unknown option "couplings"; known: field/,
  );
  assert.throws(
    () => enumerateIsing(ring(5), { temperature: 1, J: -1 } as never),
    /enumerateIsing: unknown option "J"; known: temperature, field, couplings/,
  );
  assert.throws(
    () => curieWeiss({ temprature: 1 } as never),
    /curieWeiss: unknown option "temprature"; did you mean "temperature"\?/,
  );
  assert.throws(
    () => latticeFront({ growth: 1, diffusion: 1, time: 2 } as never),
    /latticeFront: unknown option "time"/,
  );
});

test('missing and mistyped parameters are named', () => {
  assert.throws(() => betheIsing(4, {} as never), /betheIsing: temperature is missing/);
  assert.throws(
    () => ringIsing(9, undefined as never),
    /ringIsing: options must be an object with temperature, J, field, got undefined/,
  );
  assert.throws(
    () => ringIsing(9, { temperature: '1' } as never),
    /ringIsing: temperature must be positive and finite, got "1"/,
  );
  assert.throws(
    () => screenedPoisson(ring(4), { decay: 1, source: [0, NaN, 0, 0] }),
    /screenedPoisson: source\[1\] must be finite, got NaN/,
  );
  assert.throws(
    () => langevinCovariance(Matrix.eye(2), { temperature: 1, method: 'euler' as never }),
    /method must be one of euler-maruyama, leimk.*, got "euler"/,
  );
  assert.throws(
    () =>
      transitionMatrix({
        nodes: 1,
        values: [-1, 1],
        energy: () => 0,
        temperature: 1,
        rule: 'heatbath' as never,
      }),
    /transitionMatrix: rule must be one of metropolis, glauber, heat bath, got "heatbath"; did you mean "heat bath"\?/,
  );
});

test('laws are laws, and graphs are graphs', () => {
  assert.throws(
    () => totalVariationDistance([5, 5], [1, 1]),
    /totalVariationDistance: probabilities must sum to 1, got 10/,
  );
  assert.throws(
    () => totalVariationDistance([NaN, 1], [0.5, 0.5]),
    /probabilities\[0\] must be finite, got NaN/,
  );
  assert.throws(
    () => isingEnergies(4 as never),
    /isingEnergies: graph must be a graph, such as ring\(10\), got 4/,
  );
  const ramp = { temperature: 1, from: 1, to: 2, jumps: 1, duration: 0 };
  assert.throws(() => meanRampWork(ramp as never, ramp), /meanRampWork: graph must be a graph/);
});

test('energies of a law are numbers, at least one of them finite', () => {
  assert.throws(
    () => boltzmannLaw([1, NaN], 1),
    /^RangeError: boltzmannLaw: energies\[1\] must be a number above -Infinity, got NaN/,
  );
  assert.throws(
    () => boltzmannLaw(['0', '1'] as never, 1),
    /boltzmannLaw: energies\[0\] must be a number above -Infinity, got "0"/,
  );
  assert.throws(() => boltzmannLaw([0, -Infinity], 1), /energies\[1\] .* got -Infinity/);
  for (const none of [[], [Infinity]])
    assert.throws(() => boltzmannLaw(none, 1), /boltzmannLaw: needs at least 1 finite energy/);
  assert.deepEqual([...boltzmannLaw([3, Infinity, 3], 1).probabilities], [0.5, 0, 0.5]);
});

test('the number of a state is that of spins', () => {
  assert.throws(() => isingState(-1 as never), /^TypeError: isingState: spins must be a list, got -1/);
  assert.throws(() => isingState([1, 0.5]), /^RangeError: isingState: spins\[1\] must be \+1 or -1, got 0.5/);
  assert.throws(() => isingState([0, 1]), /isingState: spins\[0\] must be/);
  assert.throws(() => isingState([]), /isingState: needs at least 1 spin/);
});

test('values differ, a potential is a number, a floor is that of a law', () => {
  const rule = { energy: () => 0, temperature: 1, rule: 'metropolis' } as const;
  assert.throws(
    () => transitionMatrix({ nodes: 2, values: [1, 1], ...rule }),
    /^RangeError: transitionMatrix: values must differ, got 1, 1/,
  );
  const passage = { temperature: 1, from: 0, to: 1, wall: -5 };
  assert.throws(
    () => meanFirstPassageTime({ potential: Math.sqrt, ...passage }),
    /^RangeError: meanFirstPassageTime: the potential must be a number/,
  );
  assert.throws(
    () => totalVariationFloor([5, 5], 10),
    /^RangeError: totalVariationFloor: probabilities must sum to 1, got 10/,
  );
});
