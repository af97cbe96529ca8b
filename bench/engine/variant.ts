// What a variant costs that a user has written, XY with a double well, beside the built-in energy |a - b|^2:
// time per operation, the operations of a node-update counted in the generated code of 64 chains (bar: 1.3
// times).
import { langevin } from '../../src/dynamics/index.js';
import { bond, hamiltonian, site, type Hamiltonian } from '../../src/energies/index.js';
import { constantField } from '../../src/fields/index.js';
import { setThreads, threadCount } from '../../src/runtime/index.js';
import { type Contender, race, ratio } from './contender.js';
import { quadratic } from './library.js';
import type { Beside } from './prepared.js';
import { COMPONENTS, graphOf, SEED, TEMPERATURE, TIME_STEP } from './problem.js';

const SIZE = { nodes: 1e3, chains: 64 };
const ROUNDS = 7;
const method = 'euler-maruyama';
/**
 * How often the body of a loop runs for one node-update, eight chains at a time: by the name of its counter;
 * others hardly ever.
 */
const TURNS: Readonly<Record<string, number>> = {
  words: COMPONENTS / 64,
  normals: COMPONENTS / 32,
  lane: 1 / 8,
  h: 4 / 8,
};

/** Vector instructions of a node-update. */
export function operationsOf(energy: Hamiltonian): number {
  const counts: number[] = [];
  let operations = 0;
  for (const line of energy
    .source('wasm', { components: COMPONENTS, chains: SIZE.chains, method })
    .split('\n')) {
    const again = /\(br_if \$again \(i32\.lt_u \(local\.get \$([a-z]+)_/i.exec(line);
    if (line.includes('(loop ')) counts.push(0);
    else if (again) operations += counts.pop()! * (TURNS[again[1]] ?? 0);
    else if (counts.length > 0)
      counts[counts.length - 1] += line.match(/\((f32x4|i32x4|i64x2|i8x16|v128)\.(?!const)/g)?.length ?? 0;
  }
  return operations;
}

/** Time per operation of the variant over that of the built-in energy. */
export async function variantCost(): Promise<Beside> {
  const graph = graphOf(SIZE);
  const energies = [
    quadratic(graph),
    hamiltonian(graph, [
      bond((a, b, K) => a.sub(b).cos().sum().mul(K).neg(), { K: 0.5 }),
      site((x, h) => x.square().sub(1).square().sum().mul(h), { h: 0.25 }),
    ]),
  ];
  const threads = threadCount();
  setThreads(1);
  try {
    const measured = await race(energies.map(stepped), SIZE.nodes * SIZE.chains, ROUNDS);
    const [builtIn, variant] = measured.map(({ rates }, k) =>
      rates.map((rate) => rate * operationsOf(energies[k])),
    );
    const {
      median,
      interval: [low, high],
    } = ratio(builtIn, variant);
    const [fewer, more] = energies.map((energy) => operationsOf(energy).toFixed(0));
    return {
      value: median,
      beside: `[${low.toFixed(2)}, ${high.toFixed(2)}], fastest batches ${(Math.max(...builtIn) / Math.max(...variant)).toFixed(2)}; ${more} operations to ${fewer}`,
    };
  } finally {
    setThreads(threads);
  }
}

function stepped(energy: Hamiltonian): Contender {
  const sampler = langevin(energy, { temperature: TEMPERATURE, timeStep: TIME_STEP, method, engine: 'wasm' });
  let state = sampler.init(
    constantField({ sites: SIZE.nodes, components: COMPONENTS, chains: SIZE.chains }, 0),
    SEED,
  );
  return {
    name: energy.terms.map(({ name }) => name).join(' + '),
    kind: 'library',
    threads: 1,
    run: async (steps) => {
      const start = performance.now();
      state = await sampler.advance!(state, steps);
      return { steps, seconds: (performance.now() - start) / 1000 };
    },
  };
}
