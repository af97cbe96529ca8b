// Compiled single-site moves against the float64 interpreter with the same random words: node by node the same choice and
// as many accepted moves, but where the uniform lies within float32 rounding of the probability.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { flip, glauber, heatBath, metropolis, relabel, type MoveState, type Sampler } from '../../src/dynamics/index.js';
import { bond, globalSum, hamiltonian, type Hamiltonian } from '../../src/energy/index.js';
import { ready } from '../../src/engine/index.js';
import { Field } from '../../src/field/index.js';
import { colouring } from '../../src/graph/colouring.js';
import { complete, smallWorld, torus, type Graph } from '../../src/graph/index.js';
import { closePool, pool, setThreads, threadCount, type Run } from '../../src/machine/index.js';
import { entriesOf, partOf } from '../../src/machine/run.js';
import { column, graphs, randomEnergy, recipe } from './randomSystems.js';

before(ready);
after(closePool);

const RULES = ['heat bath', 'metropolis', 'glauber'] as const;
const ORDERS = ['colouring', 'sequential', 'random'] as const;

interface Setting {
  readonly rule: (typeof RULES)[number];
  readonly order: (typeof ORDERS)[number];
  readonly states: number | undefined;
  readonly temperature: number;
}

function samplerOf(energy: Hamiltonian, { rule, order, states, temperature }: Setting, engine: 'interpreter' | 'wasm'): Sampler<MoveState> {
  if (rule === 'metropolis') return metropolis(energy, { temperature, order, engine, proposal: states === undefined ? flip : relabel(states) });
  return (rule === 'heat bath' ? heatBath : glauber)(energy, { temperature, order, engine, ...(states === undefined ? {} : { states }) });
}

interface Swept {
  readonly values: Float32Array;
  readonly acceptance: readonly number[];
}

async function sweeps(
  energy: Hamiltonian, setting: Setting, engine: 'interpreter' | 'wasm', field: Field, { from = 0, count }: { from?: number; count: number },
): Promise<Swept> {
  const sampler = samplerOf(energy, setting, engine);
  let state = sampler.restore({ ...(await sampler.save(sampler.init(field, 7))), step: from });
  if (engine === 'wasm') state = await sampler.advance!(state, count);
  else for (let step = 0; step < count; step++) state = sampler.step(state);
  return { values: await sampler.read(state), acceptance: sampler.acceptance(state)! };
}

/** Chains that have not the same values, or not as many accepted moves. */
function differing({ values, acceptance }: Swept, other: Swept): number[] {
  const chains = acceptance.length;
  return [...acceptance.keys()].filter((c) =>
    acceptance[c] !== other.acceptance[c] || values.some((value, at) => at % chains === c && value !== other.values[at]));
}

const settings = fc.record({
  graph: graphs({ nodes: 19, extra: 20 }),
  chains: fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16, 17, 32, 39),
  states: fc.constantFrom(undefined, undefined, 2, 3, 5),
  rule: fc.constantFrom(...RULES),
  order: fc.constantFrom(...ORDERS),
  temperature: fc.constantFrom(0.3, 1, 4),
  ...recipe,
  isHeld: fc.boolean(),
});

test('a compiled sweep is that of the interpreter, choice by choice', async () => {
  let [differ, all] = [0, 0];
  await fc.assert(
    fc.asyncProperty(settings, async ({ graph, chains, isHeld, ...given }) => {
      let setting: Setting = given;
      // the interpreter's Metropolis draws the label by a word of its own
      if (setting.rule === 'metropolis' && setting.states !== undefined && setting.states > 2) setting = { ...setting, rule: 'glauber' };
      const energy = randomEnergy(graph, given);
      // in random order the interpreter draws nodes that are held too, and passes
      const held = isHeld && setting.order !== 'random' ? [0, graph.nodeCount - 1] : undefined;
      const field = fieldOf(graph, setting.states, chains, given.seed, held);
      const [exact, compiled] = await Promise.all((['interpreter', 'wasm'] as const).map((engine) => sweeps(energy, setting, engine, field, { count: 2 })));
      all += chains;
      differ += differing(exact, compiled).length;
    }),
    { numRuns: 120, seed: 3 },
  );
  // a chain differs after about N moves with a chance of some 1e-6 each
  assert.ok(differ <= 1, `${differ} of ${all} chains differ`);
});

function fieldOf({ nodeCount }: Graph, states: number | undefined, chains: number, seed: number, pinned?: readonly number[]): Field {
  const values = Float32Array.from(column(nodeCount * chains, seed), (u) => (states === undefined ? (u < 0 ? -1 : 1) : Math.floor((states * (u + 1)) / 2)));
  return new Field(values, {
    sites: nodeCount, chains, codomain: states === undefined ? 'spin' : 'potts',
    ...(states === undefined ? {} : { states }), ...(pinned ? { gauge: { pinned } } : {}),
  });
}

test('the number of a step passes 2^32 and 2^33', async () => {
  const energy = hamiltonian(smallWorld(30, 4, 0.1, { seed: 1 }), [bond((a, b) => a.mul(b).sum().neg())]);
  for (const order of ORDERS) {
    for (const from of [2 ** 32 - 3, 2 ** 33 - 1]) {
      const [exact, compiled] = await Promise.all((['interpreter', 'wasm'] as const).map((engine) =>
        sweeps(energy, { rule: 'metropolis', order, states: undefined, temperature: 4 }, engine, fieldOf(energy.graph, undefined, 6, 1), { from, count: 6 })));
      assert.deepEqual(differing(exact, compiled), [], `${order} order from ${from}`);
    }
  }
});

test('results do not depend on the number of threads', async () => {
  const threads = threadCount();
  const energy = hamiltonian(smallWorld(12_000, 4, 0.1, { seed: 1 }), [bond((a, b) => a.mul(b).sum().neg())]);
  for (const [order, chains] of [['colouring', 3], ['colouring', 9], ['colouring', 21], ['sequential', 40], ['random', 9]] as const) {
    const sampler = heatBath(energy, { temperature: 2, order, engine: 'wasm' });
    const runs: Swept[] = [];
    for (const count of [1, 2, 3]) {
      setThreads(count);
      const state = await sampler.advance!(sampler.init(fieldOf(energy.graph, undefined, chains, 1), 1), 60);
      assert.equal(state.step, 60);
      runs.push({ values: await sampler.read(state), acceptance: sampler.acceptance(state)! });
    }
    assert.deepEqual(runs[1], runs[0], `${order}, ${chains} chains`);
    assert.deepEqual(runs[2], runs[0], `${order}, ${chains} chains`);
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
  const energy = hamiltonian(smallWorld(12_000, 4, 0.1, { seed: 1 }), [bond((a, b) => a.mul(b).sum().neg())]);
  for (const [order, chains] of [['colouring', 3], ['colouring', 9], ['colouring', 21], ['sequential', 40], ['random', 9]] as const) {
    const sampler = glauber(energy, { temperature: 2, order, engine: 'wasm' });
    const runs: Swept[] = [];
    for (const count of [1, 2]) {
      setThreads(count);
      const state = await sampler.advance!(sampler.init(fieldOf(energy.graph, undefined, chains, 1), 1), 8);
      runs.push({ values: await sampler.read(state), acceptance: sampler.acceptance(state)! });
    }
    assert.deepEqual(runs[1], runs[0], `${order}, ${chains} chains`);
  }
  assert.equal(mock.callCount(), 5);
});

test('an aborted run has counted the sweeps that it made', async () => {
  const threads = threadCount();
  const flat = hamiltonian(torus(100, 100), [bond((a, b) => a.mul(b).sum().mul(0))]);
  const sampler = metropolis(flat, { temperature: 1, proposal: flip, order: 'colouring', engine: 'wasm' });
  setThreads(2);
  const state = await sampler.advance!(sampler.init(fieldOf(flat.graph, undefined, 2, 1), 1), 1e6, AbortSignal.timeout(200));
  setThreads(threads);
  assert.ok(state.step > 0 && state.step < 1e6);
  assert.deepEqual(sampler.acceptance(state), [1, 1]);
});

test('held nodes stay, and what the engine cannot run is refused by name', async () => {
  const graph = torus(4, 5);
  const energy = hamiltonian(graph, [bond((a, b) => a.mul(b).sum().neg())]);
  for (const order of ORDERS) {
    for (const chains of [2, 6]) {
      const field = fieldOf(graph, undefined, chains, 3, [0, 7, 19]);
      const { values: moved } = await sweeps(energy, { rule: 'heat bath', order, states: undefined, temperature: 100 }, 'wasm', field, { count: 5 });
      for (const node of [0, 7, 19]) for (let c = 0; c < chains; c++) assert.equal(moved[node * chains + c], field.at(node, 0, c));
      assert.ok([...graph.offsets.keys()].slice(1, 7).some((node) => moved[node * chains] !== field.at(node)));
    }
  }
  const mean = hamiltonian(graph, [globalSum((nodes) => nodes.sum((x) => x.sum()).square().div(nodes.count), {}, { name: 'mean' })]);
  assert.throws(() => heatBath(mean, { temperature: 1, engine: 'wasm' }),
    { name: 'TypeError', message: 'heatBath: the term "mean" is neither a bond nor a site and runs on engine \'interpreter\' only' });
  assert.match(heatBath(mean, { temperature: 1 }).name, /colouring order\)/);
  assert.throws(() => heatBath(energy, { temperature: 1, states: 65, engine: 'wasm' }), /takes at most 64 states, got 65/);
  assert.throws(() => glauber(energy, { temperature: 1, order: 'checkers' as never }), /glauber: order must be one of colouring, sequential, random, got checkers/);
  assert.throws(() => heatBath(energy, { temperature: 1, states: 1 }), /states must be an integer of at least 2, got 1/);
  assert.throws(() => heatBath(energy, { temperature: 1, states: 3 }).init(fieldOf(graph, 4, 1, 1), 1), /moves fields of 3 labels, got one of 4/);
});

test('no edge joins two nodes of one colour', () => {
  fc.assert(fc.property(graphs({ nodes: 19, extra: 20 }), (graph) => {
    const { colours, count } = colouring(graph);
    for (let e = 0; e < graph.edgeCount; e++) assert.notEqual(colours[graph.endpoints[2 * e]], colours[graph.endpoints[2 * e + 1]]);
    assert.equal(count, 1 + Math.max(...colours));
  }));
  assert.equal(colouring(torus(4, 6)).count, 2);
  assert.equal(colouring(complete(5)).count, 5);
});
