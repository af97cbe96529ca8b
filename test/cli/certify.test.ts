// `emtd certify` on a handful of runs: what it prints, and that every planted bug of the real samplers is
// found.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { main } from '../../src/cli/main.js';

async function printed(context: TestContext, args: string[]): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  context.mock.method(console, 'log', (line = '') => lines.push(String(line)));
  const code = await main(['certify', ...args]);
  return { code, text: lines.join('\n') };
}

test('rates as JSON: all bugs rejected, correct runs passed', async (context) => {
  const { code, text } = await printed(context, ['--runs', '3', '--json']);
  const rates = JSON.parse(text) as {
    name: string;
    expected: string;
    runs: number;
    flagged: number;
    interval: number[];
    example: string;
  }[];
  assert.equal(rates.length, 13);
  assert.equal(code, 0);
  for (const { name, expected, flagged, runs } of rates) {
    assert.equal(flagged, expected === 'pass' ? 0 : runs, name);
  }
  const said = (name: string): string => rates.find((rate) => rate.name.startsWith(name))!.example;
  assert.match(said('energy gap'), /energy differences off by a factor 2/);
  assert.match(said('noise'), /noise off by sqrt 2/);
  assert.match(said('Euler-Maruyama'), /off by a factor 1\.\d/);
  assert.match(said('burn-in'), /a burn-in was left in/);
});

test('wrong calls', async (context) => {
  const errors: string[] = [];
  context.mock.method(console, 'error', (line: string) => errors.push(line));
  assert.equal(await main(['certify', '--runs', 'many']), 2);
  assert.equal(await main(['certify', '--fast']), 2);
  assert.match(
    errors[0],
    /emtd certify: --runs must be a whole number, 1 or more, got "many"; emtd certify --help/,
  );
});
