// The library itself, as `sample` runs it: a `langevin` sampler on the tensor engine and on the compiled one,
// which makes many steps at a time on so many threads. On tfjs's wasm backend the tensor engine runs
// generated code too, so the reference is the step written here in operations of tfjs.
import { type AnyState, langevin, type Sampler } from '../../src/dynamics/index.js';
import { bond, type Hamiltonian, hamiltonian } from '../../src/energies/index.js';
import { type BackendName, normals, setBackend, tf } from '../../src/tensors/index.js';
import { constantField, normalField } from '../../src/fields/index.js';
import { Purpose } from '../../src/randomness/index.js';
import type { Graph } from '../../src/graphs/index.js';
import { setThreads } from '../../src/runtime/index.js';
import type { Contender } from './contender.js';
import { ALL_CORES, COMPONENTS, J, KEY, SEED, TEMPERATURE, TIME_STEP } from './problem.js';

const options = { temperature: TEMPERATURE, timeStep: TIME_STEP, method: 'euler-maruyama' } as const;

export const quadratic = (graph: Graph): Hamiltonian =>
  hamiltonian(graph, [bond((a, b, coupling) => a.sub(b).squaredNorm().mul(coupling), { J })]);

/** The tensor engine on a backend. */
export async function tensors(backend: BackendName, graph: Graph, chains: number): Promise<Contender> {
  await setBackend(backend);
  const sampler = langevin(quadratic(graph), { ...options, engine: 'tensors' });
  const name = `tensors, ${backend}${backend === 'wasm' ? ' (generated code)' : ''}`;
  return stepped(name, 'other', sampler, chains, 1, () => setBackend(backend));
}

/** One step by operations of tfjs, which share no generated code with the engines. */
function stepByOperations(energy: Hamiltonian, x: tf.Tensor3D, step: number): tf.Tensor3D {
  return tf.tidy(() => {
    const noise = normals(KEY, { step, purpose: Purpose.noise, shape: x.shape });
    const drift = energy.gradient(x, { engine: 'tensors' }).mul(TIME_STEP);
    return x.sub(drift).add(noise.mul(Math.sqrt(2 * TEMPERATURE * TIME_STEP))) as tf.Tensor3D;
  });
}

/** The reference on tfjs's wasm backend. */
export function byOperations(graph: Graph, chains: number): Contender {
  const energy = quadratic(graph);
  let x: tf.Tensor3D | undefined;
  let at = 0;
  return {
    name: 'by operations, wasm: the reference',
    kind: 'other',
    threads: 1,
    run: async (steps) => {
      await setBackend('wasm');
      x ??= tf.zeros([graph.nodeCount, COMPONENTS, chains]);
      const start = performance.now();
      for (let n = 0; n < steps; n++) {
        const next = stepByOperations(energy, x, at++);
        x.dispose();
        x = next;
      }
      return { steps, seconds: (performance.now() - start) / 1000 };
    },
    close: () => x?.dispose(),
  };
}

/** The largest difference of one compiled step from the reference, over the largest value. */
export async function differenceFromReference(graph: Graph, chains: number): Promise<number> {
  await setBackend('wasm');
  const energy = quadratic(graph);
  const field = normalField({
    sites: graph.nodeCount,
    components: COMPONENTS,
    chains,
    deviation: 1,
    seed: SEED,
  });
  const sampler = langevin(energy, { ...options, engine: 'wasm' });
  const found = await sampler.read(await sampler.advance(sampler.init(field, SEED), 1));
  const x = tf.tensor3d(field.values, [graph.nodeCount, COMPONENTS, chains]);
  const exact = stepByOperations(energy, x, 0);
  const expected = exact.dataSync<'float32'>();
  tf.dispose([x, exact]);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return found.reduce((most, value, k) => Math.max(most, Math.abs(value - expected[k])), 0) / largest;
}

/** The compiled engine on one thread and on all. */
export async function compiled(graph: Graph, chains: number): Promise<Contender[]> {
  await setBackend('wasm');
  const sampler = langevin(quadratic(graph), { ...options, engine: 'wasm' });
  const threads = ALL_CORES > 1 ? [1, ALL_CORES] : [1];
  return threads.map((count) => stepped('compiled, wasm', 'library', sampler, chains, count, async () => {}));
}

function stepped<State extends AnyState>(
  name: string,
  kind: Contender['kind'],
  sampler: Sampler<State>,
  chains: number,
  threads: number,
  ready: () => Promise<void>,
): Contender {
  const field = constantField({ sites: sampler.energy.graph.nodeCount, components: COMPONENTS, chains }, 0);
  let state: State | undefined;
  return {
    name,
    kind,
    threads,
    run: async (steps) => {
      await ready();
      state ??= sampler.init(field, SEED);
      const start = performance.now();
      setThreads(threads);
      state = await sampler.advance(state, steps);
      return { steps, seconds: (performance.now() - start) / 1000 };
    },
    close: () => {
      if (state !== undefined) sampler.dispose(state);
    },
  };
}
