// Compiled single-site moves against the float64 reference with the same random words: node by node the
// same choice and as many accepted moves, but where the uniform lies within float32 rounding of the
// probability.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fc } from '../../property.js';
import type { ByNode } from '../../../src/codegen/index.js';
import {
  flip,
  glauber,
  heatBath,
  metropolis,
  relabel,
  type MoveState,
  type Sampler,
} from '../../../src/dynamics/index.js';
import { bond, globalSum, star, Hamiltonian } from '../../../src/energies/index.js';
import { ready } from '../../../src/tensors/index.js';
import { constant } from '../../../src/expressions/index.js';
import { Field } from '../../../src/fields/index.js';
import { colouring } from '../../../src/graphs/structure/colouring.js';
import { complete, fromEdges, smallWorld, torus, type Graph } from '../../../src/graphs/index.js';
import { closePool, pool, setThreads, threadCount, type Run } from '../../../src/runtime/index.js';
import { entriesOf, partOf } from '../../../src/runtime/threads/run.js';
import { column, graphs, randomEnergy, recipe, type Recipe } from './randomSystems.js';

before(ready);
after(closePool);

const RULES = ['heat bath', 'metropolis', 'glauber'] as const;
const ORDERS = ['colouring', 'sequential', 'random'] as const;

interface Setting {
  readonly rule: (typeof RULES)[number];
  readonly order: (typeof ORDERS)[number];
  readonly states: number | undefined;
  /** One for all nodes, or one that falls from node to node and from step to step. */
  readonly temperature: number;
  readonly byNode?: ByNode | undefined;
}

function samplerOf(
  energy: Hamiltonian,
  { rule, order, states, temperature: T, byNode }: Setting,
  engine: 'tensors' | 'wasm',
): Sampler<MoveState> {
  const column = (step: number): Float64Array =>
    Float64Array.from({ length: energy.graph.nodeCount }, (_, i) => T * (0.3 + 1 / (1 + i + (step % 5))));
  const temperature = byNode === 'fixed' ? column(0) : byNode ? { name: 'T by node', at: column } : T;
  if (rule === 'metropolis')
    return metropolis(energy, {
      temperature,
      order,
      engine,
      proposal: states === undefined ? flip : relabel(states),
    });
  return (rule === 'heat bath' ? heatBath : glauber)(energy, {
    temperature,
    order,
    engine,
    ...(states === undefined ? {} : { states }),
  });
}

interface Swept {
  readonly values: Float32Array;
  readonly acceptance: readonly number[];
}

async function sweeps(
  energy: Hamiltonian,
  setting: Setting,
  engine: 'tensors' | 'wasm',
  field: Field,
  { from = 0, count }: { from?: number; count: number },
): Promise<Swept> {
  const sampler = samplerOf(energy, setting, engine);
  let state = sampler.restore({ ...(await sampler.save(sampler.init(field, 7))), step: from });
  state = await sampler.advance(state, count);
  return { values: await sampler.read(state), acceptance: sampler.acceptance(state)! };
}

/** Chains that have not the same values, or not as many accepted moves. */
function differing({ values, acceptance }: Swept, other: Swept): number[] {
  const chains = acceptance.length;
  return [...acceptance.keys()].filter(
    (c) =>
      acceptance[c] !== other.acceptance[c] ||
      values.some((value, at) => at % chains === c && value !== other.values[at]),
  );
}

const settings = fc.record({
  graph: graphs({ nodes: 19, extra: 20 }),
  chains: fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16, 17, 32, 39),
  states: fc.constantFrom(undefined, undefined, 2, 3, 5),
  rule: fc.constantFrom(...RULES),
  order: fc.constantFrom(...ORDERS),
  temperature: fc.constantFrom(0.3, 1, 4),
  byNode: fc.constantFrom(undefined, 'fixed' as const, 'changing' as const),
  ...recipe,
  isHeld: fc.boolean(),
  wide: fc.constantFrom('none' as const, 'star' as const, 'global' as const, 'both' as const),
});

/** Stars of which couplings and parameters by node are part, and energies of sums over all nodes. */
function wideEnergy(graph: Graph, given: Recipe, wide: 'star' | 'global' | 'both'): Hamiltonian {
  const weighted = fromEdges(graph.nodeCount, graph.endpoints, {
    connected: false,
    couplings: column(graph.edgeCount, given.seed).map((J) => J + 2),
  });
  const c = column(graph.nodeCount, given.seed + 2);
  return new Hamiltonian(weighted, [
    ...(wide === 'global'
      ? []
      : [
          star(
            (x, around, h) =>
              around
                .sum((y, w) => x.sub(y).abs().sum().mul(w))
                .square()
                .div(around.count.add(1))
                .mul(h),
            { h: c },
          ),
          star((x, around) =>
            around
              .sum((y) => given.bondEnergy(x, y, constant(0.2), constant(0.5)))
              .tanh()
              .add(x.sum().mul(0.2)),
          ),
        ]),
    ...randomEnergy(weighted, given).terms,
    ...(wide === 'star'
      ? []
      : [
          globalSum(
            (nodes, K) =>
              nodes
                .sum((x) => x.sum().mul(0.3))
                .square()
                .mul(K)
                .div(nodes.count),
            { K: -0.7 },
          ),
          globalSum((nodes) =>
            nodes
              .sum((x) => x.sum().tanh())
              .sub(1.5)
              .abs()
              .pow(1.5)
              .min(nodes.sum((x) => x.squaredNorm())),
          ),
        ]),
  ]);
}

/** Random functions, of spins or labels because they say so. */
const declared = ({ graph, terms }: Hamiltonian, states: number | undefined): Hamiltonian =>
  new Hamiltonian(
    graph,
    terms.map((term) => ({ ...term, codomain: states === undefined ? 'spin' : 'potts' }) as const),
  );

test('a compiled sweep is that of the reference, choice by choice', async () => {
  let [differ, all] = [0, 0];
  await fc.assert(
    fc.asyncProperty(settings, async ({ graph, chains, isHeld, wide, ...given }) => {
      let setting: Setting = given;
      // the reference's Metropolis draws the label by a word of its own
      if (setting.rule === 'metropolis' && setting.states !== undefined && setting.states > 2)
        setting = { ...setting, rule: 'glauber' };
      const energy = declared(
        wide === 'none' ? randomEnergy(graph, given) : wideEnergy(graph, given, wide),
        given.states,
      );
      // in random order the reference draws nodes that are held too, and passes
      const held = isHeld && setting.order !== 'random' ? [0, graph.nodeCount - 1] : undefined;
      const field = fieldOf(graph, setting.states, chains, given.seed, held);
      const [exact, compiled] = await Promise.all(
        (['tensors', 'wasm'] as const).map((engine) => sweeps(energy, setting, engine, field, { count: 2 })),
      );
      all += chains;
      differ += differing(exact, compiled).length;
    }),
    { numRuns: 110, seed: 3 },
  );
  // a chain differs after about N moves with a chance of some 1e-6 each
  assert.ok(differ <= 1, `${differ} of ${all} chains differ`);
});

function fieldOf(
  { nodeCount }: Graph,
  states: number | undefined,
  chains: number,
  seed: number,
  pinned?: readonly number[],
): Field {
  const values = Float32Array.from(column(nodeCount * chains, seed), (u) =>
    states === undefined ? (u < 0 ? -1 : 1) : Math.floor((states * (u + 1)) / 2),
  );
  return new Field(values, {
    sites: nodeCount,
    chains,
    codomain: states === undefined ? 'spin' : 'potts',
    ...(states === undefined ? {} : { states }),
    ...(pinned ? { gauge: { pinned } } : {}),
  });
}

test('the number of a step passes 2^32 and 2^33', async () => {
  const energy = new Hamiltonian(smallWorld(30, 4, 0.1, { seed: 1 }), [bond((a, b) => a.mul(b).sum().neg())]);
  for (const order of ORDERS) {
    for (const from of [2 ** 32 - 3, 2 ** 33 - 1]) {
      const [exact, compiled] = await Promise.all(
        (['tensors', 'wasm'] as const).map((engine) =>
          sweeps(
            energy,
            { rule: 'metropolis', order, states: undefined, temperature: 4 },
            engine,
            fieldOf(energy.graph, undefined, 6, 1),
            { from, count: 6 },
          ),
        ),
      );
      assert.deepEqual(differing(exact, compiled), [], `${order} order from ${from}`);
    }
  }
});

const large = smallWorld(12_000, 4, 0.1, { seed: 1 });
const systems = {
  bonds: new Hamiltonian(large, [bond((a, b) => a.mul(b).sum().neg())]),
  stars: new Hamiltonian(large, [
    star((x, around) =>
      around
        .sum((y) => x.sub(y))
        .squaredNorm()
        .mul(0.05),
    ),
  ]),
  sums: new Hamiltonian(large, [
    bond((a, b) => a.mul(b).sum().neg()),
    globalSum((nodes) =>
      nodes
        .sum((x) => x.sum())
        .square()
        .div(nodes.count)
        .neg(),
    ),
  ]),
};
const runsOnThreads = [
  ['bonds', 'colouring', 3],
  ['bonds', 'colouring', 9],
  ['bonds', 'colouring', 21],
  ['bonds', 'sequential', 40],
  ['bonds', 'random', 9],
  ['stars', 'colouring', 6],
  ['sums', 'colouring', 21],
  ['sums', 'sequential', 40],
  ['sums', 'random', 9],
] as const;

test('results do not depend on the number of threads', async () => {
  const threads = threadCount();
  for (const [system, order, chains] of runsOnThreads) {
    const energy = systems[system];
    const sampler = heatBath(energy, { temperature: 2, order, engine: 'wasm' });
    const runs: Swept[] = [];
    for (const count of [1, 2, 3]) {
      setThreads(count);
      const steps = system === 'bonds' ? 60 : 12;
      const state = await sampler.advance(
        sampler.init(fieldOf(energy.graph, undefined, chains, 1), 1),
        steps,
      );
      assert.equal(state.step, steps);
      runs.push({ values: await sampler.read(state), acceptance: sampler.acceptance(state)! });
    }
    assert.deepEqual(runs[1], runs[0], `${system}, ${order}, ${chains} chains`);
    assert.deepEqual(runs[2], runs[0], `${system}, ${order}, ${chains} chains`);
  }
  setThreads(threads);
});

/** A run whose two threads see nothing of what the other does in a phase: no word may be written by both. */
function apart(run: Run): void {
  const entries = entriesOf(run.module, run.memory);
  const memory = new Int32Array(run.memory.buffer);
  for (let step = 0; step < run.steps; step++) {
    for (const phase of run.phases) {
      const before = memory.slice();
      const [first, second] = [0, 1].map((thread) => {
        memory.set(before);
        const [begin, end] = partOf(phase, thread, 2);
        if (begin < end) entries[phase.entry](run.job, step, begin, end);
        return memory.slice();
      });
      for (let at = 0; at < memory.length; at++) {
        if (first[at] === before[at]) continue;
        if (second[at] !== before[at]) assert.fail(`both threads have written word ${at}`);
        memory[at] = first[at];
      }
    }
  }
}

test('threads write to places of their own, counts too', async (t) => {
  const threads = threadCount();
  t.after(() => setThreads(threads));
  const { mock } = t.mock.method(pool, 'run', async (run: Run) => {
    apart(run);
    return { steps: run.steps, code: 0 };
  });
  for (const [system, order, chains] of runsOnThreads) {
    const energy = systems[system];
    const sampler = glauber(energy, { temperature: 2, order, engine: 'wasm' });
    const runs: Swept[] = [];
    for (const count of [1, 2]) {
      setThreads(count);
      const state = await sampler.advance(
        sampler.init(fieldOf(energy.graph, undefined, chains, 1), 1),
        system === 'stars' ? 12 : 8,
      );
      runs.push({ values: await sampler.read(state), acceptance: sampler.acceptance(state)! });
    }
    assert.deepEqual(runs[1], runs[0], `${system}, ${order}, ${chains} chains`);
  }
  assert.equal(mock.callCount(), runsOnThreads.length);
});

test('an aborted run has counted the sweeps that it made', async () => {
  const threads = threadCount();
  const flat = new Hamiltonian(torus(100, 100), [bond((a, b) => a.mul(b).sum().mul(0))]);
  const sampler = metropolis(flat, { temperature: 1, proposal: flip, order: 'colouring', engine: 'wasm' });
  setThreads(2);
  const state = await sampler.advance(
    sampler.init(fieldOf(flat.graph, undefined, 2, 1), 1),
    1e6,
    AbortSignal.timeout(200),
  );
  setThreads(threads);
  assert.ok(state.step > 0 && state.step < 1e6);
  assert.deepEqual(sampler.acceptance(state), [1, 1]);
});

test('held nodes stay, and what the engine cannot run is refused by name', async () => {
  const graph = torus(4, 5);
  const energy = new Hamiltonian(graph, [bond((a, b) => a.mul(b).sum().neg())]);
  for (const order of ORDERS) {
    for (const chains of [2, 6]) {
      const field = fieldOf(graph, undefined, chains, 3, [0, 7, 19]);
      const { values: moved } = await sweeps(
        energy,
        { rule: 'heat bath', order, states: undefined, temperature: 100 },
        'wasm',
        field,
        { count: 5 },
      );
      for (const node of [0, 7, 19])
        for (let c = 0; c < chains; c++) assert.equal(moved[node * chains + c], field.at(node, 0, c));
      assert.ok(
        [...graph.offsets.keys()].slice(1, 7).some((node) => moved[node * chains] !== field.at(node)),
      );
    }
  }
  const mean = new Hamiltonian(graph, [
    globalSum(
      (nodes) =>
        nodes
          .sum((x) => x.sum())
          .square()
          .div(nodes.count),
      {},
      { name: 'mean' },
    ),
  ]);
  assert.match(heatBath(mean, { temperature: 1 }).name, /colouring order, wasm\)/);
  assert.throws(() => heatBath(mean, { temperature: 1, engine: 'webgpu' }), {
    name: 'TypeError',
    message: "heatBath: the term \"mean\" couples all nodes and runs on engines 'wasm' and 'tensors' only",
  });
  const curved = new Hamiltonian(graph, [
    globalSum((nodes) => nodes.mean((x) => x.sum()).exp(), {}, { name: 'curved' }),
  ]);
  assert.throws(() => heatBath(curved, { temperature: 1, engine: 'wasm' }), {
    name: 'TypeError',
    message:
      'heatBath: the term "curved" is more than arithmetic of its sums and runs on engine \'tensors\' only',
  });
  assert.match(heatBath(curved, { temperature: 1 }).name, /colouring order\)/);
  assert.throws(
    () => heatBath(energy, { temperature: 1, states: 65, engine: 'wasm' }),
    /takes at most 64 states, got 65/,
  );
  assert.throws(
    () => glauber(energy, { temperature: 1, order: 'checkers' as never }),
    /glauber: order must be one of colouring, sequential, random, got "checkers"/,
  );
  assert.throws(
    () => heatBath(energy, { temperature: 1, states: 1 }),
    /states must be an integer in \[2, .*, got 1/,
  );
  assert.throws(
    () => heatBath(energy, { temperature: 1, states: 3 }).init(fieldOf(graph, 4, 1, 1), 1),
    /moves fields of 3 labels, got one of 4/,
  );
});

test('no edge joins two nodes of one colour', () => {
  fc.assert(
    fc.property(graphs({ nodes: 19, extra: 20 }), (graph) => {
      const { colours, count } = colouring(graph);
      for (let e = 0; e < graph.edgeCount; e++)
        assert.notEqual(colours[graph.endpoints[2 * e]], colours[graph.endpoints[2 * e + 1]]);
      assert.equal(count, 1 + Math.max(...colours));
    }),
  );
  fc.assert(
    fc.property(graphs({ nodes: 19, extra: 20 }), (graph) => {
      const { colours } = colouring(graph, 2);
      const { offsets, neighbours } = graph;
      for (let i = 0; i < graph.nodeCount; i++) {
        const around = [i, ...neighbours.subarray(offsets[i], offsets[i + 1])];
        assert.equal(
          new Set(around.map((node) => colours[node])).size,
          around.length,
          'a node and its neighbours have colours of their own',
        );
      }
    }),
  );
  assert.equal(colouring(torus(4, 6)).count, 2);
  assert.equal(colouring(complete(5)).count, 5);
});
