// From 1e4 to 1e7 nodes: how long a small world of degree 8 takes to build, the most memory its process ever
// held, and what a half-edge costs in a sweep, the sum over the neighbours of every node of x, two float32
// components; what a node costs in a compiled Langevin step on one thread, and the most memory held by then.
// Every size runs in a process of its own. Then what `reordered` makes of graphs of a million nodes.
//   npm run bench scale
//   npm run bench scale -- --nodes=3e6     one size alone
import { execFileSync } from 'node:child_process';
import {
  fromEdges,
  permuteNodes,
  randomRegular,
  smallWorld,
  torus,
  type Graph,
} from '../src/graphs/index.js';
import { reordered } from '../src/graphs/structure/reordered.js';
import { langevin } from '../src/dynamics/index.js';
import { bond, hamiltonian } from '../src/energies/index.js';
import { ready } from '../src/tensors/index.js';
import { constantField } from '../src/fields/index.js';
import { setThreads } from '../src/runtime/index.js';
import { shuffle, uniformGenerator } from '../src/randomness/index.js';

const SIZES = [1e4, 1e5, 1e6, 1e7];

const pValue = (graph: Graph): Graph =>
  permuteNodes(
    graph,
    shuffle(
      new Int32Array(graph.nodeCount).map((_, node) => node),
      uniformGenerator(1),
    ),
  );
const GIVEN: Record<string, () => Graph> = {
  'small world': () => smallWorld(1e6, 4, 0.1, { seed: 1 }),
  'small world by chance': () => pValue(smallWorld(1e6, 4, 0.1, { seed: 1 })),
  'torus by chance': () => pValue(torus(1000, 1000)),
  'random regular': () => randomRegular(1e6, 4, { seed: 1, connected: false }),
  preferential: () => preferential(1e6, 4),
};

/** Barabasi and Albert's graph: each new node joins the ends of `degree` earlier half-edges. */
function preferential(nodeCount: number, degree: number): Graph {
  const random = uniformGenerator(1);
  const ends = new Int32Array(2 * degree * (nodeCount - degree));
  let at = 0;
  for (let node = degree; node < nodeCount; node++) {
    const [begin, end] = [at, at + 2 * degree];
    while (at < end) {
      const other = begin === 0 ? at / 2 : ends[Math.floor(random() * begin)];
      if (ends.subarray(begin, at).includes(other)) continue;
      ends[at++] = node;
      ends[at++] = other;
    }
  }
  return fromEdges(nodeCount, ends);
}

/** Seconds of processor time, which others on the machine leave nearly as it is. */
function timed<T>(make: () => T): [made: T, seconds: number] {
  const start = process.cpuUsage();
  const made = make();
  const { user, system } = process.cpuUsage(start);
  return [made, (user + system) / 1e6];
}

/**
 * Seconds of one sweep of each graph: the least of several, which take turns so that all meet the same
 * machine.
 */
function sweepTimes(graphs: readonly Graph[]): number[] {
  const best = graphs.map(() => Infinity);
  for (let spent = 0, round = 0; round < 5 || spent < graphs.length; round++) {
    for (const [g, graph] of graphs.entries()) {
      const [x, y] = [new Float32Array(2 * graph.nodeCount).fill(1), new Float32Array(2 * graph.nodeCount)];
      const time = timed(() => sweep(graph, x, y))[1];
      best[g] = Math.min(best[g], time);
      spent += time;
    }
  }
  return best;
}

function sweep({ nodeCount, offsets, neighbours }: Graph, x: Float32Array, y: Float32Array): void {
  for (let node = 0; node < nodeCount; node++) {
    let [s, t] = [0, 0];
    for (let h = offsets[node]; h < offsets[node + 1]; h++) {
      const far = 2 * neighbours[h];
      s += x[far];
      t += x[far + 1];
    }
    y[2 * node] = s;
    y[2 * node + 1] = t;
  }
}

const row = (name: string, cells: readonly (number | string)[]): void =>
  console.log(
    name.padEnd(22) +
      cells.map((cell) => (typeof cell === 'number' ? cell.toPrecision(3) : cell).padStart(13)).join(''),
  );

/** Seconds of a step of |a - b|^2, two components, one chain. */
async function stepTime(graph: Graph): Promise<number> {
  await ready();
  setThreads(1);
  const energy = hamiltonian(graph, [bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J: 0.5 })]);
  const sampler = langevin(energy, {
    temperature: 1,
    timeStep: 0.02,
    method: 'euler-maruyama',
    engine: 'wasm',
  });
  let state = sampler.init(constantField({ sites: graph.nodeCount, components: 2 }, 0), 1);
  let best = Infinity;
  const steps = Math.max(1, Math.round(1e6 / graph.nodeCount));
  for (let spent = 0, round = 0; round < 5 || spent < 1; round++) {
    const start = performance.now();
    state = await sampler.advance!(state, steps);
    const seconds = (performance.now() - start) / 1000;
    best = Math.min(best, seconds / steps);
    spent += seconds;
  }
  return best;
}

async function measureSize(nodes: number): Promise<void> {
  const idle = process.resourceUsage().maxRSS * 1024;
  const [graph, seconds] = timed(() => smallWorld(nodes, 8, 0.1, { seed: 1 }));
  const peak = process.resourceUsage().maxRSS * 1024;
  const [sweepTime] = sweepTimes([graph]);
  row(`${nodes.toExponential(0)} nodes`, [
    (seconds * 1e9) / nodes,
    (seconds * 1e9) / graph.edgeCount,
    peak / 1e6,
    (peak - idle) / graph.edgeCount,
    (sweepTime * 1e9) / (2 * graph.edgeCount),
    ((await stepTime(graph)) * 1e9) / nodes,
    (process.resourceUsage().maxRSS * 1024) / 1e6,
  ]);
}

function measureOrders(): void {
  console.log('\nA sweep of 1e6 nodes, ns/half-edge, and what the new order costs in sweeps as given\n');
  row('', ['as given', 'reordered', 'ratio', 'cost, sweeps']);
  for (const [name, make] of Object.entries(GIVEN)) {
    const graph = make();
    const [{ graph: better }, cost] = timed(() => reordered(graph));
    const [given, after] = sweepTimes([graph, better]);
    const each = 1e9 / (2 * graph.edgeCount);
    row(name, [given * each, after * each, given / after, cost / given]);
  }
}

const given = process.argv.find((word) => word.startsWith('--nodes='));
if (given !== undefined) {
  await measureSize(Number(given.slice('--nodes='.length)));
} else {
  console.log('smallWorld(N, 8, 0.1): building, peak memory of the process, one sweep\n');
  row('', ['ns/node', 'ns/edge', 'peak MB', 'bytes/edge', 'ns/half-edge', 'ns/update', 'peak MB, all']);
  for (const nodes of SIZES)
    execFileSync(process.execPath, [import.meta.filename, `--nodes=${nodes}`], { stdio: 'inherit' });
  measureOrders();
}
