// What single operations of the tensor engine cost, beside the nearest of tfjs, on each backend but plain
// JavaScript.
//   npm run bench operations
import {
  availableBackends,
  evaluate,
  gather,
  normals,
  rowIndex,
  scatter,
  setBackend,
  tf,
  total,
} from '../src/tensors/index.js';
import { tape, vector } from '../src/expressions/index.js';
import { smallWorld } from '../src/graphs/index.js';
import { randomKey } from '../src/randomness/index.js';
import { race } from './engine/contender.js';

const [NODES, COMPONENTS, ROWS] = [1e6, 2, 2e6];
const ROUNDS = 5;
const x = vector('x');
const SQUARE = tape([x.squaredNorm()]);

const endpoints = smallWorld(NODES, 4, 0.1, { seed: 1, connected: false }).endpoints;
const index = rowIndex(
  endpoints.filter((_, i) => i % 2 === 0),
  NODES,
);

async function operations(): Promise<void> {
  for (const { name: backend, available, reason } of await availableBackends()) {
    if (backend === 'cpu') continue;
    if (!available) console.log(`without ${backend}: ${reason}`);
    else await onBackend(backend);
  }
}

async function onBackend(backend: 'wasm' | 'tensorflow'): Promise<void> {
  await setBackend(backend);
  const field = tf.zeros([NODES, COMPONENTS, 1]) as tf.Tensor3D;
  const edges = tf.ones([ROWS, COMPONENTS, 1]) as tf.Tensor3D;
  const targets = tf.tensor1d(index.targets, 'int32');
  const shape = [NODES, COMPONENTS, 1] as const;
  const pairs: Record<string, [ours: () => tf.Tensor, stock: () => tf.Tensor]> = {
    gather: [() => gather(field, index), () => tf.gather(field, targets)],
    scatter: [() => scatter(edges, index), () => tf.unsortedSegmentSum(edges, targets, NODES)],
    total: [() => total(edges), () => tf.sum(edges, [0, 1])],
    evaluate: [
      () => evaluate(SQUARE, new Map([[x, edges]]), COMPONENTS)[0],
      () => tf.tidy(() => tf.sum(tf.square(edges), 1, true)),
    ],
    normals: [
      () => normals(randomKey(1), { step: 0, purpose: 0, shape }),
      () => tf.truncatedNormal([...shape]), // tfjs's own generator, which the lab never uses
    ],
  };
  console.log(
    `\nSingle operations on ${backend}, 1e6 nodes, 2e6 edges, ns a float: ours, and the nearest of tfjs`,
  );
  if (backend === 'wasm')
    console.log("(tfjs has no unsortedSegmentSum on wasm: that column's scatter is ours too)");
  for (const [name, pair] of Object.entries(pairs)) {
    const floats = COMPONENTS * (name === 'normals' ? NODES : ROWS);
    const measured = await race(
      pair.map((call) => ({ name, kind: 'other', threads: 1, run: async (steps) => timed(call, steps) })),
      floats,
      ROUNDS,
    );
    console.log(
      name.padEnd(22) +
        measured.map(({ rates }) => (1e9 / Math.max(...rates)).toFixed(2).padStart(10)).join(''),
    );
  }
  tf.dispose([field, edges, targets]);
}

function timed(call: () => tf.Tensor, steps: number): { steps: number; seconds: number } {
  const start = performance.now();
  for (let n = 0; n < steps; n++) call().dispose();
  return { steps, seconds: (performance.now() - start) / 1000 };
}

await operations();
