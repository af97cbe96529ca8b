// The rooms to the right on every backend: one step agrees, and a user's own tfjs energy has a gradient.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { langevin } from '../../src/dynamics/index.js';
import { bond, custom, hamiltonian, site } from '../../src/energies/index.js';
import { gather, rowIndex, setBackend, tf, type BackendName } from '../../src/tensors/index.js';
import { constantField } from '../../src/fields/index.js';
import { smallWorld } from '../../src/graphs/index.js';
import { backends, onEachBackend, relativeError } from './backends.js';

const graph = smallWorld(60, 4, 0.2, { seed: 3 });
const terms = [
  bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J: 0.5 }),
  site((x, h) => x.squaredNorm().sub(1).square().mul(h), { h: 0.25 }),
  bond((a, b) => a.dot(b).cos(), {}),
];
const energy = hamiltonian(graph, terms);
const shape: [number, number, number] = [60, 2, 8];

/** The values after some Langevin steps from zero. */
async function trajectory(backend: BackendName, steps: number): Promise<Float32Array> {
  await setBackend(backend);
  const sampler = langevin(energy, { temperature: 1, timeStep: 0.05 });
  let state = sampler.init(constantField({ sites: 60, components: 2, chains: 8 }, 0.1), 5);
  for (let i = 0; i < steps; i++) state = await sampler.advance(state, 1);
  return sampler.read(state);
}

test('one step, and ten, agree on every backend to 1e-5', async () => {
  for (const steps of [1, 10]) {
    const expected = await trajectory('cpu', steps);
    for (const backend of backends) {
      assert.ok(
        relativeError(await trajectory(backend, steps), expected) < 1e-5,
        `${steps} steps on ${backend}`,
      );
    }
  }
});

onEachBackend("tfjs's gradient goes through a user's custom energy", () => {
  const ends = [0, 1].map((side) =>
    rowIndex(
      graph.endpoints.filter((_, i) => i % 2 === side),
      60,
    ),
  );
  const indices = ends.map(({ targets }) => tf.tensor1d(targets, 'int32'));
  const bonds = hamiltonian(graph, [bond((a, b) => a.sub(b).squaredNorm())]);
  const energies = {
    "the engine's gather": custom((x) =>
      tf.sum(tf.square(tf.sub(gather(x, ends[0]), gather(x, ends[1]))), [0, 1]),
    ),
    "tfjs's gather": custom((x) =>
      tf.sum(tf.squaredDifference(tf.gather(x, indices[0]), tf.gather(x, indices[1])), [0, 1]),
    ),
  };
  tf.tidy(() => {
    const x = tf.tensor3d(
      Float32Array.from({ length: 60 * 2 * 8 }, (_, i) => Math.sin(i)),
      shape,
    );
    for (const [name, term] of Object.entries(energies)) {
      const own = hamiltonian(graph, [term]);
      assert.ok(relativeError(own.gradient(x).dataSync(), bonds.gradient(x).dataSync()) < 1e-5, name);
      assert.ok(relativeError(own.energy(x).dataSync(), bonds.energy(x).dataSync()) < 1e-5, name);
    }
  });
  tf.dispose(indices);
});

after(() => energy.dispose());
