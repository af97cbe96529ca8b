// The one check of options: what is unknown, missing or of the wrong kind is named.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkOptions, needed, type Rules } from '../../src/numerics/options.js';
import { aNumber, integer, levelOf, oneOf, openFraction, positive } from '../../src/numerics/rules.js';

interface Options {
  readonly temperature: number;
  readonly steps?: number;
  readonly order?: 'random' | 'sequential';
}

const rules: Rules<Options> = {
  temperature: needed(positive),
  steps: integer(1),
  order: oneOf('random', 'sequential'),
};
const check = (options: unknown): void => checkOptions('run', options as Options, rules);

test('options that keep their rules pass, and undefined is left out', () => {
  check({ temperature: 1 });
  check({ temperature: 1, steps: undefined, order: 'random' });
});

test('each error names the function, the option and the value', () => {
  const refusals: [options: unknown, message: string][] = [
    [{ temprature: 1 }, 'run: unknown option "temprature"; did you mean "temperature"?'],
    [{ temperature: 1, zeal: 2 }, 'run: unknown option "zeal"; known: temperature, steps, order'],
    [{ steps: 1 }, 'run: temperature is missing'],
    [{ temperature: '0.02' }, 'run: temperature must be positive and finite, got "0.02"'],
    [{ temperature: 1, steps: 1.5 }, 'run: steps must be an integer in [1, 2147483647], got 1.5'],
    [
      { temperature: 1, order: 'sequental' },
      'run: order must be one of random, sequential, got "sequental"; did you mean "sequential"?',
    ],
    [3, 'run: options must be an object with temperature, steps, order, got 3'],
    [undefined, 'run: options must be an object with temperature, steps, order, got undefined'],
  ];
  for (const [options, message] of refusals) assert.throws(() => check(options), { message });
});

test('a level is above 0 and below 1, 0.95 by default', () => {
  assert.equal(levelOf('interval', {}), 0.95);
  assert.equal(levelOf('interval', { level: 0.5 }), 0.5);
  for (const level of [0, 1, NaN, '0.5'])
    assert.throws(
      () => levelOf('interval', { level: level as never }),
      /^RangeError: interval: level must be in \(0, 1\), got /,
    );
  assert.throws(
    () => levelOf('interval', { levels: 0.5 } as never),
    /unknown option "levels"; did you mean "level"/,
  );
  assert.throws(() => openFraction('f', 'x', true as never), /f: x must be in \(0, 1\), got true/);
  assert.throws(() => aNumber('f', 'x', NaN as never), /f: x must be a number, got NaN/);
});
