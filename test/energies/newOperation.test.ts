// An operation that is defined in one file (test/codegen/newOperation.ts) is at home in energies, on every
// engine.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { langevin, sample } from '../../src/dynamics/index.js';
import { bond, checkTerm, hamiltonian } from '../../src/energies/index.js';
import { tf } from '../../src/tensors/index.js';
import { ring } from '../../src/graphs/index.js';
import { onEachBackend, relativeError } from '../tensors/backends.js';
import '../codegen/newOperation.js';

const J = 0.3;
const make = () => bond((a, b, j) => a.sub(b).sinh().square().sum().mul(j), { J });
const graph = ring(7, 2);
const x = Float32Array.from({ length: 7 }, (_, i) => Math.sin(3 * i));

/**
 * H = J sum over edges of sinh^2(x_i - x_j), and dH/dx_i = J sum over neighbours of sinh(2 (x_i - x_j)), from
 * the definition.
 */
function exact(): { energy: number; gradient: Float64Array } {
  const gradient = new Float64Array(7);
  let energy = 0;
  for (let e = 0; e < graph.endpoints.length; e += 2) {
    const [i, j] = [graph.endpoints[e], graph.endpoints[e + 1]];
    const slope = J * Math.sinh(2 * (x[i] - x[j]));
    energy += J * Math.sinh(x[i] - x[j]) ** 2;
    gradient[i] += slope;
    gradient[j] -= slope;
  }
  return { energy, gradient };
}

onEachBackend('a new operation gives energy and gradient', () => {
  const energy = hamiltonian(graph, [make()]);
  tf.tidy(() => {
    const field = tf.tensor3d(x, [7, 1, 1]);
    assert.ok(relativeError(energy.energy(field).dataSync(), [exact().energy]) < 1e-6);
    assert.ok(relativeError(energy.gradient(field).dataSync(), exact().gradient) < 1e-6);
  });
});

test('a new operation is differentiated, printed and compiled', async () => {
  const energy = hamiltonian(graph, [make()]);
  assert.match(String(energy), /\\sinh\\left\(x_i - x_j\\right\)/);
  assert.ok(checkTerm(make()));
  const states = await Promise.all(
    (['wasm', 'tensors'] as const).map(async (engine) => {
      const sampler = langevin(energy, { temperature: 0.1, timeStep: 0.01, engine });
      return (await sample(sampler, { chains: 4, burnIn: 0, steps: 20, every: 20, seed: 1 })).states[0];
    }),
  );
  assert.ok(relativeError(states[0], states[1]) < 1e-4);
});
