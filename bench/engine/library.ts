// The library itself, as `sample` runs it: a `langevin` sampler on the tensor engine and on the compiled one, which
// makes many steps at a time on so many threads.
import { type AnyState, langevin, type Sampler } from '../../src/dynamics/index.js';
import { bond, type Hamiltonian, hamiltonian } from '../../src/energy/index.js';
import { type BackendName, setBackend } from '../../src/tensors/index.js';
import { constantField } from '../../src/field/index.js';
import type { Graph } from '../../src/graph/index.js';
import { setThreads } from '../../src/runtime/index.js';
import type { Contender } from './contender.js';
import { ALL_CORES, COMPONENTS, J, SEED, TEMPERATURE, TIME_STEP } from './problem.js';

const options = { temperature: TEMPERATURE, timeStep: TIME_STEP, method: 'euler-maruyama' } as const;

export const quadratic = (graph: Graph): Hamiltonian =>
  hamiltonian(graph, [bond((a, b, coupling) => a.sub(b).squaredNorm().mul(coupling), { J })]);

/** The tensor engine on a backend. */
export async function tensors(backend: BackendName, graph: Graph, chains: number): Promise<Contender> {
  await setBackend(backend);
  const sampler = langevin(quadratic(graph), { ...options, engine: 'tensors' });
  return stepped(`tensors, ${backend}`, 'other', sampler, chains, 1, () => setBackend(backend));
}

/** The compiled engine on one thread and on all. */
export async function compiled(graph: Graph, chains: number): Promise<Contender[]> {
  await setBackend('wasm');
  const sampler = langevin(quadratic(graph), { ...options, engine: 'wasm' });
  const threads = ALL_CORES > 1 ? [1, ALL_CORES] : [1];
  return threads.map((count) => stepped('compiled, wasm', 'library', sampler, chains, count, async () => {}));
}

function stepped<State extends AnyState>(
  name: string, kind: Contender['kind'], sampler: Sampler<State>, chains: number, threads: number, ready: () => Promise<void>,
): Contender {
  const field = constantField({ sites: sampler.energy.graph.nodeCount, components: COMPONENTS, chains }, 0);
  let state: State | undefined;
  return {
    name, kind, threads,
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
