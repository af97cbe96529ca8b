// Energies and gradients as tfjs tensors on its wasm backend: by generated code in place, and by operations
// on tensors.
//   npm run bench inPlace
import { bond, hamiltonian, site } from '../src/energies/index.js';
import { normals, setBackend, tf } from '../src/tensors/index.js';
import { smallWorld } from '../src/graphs/index.js';
import { randomKey } from '../src/randomness/index.js';
import { race, ratio } from './engine/contender.js';

const ROUNDS = 6;

await setBackend('wasm');
console.log(
  '\nTensors on wasm: how many times faster generated code is than operations on tensors; ns a value of its own',
);
for (const [nodes, components, chains] of [
  [1e3, 1, 64],
  [1e5, 1, 1],
  [1e3, 2, 64],
  [1e5, 2, 1],
] as const) {
  const energy = hamiltonian(smallWorld(nodes, 4, 0.1, { seed: 1, connected: false }), [
    bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J: 1 }),
    site((x, h) => x.squaredNorm().sub(1).square().mul(h), { h: 0.25 }),
  ]);
  const x = normals(randomKey(1), { step: 0, purpose: 0, shape: [nodes, components, chains] });
  for (const what of ['gradient', 'energy'] as const) {
    const contenders = (['auto', 'tensors'] as const).map((engine) => ({
      name: engine,
      kind: 'other' as const,
      threads: 1,
      run: async (steps: number) => timed(() => energy[what](x, { engine }), steps),
    }));
    const [ours, tensors] = await race(contenders, x.size, ROUNDS);
    const { median, interval } = ratio(ours.rates, tensors.rates);
    const shown = [median, ...interval].map((value) => value.toFixed(1));
    console.log(
      `${what.padEnd(9)} ${`${nodes} x ${components} x ${chains}`.padEnd(16)} ${shown[0]} (${shown[1]} to ${shown[2]})   ${(1e9 / Math.max(...ours.rates)).toFixed(2)}`,
    );
  }
  x.dispose();
  energy.dispose();
}

function timed(call: () => tf.Tensor, steps: number): { steps: number; seconds: number } {
  const start = performance.now();
  for (let n = 0; n < steps; n++) call().dispose();
  return { steps, seconds: (performance.now() - start) / 1000 };
}
