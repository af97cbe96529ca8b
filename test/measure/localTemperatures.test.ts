// Each node's own thermometer: right in the mean over nodes, covering at its level, narrower as one over the
// root of the window.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { heatBath, sample } from '../../src/dynamics/index.js';
import { bond, hamiltonian } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { smallWorld } from '../../src/graphs/index.js';
import { localTemperatures, spinTemperature } from '../../src/measure/index.js';

before(() => ready());

const ising = hamiltonian(smallWorld(40, 4, 0.1, { seed: 1 }), [bond((a, b) => a.mul(b).sum().neg())]);

test('nodes read the temperature, with intervals that hold it and shrink as the root of the window', async () => {
  const T = 3;
  const widths: number[] = [];
  for (const steps of [400, 6400]) {
    const samples = await sample(heatBath(ising, { temperature: T }), {
      chains: 16,
      burnIn: 200,
      steps,
      every: 10,
      seed: 'thermometers',
    });
    const nodes = localTemperatures(samples, ising);
    const held = nodes.filter(({ interval: [low, high] }) => low <= T && T <= high).length;
    assert.ok(held >= 32, `${held} of 40 intervals hold T`); // 38 expected; neighbours share their records
    assert.ok(new Set(nodes.map(({ estimate }) => estimate)).size > 30, 'each node has its own');
    const betas = nodes.map(({ estimate }) => 1 / estimate);
    assert.ok(
      Math.abs(betas.reduce((sum, beta) => sum + beta, 0) / 40 - 1 / T) < (steps === 400 ? 0.03 : 0.01),
    );
    widths.push(nodes.reduce((sum, { interval: [low, high] }) => sum + 1 / low - 1 / high, 0) / 40);
    const all = spinTemperature(samples, ising);
    assert.ok(all.interval[1] - all.interval[0] < nodes[0].interval[1] - nodes[0].interval[0]);
  }
  const exponent = Math.log(widths[1] / widths[0]) / Math.log(16);
  assert.ok(Math.abs(exponent + 0.5) < 0.1, `${exponent}`);
});

test('refusals name the function', async () => {
  const samples = await sample(heatBath(ising, { temperature: 3 }), { chains: 1, steps: 4, seed: 1 });
  assert.throws(() => localTemperatures(samples, ising), /localTemperatures: needs at least 2 chains/);
  assert.throws(
    () => localTemperatures(samples, ising, { level: 2 }),
    /localTemperatures: level must be in \(0, 1\), got 2/,
  );
});
