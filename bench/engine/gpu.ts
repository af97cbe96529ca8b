// Steps on a graphics card. Langevin: the bytes that it must move a second, over the bytes that a copy on the
// same device moves, buffer to buffer. A step must read and write the field, and read where rows begin, how
// long they are, and the slots.
//   EMTD_SOFTWARE_GPU=1 npm run bench engine      measures a program that stands in for a card, to see that
// it runs
import { langevinUpdate } from '../../src/codegen/index.js';
import { heatBath } from '../../src/dynamics/index.js';
import { bond, hamiltonian } from '../../src/energies/index.js';
import { torus } from '../../src/graphs/index.js';
import { type Gpu, sharedGpu } from '../../src/runtime/index.js';
import { Purpose, randomKey } from '../../src/randomness/index.js';
import { GpuStepper, type Drive } from '../../src/dynamics/compiled/index.js';
import type { Beside } from './prepared.js';
import { quadratic } from './library.js';
import { COMPONENTS, graphOf, TEMPERATURE, TIME_STEP } from './problem.js';

const ROUNDS = 7;
const COPY = 2 ** 26; // bytes

export async function gpuBandwidth(nodes: number): Promise<string | Beside> {
  const gpu = await cardOr();
  if (typeof gpu === 'string') return gpu;
  const graph = graphOf({ nodes, chains: 1 });
  const stepper = await GpuStepper.create('bench', gpu, quadratic(graph), langevinUpdate['euler-maruyama'], {
    components: COMPONENTS,
    chains: 1,
    gauge: 'free',
  });
  stepper.load(new Float32Array(COMPONENTS * nodes));
  const slots = graph.offsets.reduce(
    (sum, _, i) => (i % 4 === 0 && i < nodes ? sum + 4 * longest(graph.offsets, i, nodes) : sum),
    0,
  );
  const bytes = 4 * (2 * COMPONENTS * nodes + nodes + nodes / 4 + slots);
  const drive: Drive = {
    firstStep: 0,
    key: randomKey(1),
    purpose: Purpose.noise,
    numbers: { timeStep: TIME_STEP },
    amplitude: () => Math.sqrt(2 * TEMPERATURE * TIME_STEP),
  };
  const copies = await copier(gpu);
  const [step, copy] = [await rates((times) => stepper.run(times, drive)), await rates(copies.run)];
  copies.dispose();
  stepper.dispose();
  const [moved, most] = [bytes * Math.max(...step), 2 * COPY * Math.max(...copy)];
  const billion = (rate: number): string => (rate / 1e9).toPrecision(3);
  return {
    value: (100 * moved) / most,
    beside: `${gpu.adapter}: ${billion(moved)} of ${billion(most)} GB/s, ${billion(nodes * Math.max(...step))}e9 node-updates/s, fastest of ${ROUNDS} batches`,
  };
}

/**
 * Flips a nanosecond of the heat bath on the square lattice at its critical temperature, the field staying on
 * the device.
 */
export async function gpuFlips(length: number): Promise<string | Beside> {
  const gpu = await cardOr();
  if (typeof gpu === 'string') return gpu;
  const ising = hamiltonian(torus(length, length), [bond((a, b) => a.mul(b).sum().neg())]);
  const sampler = heatBath(ising, { temperature: 2 / Math.log(1 + Math.SQRT2), engine: 'webgpu' });
  let state = sampler.init(sampler.initialField({ components: 1, chains: 1, seed: 1 }), 1);
  const found = await rates(async (sweeps) => (state = await sampler.advance!(state, sweeps)));
  sampler.dispose(state);
  return {
    value: (length ** 2 * Math.max(...found)) / 1e9,
    beside: `${gpu.adapter}, fastest of ${ROUNDS} batches; published, multi-spin CUDA (Romero et al. 2020): 2 V100 766, 2 A100 1041, 2 H100 1801 flips/ns`,
  };
}

/** A graphics card, or why there is none. */
async function cardOr(): Promise<Gpu | string> {
  const gpu = await sharedGpu().catch((error: Error) => error.message);
  if (typeof gpu === 'string' || !gpu.software || process.env['EMTD_SOFTWARE_GPU']) return gpu;
  return `measured on a graphics card only, and ${gpu.adapter} is a program`;
}

function longest(offsets: Int32Array, from: number, nodes: number): number {
  let most = 0;
  for (let i = from; i < Math.min(from + 4, nodes); i++) most = Math.max(most, offsets[i + 1] - offsets[i]);
  return most;
}

async function copier(gpu: Gpu): Promise<{ run(times: number): Promise<void>; dispose(): void }> {
  const [from, to] = [await gpu.buffer('from', COPY / 4), await gpu.buffer('to', COPY / 4)];
  return {
    run: async (times) => {
      const encoder = gpu.device.createCommandEncoder();
      for (let n = 0; n < times; n++) encoder.copyBufferToBuffer(from.handle, 0, to.handle, 0, COPY);
      gpu.device.queue.submit([encoder.finish()]);
      await to.read(Uint32Array, 0, 1); // after all that was submitted
    },
    dispose: () => [from, to].forEach((buffer) => buffer.dispose()),
  };
}

/** Times a second, in batches that take 50 ms or more. */
async function rates(run: (times: number) => Promise<unknown>): Promise<number[]> {
  const found: number[] = [];
  for (let batch = 1; found.length < ROUNDS; ) {
    const start = performance.now();
    await run(batch);
    const seconds = (performance.now() - start) / 1000;
    if (seconds < 0.05) batch *= 2;
    else found.push(batch / seconds);
  }
  return found;
}
