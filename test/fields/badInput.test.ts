// Fields refuse what their declaration does not have.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  beliefsFrom,
  constantField,
  dirichletBeliefs,
  Field,
  fieldFrom,
  normalField,
  randomAngles,
  randomLabels,
  randomSpins,
  squaredDistance,
  uniformBeliefs,
} from '../../src/fields/index.js';

const wrong = (value: unknown) => value as never;

test('a field names an unknown codomain, support, gauge or option', () => {
  const calls: [call: () => unknown, message: RegExp][] = [
    [
      () => fieldFrom([1, -1], { codomain: wrong('spins') }),
      /Field: codomain must be one of real, .*, got "spins"; did you mean "spin"/,
    ],
    [
      () => new Field(new Float32Array(2), { sites: 2, support: wrong('nodes') }),
      /Field: support must be one of node, edge, got "nodes"/,
    ],
    [
      () => new Field(new Float32Array(2), { sites: 2, gauge: wrong('fixed') }),
      /Field: gauge must be 'free', 'centred' or \{ pinned: nodes \}, got "fixed"/,
    ],
    [
      () => new Field(new Float32Array(2), wrong({ sites: 2, chain: 1 })),
      /Field: unknown option "chain"; did you mean "chains"/,
    ],
    [() => normalField(wrong({ sites: 2, seed: 1, std: 2 })), /normalField: unknown option "std"/],
    [() => normalField(wrong({ sites: 2 })), /normalField: seed is missing/],
    [
      () => randomSpins(wrong({ sites: 2, seed: 1, component: 2 })),
      /randomSpins: unknown option "component"; did you mean "components"/,
    ],
    [() => randomAngles(wrong({ seed: 1 })), /randomAngles: sites is missing/],
    [() => randomLabels(wrong({ sites: 2, seed: 1 })), /randomLabels: states is missing/],
    [() => constantField(wrong({ nodes: 2 }), 1), /constantField: unknown option "nodes"/],
    [() => uniformBeliefs(wrong({ sites: 2 })), /uniformBeliefs: components is missing/],
    [
      () => dirichletBeliefs({ sites: 2, components: 2, seed: 1, concentration: 0 }),
      /dirichletBeliefs: concentration must be positive and finite, got 0/,
    ],
  ];
  for (const [call, message] of calls) assert.throws(call, message);
});

test('beliefs of a site add up to 1, and a distance is between points of one space', () => {
  assert.throws(
    () =>
      beliefsFrom([
        [0.5, 0.5],
        [0.5, 0.9],
      ]),
    /^RangeError: beliefsFrom: probabilities of site 1 must add up to 1, got 1.39/,
  );
  assert.throws(
    () =>
      beliefsFrom([
        [
          [0.5, 0.9],
          [0.5, 0.3],
        ],
      ]),
    /beliefsFrom: probabilities of site 0 must add up to 1/,
  );
  beliefsFrom([
    [
      [0.5, 0.9],
      [0.5, 0.1],
    ],
    [
      [1 / 3, 2 / 3],
      [2 / 3, 1 / 3],
    ],
  ]);
  assert.throws(
    () => squaredDistance([1, 2, 3], [1, 2]),
    /^RangeError: squaredDistance: x and y must be of one length, got 3 and 2/,
  );
});
