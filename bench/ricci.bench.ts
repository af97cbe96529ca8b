// Ricci curvature against GraphRicciCurvature (Python; networkit, POT): three steps of flow on the karate
// club, the two taking turns, both warm. Where the tool does not install, its published time stands in:
// 0.0689 s for two steps with four processes, in the output of notebooks/tutorial.ipynb of its repository, on
// a machine that it does not name. Then what 1e4 nodes of mean degree 8 take.
//   EMTD_PYTHON=/path/to/python npm run bench ricci       a Python that has GraphRicciCurvature
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ollivierRicci, ricciFlow } from '../src/geometry/index.js';
import { type Graph, karateClub, randomRegular, smallWorld } from '../src/graphs/index.js';
import { uniformGenerator } from '../src/randomness/index.js';
import { PeerProcess } from './engine/peerProcess.js';

const root = join(import.meta.dirname, '..', '..');
const publishedKarate: { readonly flow: readonly number[] } = JSON.parse(
  readFileSync(join(root, 'test', 'fixtures', 'karate-ricci.json'), 'utf8'),
);
const PUBLISHED = 0.06887 / 2; // seconds a step
const ROUNDS = 15;

const flow = async (): Promise<Float64Array> => (await ricciFlow(karateClub(), { steps: 3 })).lengths;

async function seconds(): Promise<number> {
  const begin = performance.now();
  await flow();
  return (performance.now() - begin) / 1000;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1];
const defect = (weights: ArrayLike<number>): number =>
  Math.max(...publishedKarate.flow.map((published, e) => Math.abs(weights[e] - published)));
const line = (name: string, times: readonly number[], weights: ArrayLike<number>): void =>
  console.log(
    `${name.padEnd(44)} ${(1e3 * median(times)).toPrecision(3).padStart(8)} ms   least ${(1e3 * Math.min(...times)).toPrecision(3).padStart(6)} ms   off published by ${defect(weights).toExponential(1)}`,
  );

async function besideThePeer(): Promise<void> {
  const peer = new PeerProcess(process.env.EMTD_PYTHON ?? 'python3', [join(root, 'bench', 'ricciPeer.py')]);
  let versions: string;
  try {
    versions = await peer.answer();
  } catch (error) {
    console.log(
      `GraphRicciCurvature: ${(error as Error).message.split('\n').at(-1)!} (EMTD_PYTHON names another Python)`,
    );
    const own = [];
    for (let round = 0; round < ROUNDS; round++) own.push(await seconds());
    line('emtd-lab, one thread', own, await flow());
    console.log(
      `ratio to the published time of three steps, another machine: ${((3 * PUBLISHED) / median(own)).toFixed(0)}`,
    );
    return;
  }
  const pools = [1, availableParallelism()];
  const theirs: number[][] = pools.map(() => []);
  const own: number[] = [];
  let weights: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [k, processes] of pools.entries()) {
      const [time, ...found] = (await peer.ask(String(processes))).split(' ').map(Number);
      theirs[k].push(time);
      weights = found;
    }
    own.push(await seconds());
  }
  peer.close();
  pools.forEach((processes, k) => line(`GraphRicciCurvature, pool of ${processes}`, theirs[k], weights));
  line('emtd-lab, one thread', own, await flow());
  console.log(
    `ratio of medians, the faster pool: ${(Math.min(...theirs.map(median)) / median(own)).toFixed(1)}; at least 20 asked   ${versions}`,
  );
}

function large(name: string, graph: Graph, lengths?: Float64Array): void {
  const begin = process.cpuUsage();
  ollivierRicci(graph, { lengths });
  const { user, system } = process.cpuUsage(begin);
  console.log(
    `${name.padEnd(44)} ${((user + system) / 1e6).toFixed(2).padStart(8)} s of processor time, ${graph.edgeCount} edges; at most 60 asked`,
  );
}

console.log('Three steps of Ricci flow on the karate club\n');
const cold = await seconds();
for (let warm = 0; warm < 10; warm++) await flow();
await besideThePeer();
console.log(
  `emtd-lab, the first time in its process: ${(1e3 * cold).toPrecision(3)} ms\n\nCurvature of 1e4 nodes of degree 8\n`,
);
const world = smallWorld(1e4, 8, 0.1, { seed: 1 });
large('small world', world);
large('random regular', randomRegular(1e4, 8, { seed: 1 }));
const random = uniformGenerator(1);
large(
  'small world, lengths between 0.2 and 2.2',
  world,
  Float64Array.from({ length: world.edgeCount }, () => 0.2 + 2 * random()),
);
