// Speed of one Langevin step of H = sum over edges |x_i - x_j|^2 / 2, two float32 components a node, on a
// small world of degree 4: the tensor engine on each backend, the same by plain typed arrays, and Python's
// NumPy + SciPy and JAX if EMTD_PYTHON names a Python that has them. Then what single operations cost.
//   npm run bench engine
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { langevin } from '../src/dynamics/index.js';
import { bond, hamiltonian } from '../src/energy/index.js';
import { broadcast, pickComponent, sumComponents } from '../src/engine/axes.js';
import { availableBackends, gather, normals, rowIndex, scatter, setBackend, tf, type BackendName } from '../src/engine/index.js';
import { constantField } from '../src/field/index.js';
import { smallWorld, type Graph } from '../src/graph/index.js';
import { randomKey } from '../src/random/index.js';

const SIZES = [
  { nodes: 1e3, chains: 1 },
  { nodes: 1e3, chains: 64 },
  { nodes: 1e6, chains: 1 },
];
const COMPONENTS = 2;
const TIME_STEP = 0.05;
const label = ({ nodes, chains }: { nodes: number; chains: number }): string => `${nodes.toExponential(0)} x ${chains}`;

/** Something to be timed; `ready` before its turn. */
interface Contender {
  readonly name: string;
  ready(): Promise<void>;
  step(): void;
}

/** Seconds of one step of each: the least of several batches, which take turns so that all meet the same machine. */
async function race(contenders: readonly Contender[]): Promise<number[]> {
  const batches: number[] = [];
  const best = contenders.map(() => Infinity);
  for (let round = 0; round < 8; round++) {
    for (const [i, { ready, step }] of contenders.entries()) {
      if (best[i] > 0.5 && round > 1) continue; // slow enough to be known by now
      await ready();
      const time = (batch: number): number => {
        const start = performance.now();
        for (let n = 0; n < batch; n++) step();
        return (performance.now() - start) / 1000;
      };
      if (round === 0) {
        batches[i] = 1;
        for (let spent = 0; spent < 0.3; ) {
          const elapsed = time(batches[i]); // warming up
          if (elapsed < 0.002) batches[i] *= 2;
          spent += elapsed;
        }
      }
      for (let spent = 0; spent < 0.1; ) {
        const elapsed = time(batches[i]);
        best[i] = Math.min(best[i], elapsed / batches[i]);
        spent += elapsed;
      }
    }
  }
  return best;
}

/** The sampler itself, as users run it. */
async function tensorStepper(name: BackendName, graph: Graph, chains: number): Promise<Contender> {
  await setBackend(name);
  const energy = hamiltonian(graph, [bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J: 0.5 })]);
  const sampler = langevin(energy, { temperature: 1, timeStep: TIME_STEP });
  let state = sampler.init(constantField({ sites: graph.nodeCount, components: COMPONENTS, chains }, 0), 1);
  return {
    name: `tensors, ${name}`,
    ready: () => setBackend(name),
    step: () => {
      state = sampler.step(state);
    },
  };
}

/** The same by hand: neighbour lists, float32 arrays, a short xorshift generator and Box-Muller. */
function plainStepper({ nodeCount, offsets, neighbours }: Graph, chains: number): Contender {
  const width = COMPONENTS * chains;
  const force = new Float32Array(width);
  let [from, to] = [new Float32Array(nodeCount * width), new Float32Array(nodeCount * width)];
  const amplitude = Math.sqrt(2 * TIME_STEP);
  let bits = 123456789;
  const uniform = (): number => {
    bits ^= bits << 13;
    bits ^= bits >>> 17;
    bits ^= bits << 5;
    return ((bits >>> 0) + 0.5) * 2 ** -32;
  };
  const step = (): void => {
    for (let i = 0; i < nodeCount; i++) {
      force.fill(0);
      for (let h = offsets[i]; h < offsets[i + 1]; h++) {
        const j = neighbours[h] * width;
        for (let k = 0; k < width; k++) force[k] += from[j + k] - from[i * width + k];
      }
      for (let k = 0; k < width; k += 2) {
        const radius = amplitude * Math.sqrt(-2 * Math.log(uniform()));
        const angle = 2 * Math.PI * uniform();
        to[i * width + k] = from[i * width + k] + TIME_STEP * force[k] + radius * Math.cos(angle);
        to[i * width + k + 1] = from[i * width + k + 1] + TIME_STEP * force[k + 1] + radius * Math.sin(angle);
      }
    }
    [from, to] = [to, from];
  };
  return { name: 'plain typed arrays', ready: async () => {}, step };
}

/** Rates by engine name, in the order of SIZES; none if no Python was named. */
function peers(): Record<string, number[]> {
  const python = process.env.EMTD_PYTHON;
  if (!python) {
    console.log('Python peers: set EMTD_PYTHON to a Python with numpy and scipy, or jax, to compare with them\n');
    return {};
  }
  const script = join(import.meta.dirname, '..', '..', 'bench', 'peers.py');
  const sizes = SIZES.map(({ nodes, chains }) => `${nodes}x${chains}`);
  return JSON.parse(execFileSync(python, [script, ...sizes], { encoding: 'utf8' })) as Record<string, number[]>;
}

const backends = (await availableBackends()).filter(({ available, name, reason }) => {
  if (!available) console.log(`without ${name}: ${reason}\n`);
  return available;
});
const graphs = new Map(SIZES.map(({ nodes }) => [nodes, smallWorld(nodes, 4, 0.1, { seed: 1, connected: false })]));
const rates: Record<string, number[]> = {};
for (const { nodes, chains } of SIZES) {
  const graph = graphs.get(nodes)!;
  const contenders = [plainStepper(graph, chains)];
  for (const { name } of backends) contenders.push(await tensorStepper(name, graph, chains));
  const times = await race(contenders);
  contenders.forEach(({ name }, i) => (rates[name] ??= []).push((nodes * chains) / times[i]));
}
Object.assign(rates, peers());

const plain = rates['plain typed arrays'];
console.log('Langevin steps, million node-updates/s (and times plain typed arrays); nodes x chains\n');
console.log(['', ...SIZES.map(label)].map((cell, i) => (i === 0 ? cell.padEnd(22) : cell.padStart(16))).join(''));
for (const [name, row] of Object.entries(rates)) {
  const cells = row.map((rate, i) => `${(rate / 1e6).toFixed(2)} (${(rate / plain[i]).toFixed(2)})`.padStart(16));
  console.log(name.padEnd(22) + cells.join(''));
}

const [rows, chains] = [2e6, 1];
const index = rowIndex(graphs.get(1e6)!.endpoints.filter((_, i) => i % 2 === 0), 1e6);
for (const { name: backend } of backends.filter(({ name }) => name !== 'cpu')) {
  await setBackend(backend);
  const field = tf.zeros([1e6, COMPONENTS, chains]) as tf.Tensor3D;
  const edges = tf.ones([rows, COMPONENTS, chains]) as tf.Tensor3D;
  const column = tf.ones([rows, 1, chains]) as tf.Tensor3D;
  const targets = tf.tensor1d(index.targets, 'int32');
  const pairs: Record<string, [ours: () => tf.Tensor, stock: () => tf.Tensor]> = {
    gather: [() => gather(field, index), () => tf.gather(field, targets)],
    scatter: [() => scatter(edges, index), () => tf.unsortedSegmentSum(edges, targets, 1e6)],
    'sum of components': [() => sumComponents(edges), () => tf.sum(edges, 1, true)],
    'one component': [() => pickComponent(edges, 1), () => tf.slice(edges, [0, 1, 0], [-1, 1, -1])],
    broadcast: [() => broadcast(column, [rows, COMPONENTS, chains]), () => tf.tile(column, [1, COMPONENTS, 1])],
    normals: [
      () => normals(randomKey(1), { step: 0, purpose: 0, shape: [1e6, COMPONENTS, chains] }),
      () => tf.truncatedNormal([1e6, COMPONENTS, chains]), // tfjs's own generator, which the lab never uses
    ],
  };
  console.log(`\nSingle operations on ${backend}, 1e6 nodes, 2e6 edges, ns a float: ours, and the nearest of tfjs`);
  if (backend === 'wasm') console.log("(tfjs has no unsortedSegmentSum on wasm: that column's scatter is ours too)");
  for (const [name, pair] of Object.entries(pairs)) {
    const times = await race(pair.map((call) => ({ name, ready: async () => {}, step: () => call().dispose() })));
    const cells = times.map((time) => ((time * 1e9) / (name === 'normals' ? 2e6 : 4e6)).toFixed(2).padStart(10));
    console.log(name.padEnd(22) + cells.join(''));
  }
  tf.dispose([field, edges, column, targets]);
}
