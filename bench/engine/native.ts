// The peer in C: bench/langevin.c by the system's compiler, its one step checked against the lab's own random
// numbers and float64 arithmetic before anything is timed.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Graph } from '../../src/graphs/index.js';
import { normals, Purpose } from '../../src/randomness/index.js';
import type { Contender, Kind } from './contender.js';
import { PeerProcess } from './peerProcess.js';
import { bytes, COMPONENTS, J, KEY, TEMPERATURE, TIME_STEP } from './problem.js';

interface Build {
  readonly name: string;
  readonly kind: Kind;
  readonly flags: readonly string[];
}

const VECTORS_256 = ['-mavx2', '-mfma', '-DWIDTH=8'];
const BUILDS: readonly Build[] = [
  { name: 'C, SSE4.2', kind: 'C, 128 bits', flags: ['-msse4.2'] },
  { name: 'C, AVX 128 bits', kind: 'C, 128 bits', flags: ['-mavx'] },
  { name: 'C, AVX2 256 bits', kind: 'C, 256 bits', flags: VECTORS_256 },
  { name: 'C, AVX 128 bits, no prefetch', kind: 'other', flags: ['-mavx', '-DAHEAD=0'] },
  { name: 'C, AVX 128 bits, Philox 7', kind: 'C, 7 rounds', flags: ['-mavx', '-DROUNDS=7'] },
];

export interface Native extends Build {
  readonly path: string;
}

/** Builds all variants into `folder`. A string says why there is none. */
export function buildNative(root: string, folder: string): Native[] | string {
  if (process.arch !== 'x64') return `bench/langevin.c is written for x86, this machine is ${process.arch}`;
  const compiler = process.env.CC ?? ['cc', 'gcc', 'clang'].find(works);
  if (!compiler) return 'no C compiler: none of cc, gcc, clang answers';
  return BUILDS.map((build, k) => {
    const path = join(folder, `langevin-${k}`);
    const source = join(root, 'bench', 'langevin.c');
    execFileSync(compiler, ['-O3', ...build.flags, source, '-o', path, '-lm', '-pthread'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return { ...build, path };
  }).filter(runs);
}

const works = (compiler: string): boolean => {
  try {
    execFileSync(compiler, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** Whether the processor has the instructions. */
const runs = ({ path, name }: Native): boolean => {
  try {
    execFileSync(path, [], { stdio: 'ignore' });
    return true;
  } catch (error) {
    const usage = (error as { status: number | null }).status === 2;
    if (!usage) console.error(`without ${name}: this processor does not run it`);
    return usage;
  }
};

const parameters = (graphFile: string, chains: number, threads: number): string[] =>
  [graphFile, chains, threads, TIME_STEP, J, TEMPERATURE, KEY.seed, KEY.stream].map(String);

export class NativeProcess extends PeerProcess {
  constructor({ path }: Native, graphFile: string, chains: number, threads: number) {
    super(path, parameters(graphFile, chains, threads));
  }

  /** Seconds of a command. */
  async seconds(command: string): Promise<number> {
    return Number(await this.ask(command));
  }
}

export function nativeContender(
  build: Native,
  graphFile: string,
  chains: number,
  threads: number,
): Contender {
  const peer = new NativeProcess(build, graphFile, chains, threads);
  let at = 0;
  return {
    name: build.name,
    kind: build.kind,
    threads,
    run: async (steps) => {
      const seconds = await peer.seconds(`run ${at} ${steps}`);
      at += steps;
      return { steps, seconds };
    },
    close: () => peer.close(),
  };
}

/**
 * The largest difference of one step from the same by the library's random numbers in float64, over the
 * largest value.
 */
export async function disagreement(
  build: Native,
  graph: Graph,
  graphFile: string,
  chains: number,
  folder: string,
): Promise<number> {
  const { nodeCount, neighbours, offsets } = graph;
  const lanes = COMPONENTS * chains;
  const step = 2 ** 33 + 5; // both words of the counter count
  const draw = { step, purpose: Purpose.noise, nodes: nodeCount, lanes };
  const from = normals(new Float32Array(nodeCount * lanes), KEY, { ...draw, purpose: Purpose.initial });
  const noise = normals(new Float64Array(nodeCount * lanes), KEY, draw);
  const files = [join(folder, 'before.f32'), join(folder, 'after.f32')];
  writeFileSync(files[0], bytes(from));
  const peer = new NativeProcess(build, graphFile, chains, 2);
  for (const command of [`state ${files[0]}`, `run ${step} 1`, `dump ${files[1]}`]) await peer.ask(command);
  peer.close();
  const after = new Float32Array(Uint8Array.from(readFileSync(files[1])).buffer);
  let [worst, largest] = [0, 0];
  for (let at = 0; at < after.length; at++) {
    const node = Math.floor(at / lanes);
    let slope = 0;
    for (let h = offsets[node]; h < offsets[node + 1]; h++)
      slope += from[at] - from[neighbours[h] * lanes + (at % lanes)];
    const exact = from[at] - 2 * J * TIME_STEP * slope + Math.sqrt(2 * TEMPERATURE * TIME_STEP) * noise[at];
    worst = Math.max(worst, Math.abs(after[at] - exact));
    largest = Math.max(largest, Math.abs(exact));
  }
  return build.kind === 'C, 7 rounds' ? Number.NaN : worst / largest;
}
