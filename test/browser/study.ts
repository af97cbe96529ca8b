// What a user's program does, in Node and in a page: runs by each engine, measured and certified, a state saved, a graph read; and what a
// page cannot do, by its error. A run's hash is SHA-256 of its states.
import {
  backendName, bond, certify, fromGraphML, glauber, hamiltonian, langevin, ledger, parseState, plot, randomSpins, ready, sample, saveFigure,
  serialiseState, setBackend, setThreads, smallWorld, tf, trajectoryHash,
} from 'emtd-lab';

const graphMl = `<graphml><graph edgedefault="undirected"><node id="a"/><node id="b"/><edge source="a" target="b"/></graph></graphml>`;

export async function study(threads: number) {
  setThreads(threads);
  await ready();
  const [quadratic, ising] = [
    bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J: 1 }),
    bond((a, b) => a.dot(b).mul(-1)),
  ];
  const energy = hamiltonian(smallWorld(60, 4, 0.1, { seed: 1 }), [quadratic]);
  const options = { temperature: 1, timeStep: 0.05 };
  const run = { chains: 8, burnIn: 500, steps: 5000, every: 50, seed: 1 };
  const compiled = await sample(langevin(energy, options), run);
  const tensors = await sample(langevin(energy, { ...options, engine: 'tensors' }), { ...run, burnIn: 0, steps: 100 });
  const large = hamiltonian(smallWorld(20_000, 4, 0.1, { seed: 2 }), [quadratic]); // worth threads
  const wide = await sample(langevin(large, options), { chains: 8, steps: 200, every: 50, seed: 3 });
  const spins = hamiltonian(smallWorld(40, 4, 0.1, { seed: 4 }), [ising]);
  const initial = randomSpins({ sites: 40, chains: 4, seed: 5 });
  const flips = await sample(glauber(spins, { temperature: 2 }), { initial, steps: 200, every: 10, seed: 5 });
  const text = serialiseState(compiled.state);
  return {
    backend: backendName(),
    hashes: [compiled, tensors, wide, flips].map(trajectoryHash),
    certificate: String(certify(compiled, energy)),
    saved: serialiseState(parseState(text)) === text,
    named: fromGraphML(graphMl).nodeNames,
    gradient: [...tf.grad((x) => x.square().sum())(tf.tensor1d([1, 2])).dataSync()],
    errors: await Promise.all([() => ledger().length, () => saveFigure(plot([1, 2]), 'a.svg'), () => setBackend('tensorflow')].map(said)),
  };
}

const said = async (act: () => unknown): Promise<string> => {
  try {
    await act();
    return 'done';
  } catch (error) {
    return (error as Error).message;
  }
};
