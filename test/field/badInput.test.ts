// Fields refuse what their declaration does not have.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  constantField, dirichletBeliefs, Field, fieldFrom, normalField, randomAngles, randomLabels, randomSpins, uniformBeliefs,
} from '../../src/field/index.js';

const wrong = (value: unknown) => value as never;

test('a field names an unknown codomain, support, gauge or option', () => {
  const calls: [call: () => unknown, message: RegExp][] = [
    [() => fieldFrom([1, -1], { codomain: wrong('spins') }), /fieldFrom: declaration.codomain must be one of angle, .*, got "spins"; did you mean "spin"/],
    [() => new Field(new Float32Array(2), { sites: 2, support: wrong('nodes') }), /Field: support must be one of node, edge, got "nodes"/],
    [() => new Field(new Float32Array(2), { sites: 2, gauge: wrong('fixed') }), /Field: gauge must be 'free', 'centred' or \{ pinned: nodes \}, got "fixed"/],
    [() => new Field(new Float32Array(2), wrong({ sites: 2, chain: 1 })), /Field: unknown option "chain"; did you mean "chains"/],
    [() => normalField(wrong({ sites: 2, seed: 1, std: 2 })), /normalField: unknown option "std"/],
    [() => normalField(wrong({ sites: 2 })), /normalField: seed is missing/],
    [() => randomSpins(wrong({ sites: 2, seed: 1, component: 2 })), /randomSpins: unknown option "component"; did you mean "components"/],
    [() => randomAngles(wrong({ seed: 1 })), /randomAngles: sites is missing/],
    [() => randomLabels(wrong({ sites: 2, seed: 1 })), /randomLabels: states is missing/],
    [() => constantField(wrong({ nodes: 2 }), 1), /constantField: unknown option "nodes"/],
    [() => uniformBeliefs(wrong({ sites: 2 })), /uniformBeliefs: components is missing/],
    [() => dirichletBeliefs({ sites: 2, components: 2, seed: 1, concentration: 0 }), /dirichletBeliefs: concentration must be positive and finite, got 0/],
  ];
  for (const [call, message] of calls) assert.throws(call, message);
});
