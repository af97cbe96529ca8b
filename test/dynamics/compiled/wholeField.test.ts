// Steps of MALA, BAOAB and minibatched gradients by compiled code: those of the tensors with the same noise
// and the same batches, in all gauges and all ways in which chains and nodes stand in lanes; and the same
// numbers on any number of threads.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  baoab,
  mala,
  sgld,
  type AnyState,
  type Sampler,
  type SavedState,
} from '../../../src/dynamics/index.js';
import { bond, globalSum, oriented, site, star, Hamiltonian } from '../../../src/energies/index.js';
import { ready } from '../../../src/tensors/index.js';
import { Field } from '../../../src/fields/index.js';
import { ring, smallWorld, type Graph } from '../../../src/graphs/index.js';
import { closePool, setThreads, threadCount } from '../../../src/runtime/index.js';
import { assertClose, column, randomField } from './randomSystems.js';

before(ready);
after(closePool);

type Engine = 'tensors' | 'wasm';
const local = (graph: Graph) => [
  bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J: column(graph.edgeCount, 3).map(Math.abs) }),
  bond((a, b, theta) => a.sub(b).sum().add(theta).cos().neg(), {
    theta: oriented(column(graph.edgeCount, 4)),
  }),
  site((x, h) => x.squaredNorm().sub(1).square().mul(h), { h: 0.25 }),
];
const wide = (graph: Graph): Hamiltonian =>
  new Hamiltonian(graph, [
    ...local(graph),
    star((x, around) =>
      around
        .sum((y) => x.sub(y))
        .squaredNorm()
        .mul(0.05),
    ),
    globalSum((nodes) =>
      nodes
        .mean((x) => x.squaredNorm())
        .sub(1)
        .square()
        .mul(nodes.count)
        .mul(0.1),
    ),
  ]);
const temperature = { name: 'T', at: (step: number) => 0.5 + step };

const temperate = { name: 'T', at: (step: number) => 1 + step / 2 };

const samplers: Record<string, (graph: Graph, engine: Engine) => Sampler<AnyState>> = {
  baoab: (graph, engine) =>
    baoab(wide(graph), { temperature, timeStep: 0.1, friction: 0.7, mass: 1.5, engine }) as never,
  mala: (graph, engine) =>
    mala(new Hamiltonian(graph, local(graph)), {
      temperature: temperate,
      timeStep: graph.nodeCount > 20 ? 0.01 : 0.05,
      engine,
    }) as never,
  sgld: (graph, engine) =>
    sgld(new Hamiltonian(graph, local(graph)), {
      temperature,
      timeStep: 0.02,
      batch: Math.ceil(graph.edgeCount / 3),
      engine,
    }) as never,
};

async function after3(sampler: Sampler<AnyState>, field: Field): Promise<SavedState> {
  const state = await sampler.advance(sampler.init(field, 'seed'), 3);
  const saved = await sampler.save(state);
  sampler.dispose(state);
  return saved;
}

for (const [name, make] of Object.entries(samplers)) {
  for (const gauge of ['free', 'centred', { pinned: [0, 3, 6] }] as const) {
    test(`${name}, ${typeof gauge === 'string' ? gauge : 'pinned'}: steps are those of the tensors`, async () => {
      const taken: number[] = [];
      for (const [nodes, components, chains] of [
        [7, 1, 1],
        [8, 2, 1],
        [9, 3, 2],
        [301, 2, 3],
        [10, 2, 4],
        [11, 1, 5],
        [13, 3, 8],
        [37, 2, 1],
        [300, 2, 16],
        [9, 1, 33],
      ] as const) {
        const graph = nodes > 20 ? smallWorld(nodes, 4, 0.2, { seed: 1 }) : ring(nodes);
        const values = randomField(nodes * components * chains, 9, 0.5);
        if (gauge === 'centred') centre(values, nodes);
        const field = new Field(values, { sites: nodes, components, chains, gauge });
        const [tensors, wasm] = [
          await after3(make(graph, 'tensors'), field),
          await after3(make(graph, 'wasm'), field),
        ];
        assert.deepEqual(Object.keys(wasm.arrays), Object.keys(tensors.arrays));
        for (const array of Object.keys(tensors.arrays)) {
          assertClose(
            wasm.arrays[array],
            tensors.arrays[array],
            2e-5,
            `${array} of ${nodes} x ${components} x ${chains}`,
          );
        }
        taken.push(...(wasm.arrays['accepted'] ?? []));
      }
      if (name === 'mala')
        assert.ok(
          taken.includes(3) && taken.some((count) => count < 3),
          'some proposals are taken, some are not',
        );
    });
  }

  test(`${name}: results do not depend on the number of threads`, async (t) => {
    const threads = threadCount();
    t.after(() => setThreads(threads));
    const graph = smallWorld(3000, 4, 0.1, { seed: 1 });
    for (const [chains, gauge] of [
      [3, 'free'],
      [9, 'centred'],
      [8, { pinned: [0, 17] }],
    ] as const) {
      const values = randomField(3000 * chains, 2, 0.5);
      if (gauge === 'centred') centre(values, 3000);
      const field = new Field(values, { sites: 3000, chains, gauge });
      const runs: SavedState['arrays'][] = [];
      for (const count of [1, 2, 3]) {
        setThreads(count);
        const sampler = make(graph, 'wasm');
        const state = await sampler.advance(sampler.init(field, 5), Math.ceil(2 ** 19 / (3000 * chains)) + 3);
        runs.push((await sampler.save(state)).arrays);
      }
      assert.deepEqual(runs[1], runs[0], `${chains} chains`);
      assert.deepEqual(runs[2], runs[0], `${chains} chains`);
    }
  });
}

function centre(values: Float32Array, nodes: number): void {
  const lanes = values.length / nodes;
  for (let lane = 0; lane < lanes; lane++) {
    let mean = 0;
    for (let i = 0; i < nodes; i++) mean += values[i * lanes + lane] / nodes;
    for (let i = 0; i < nodes; i++) values[i * lanes + lane] -= mean;
  }
}
