// Controls and live figures name an option that they do not have, where it was ignored before.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { bond, hamiltonian } from '../../src/energies/index.js';
import { ring } from '../../src/graphs/index.js';
import { ready } from '../../src/tensors/index.js';
import { button, checkbox, dropdown, interact, live, slider, text } from '../../src/widgets/index.js';

before(() => ready());

const wrong = (value: unknown) => value as never;
const energy = hamiltonian(ring(5), [bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J: 1 })]);

test('controls refuse unknown and missing options', () => {
  const calls: [call: () => unknown, message: RegExp][] = [
    [() => slider(wrong({ min: 0, max: 1, default: 0.5 })), /slider: unknown option "default"/],
    [() => slider(wrong({ min: 0 })), /slider: max is missing/],
    [() => slider(wrong({ min: '0', max: 1 })), /slider: min must be finite, got "0"/],
    [() => dropdown(wrong({ choices: ['a'] })), /dropdown: unknown option "choices"/],
    [() => checkbox(wrong({ checked: true })), /checkbox: unknown option "checked"/],
    [() => text(wrong({ placehoder: '' })), /text: unknown option "placehoder"; did you mean "placeholder"/],
    [
      () => button(wrong({ label: 'a', onclick: () => {} })),
      /button: unknown option "onclick"; did you mean "onClick"/,
    ],
    [
      () =>
        interact(
          wrong({}),
          wrong(() => 0),
        ),
      /interact: the first argument must be a function, got an object/,
    ],
    [() => interact(() => 0, wrong(undefined)), /interact: controls must be an object, got undefined/],
  ];
  for (const [call, message] of calls) assert.throws(call, message);
});

test('live refuses unknown and missing options, and what is no energy', () => {
  const calls: [call: () => unknown, message: RegExp][] = [
    [
      () => live(energy, wrong({ temperature: 1, timestep: 0.01 })),
      /live: unknown option "timestep"; did you mean "timeStep"/,
    ],
    [() => live(energy, wrong({ timeStep: 0.01 })), /live: temperature is missing/],
    [() => live(energy, { temperature: 1, timeStep: 0.01, seed: -1 }), /live: seed must be an integer in/],
    [
      () => live(energy, { temperature: 1, timeStep: wrong('0.01') }),
      /live: timeStep must be positive and finite, got "0.01"/,
    ],
    [() => live(wrong({ a: ring(5) }), { temperature: 1, timeStep: 0.01 }), /live: energy must be an energy/],
  ];
  for (const [call, message] of calls) assert.throws(call, message);
});
