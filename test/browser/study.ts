// What a user's program does, in Node and in a page: runs of every kind, measured and certified; a run that
// is stopped and goes on, a state saved; graphs, exact laws, ledgers, a network; and what a page cannot do,
// by its error. A run's hash is SHA-256 of its states.
import {
  Aborted,
  bond,
  certify,
  drive,
  geometric,
  hamiltonian,
  heatBath,
  karateClub,
  langevin,
  claims,
  mean,
  metropolis,
  observe,
  parallelTempering,
  randomSpins,
  ring,
  sample,
  type Sampler,
  setBackend,
  setThreads,
  smallWorld,
  tf,
  torus,
} from 'emtd-lab';
import { backendName, ready } from 'emtd-lab/tensors';
import {
  baoab,
  flip,
  glauber,
  mala,
  multispin,
  parseState,
  type AnyState,
  serialiseState,
  swendsenWang,
  wolff,
} from 'emtd-lab/dynamics';
import {
  ed25519Signatures,
  exportCar,
  importCar,
  inclusionProof,
  merkleDag,
  merkleRoot,
  verifyInclusion,
} from 'emtd-lab/merkle';
import { Emtd, Network } from 'emtd-lab/protocol';
import { formanRicci } from 'emtd-lab/geometry';
import { fromGraphML } from 'emtd-lab/graphs';
import { jupyterDisplay, plot, renderSvg, saveFigure } from 'emtd-lab/figures';
import { kaufmanIsing } from 'emtd-lab/exact';
import { manifest, trajectoryHash } from 'emtd-lab/claims';
import { orderParameter } from 'emtd-lab/measure';

const quadratic = bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J: 1 });
const aligning = bond((a, b) => a.dot(b).mul(-1));
const options = { temperature: 1, timeStep: 0.05 };
const coldRun = { chains: 4, steps: 60, every: 10, seed: 5 };

/** @param path of the figure that Node can save, and a page cannot */
export async function study(threads: number, path: string) {
  setThreads(threads);
  await ready();
  const energy = hamiltonian(smallWorld(60, 4, 0.1, { seed: 1 }), [quadratic]);
  const run = { chains: 8, burnIn: 500, steps: 12_000, every: 40, seed: 1 };
  const compiled = await sample(langevin(energy, options), run);
  const text = serialiseState(compiled.state);
  return {
    backend: backendName(),
    hashes: {
      langevin: trajectoryHash(compiled),
      ...(await fieldRuns()),
      ...(await spinRuns()),
      ...(await stopped()),
    },
    certificate: String(certify(compiled, energy)),
    order: observe(compiled, orderParameter).map(mean),
    saved: serialiseState(parseState(text)) === text,
    graphs: [
      fromGraphML(graphMl).nodeNames,
      karateClub().hash,
      [...formanRicci(ring(6))],
      kaufmanIsing(4, 4, { temperature: 2.5 }).meanEnergy,
    ],
    ledgers: ledgers(),
    network: await network(),
    pictures: [plot([3, 1.2, 0.5], { name: 'decay' }), displayed(ring(5))],
    gradient: [
      ...tf
        .grad((x) => x.square().sum())(tf.tensor1d([1, 2]))
        .dataSync(),
    ],
    errors: await Promise.all(
      [
        () => claims.sentences().length,
        () => saveFigure(plot([1, 2]), path),
        () => renderSvg(plot([1, 2])),
        () => setBackend('tensorflow'),
        () => manifest({ seeds: [1] }),
      ].map(said),
    ),
  };
}

async function fieldRuns() {
  const small = hamiltonian(smallWorld(60, 4, 0.1, { seed: 1 }), [quadratic]);
  const large = hamiltonian(smallWorld(20_000, 4, 0.1, { seed: 2 }), [quadratic]); // worth threads
  const cooled = { ...options, temperature: geometric({ from: 2, to: 0.1, steps: 60 }) };
  const ramp = await drive({
    energy: (J) =>
      hamiltonian(ring(6), [bond((a, b, weight) => a.sub(b).squaredNorm().mul(weight), { weight: J })]),
    protocol: [1, 1.5, 2],
    temperature: 1,
    sampler: (energy, temperature) => mala(energy, { temperature, timeStep: 0.05 }),
    burnIn: 20,
    steps: 4,
    chains: 8,
    seed: 1,
  });
  return {
    wide: trajectoryHash(
      await sample(langevin(large, options), { chains: 8, steps: 200, every: 50, seed: 3 }),
    ),
    annealed: await hashOf(langevin(small, cooled)),
    tensors: await hashOf(langevin(small, { ...options, engine: 'tensors' })),
    mala: await hashOf(mala(small, options)),
    baoab: await hashOf(baoab(small, { ...options, friction: 1 })),
    work: [...ramp.work],
  };
}

async function spinRuns() {
  const ising = hamiltonian(smallWorld(40, 4, 0.1, { seed: 4 }), [aligning]);
  const temperature = 2;
  const start = { initial: randomSpins({ sites: 40, chains: 4, seed: 5 }), steps: 60, every: 10, seed: 5 };
  const { samples } = await parallelTempering({
    temperatures: [2, 3],
    sampler: (T) => heatBath(ising, { temperature: T }),
    ...coldRun,
  });
  return {
    glauber: trajectoryHash(await sample(glauber(ising, { temperature }), start)),
    heatBath: await hashOf(heatBath(ising, { temperature })),
    metropolis: await hashOf(metropolis(ising, { temperature, proposal: flip })),
    interpreted: await hashOf(metropolis(ising, { temperature, proposal: flip, engine: 'tensors' })),
    wolff: await hashOf(wolff(ising, { temperature })),
    swendsenWang: await hashOf(swendsenWang(ising, { temperature })),
    multispin: await hashOf(multispin(8, 8, { temperature })),
    tempered: samples.map(trajectoryHash),
  };
}

/** A long run lets timers of the page through, stops when it is told to, and goes on as if it never had. */
async function stopped() {
  const sampler = wolff(hamiltonian(torus(16, 16), [aligning]), { temperature: 2.3 });
  const run = { chains: 4, steps: 3000, every: 100, seed: 9 };
  const abort = new AbortController();
  setTimeout(() => abort.abort(), 30);
  const partial = await sample(sampler, { ...run, signal: abort.signal }).catch((error: unknown) => {
    if (error instanceof Aborted) return error.partial;
    throw error;
  });
  if (partial.states.length >= 30) throw new Error('the timer did not stop the run');
  const [whole, resumed] = [
    await sample(sampler, run),
    await sample(sampler, { steps: run.steps, every: run.every, resume: partial }),
  ];
  return { whole: trajectoryHash(whole), resumed: trajectoryHash(resumed) === trajectoryHash(whole) };
}

const hashOf = async (sampler: Sampler<AnyState>): Promise<string> =>
  trajectoryHash(await sample(sampler, coldRun));

function ledgers() {
  const entries = ['a', 'b', 'c', 'd'].map((text) => new TextEncoder().encode(text));
  const claim = { leaf: entries[2]!, index: 2, size: 4, root: merkleRoot(entries) };
  const { keyPair, sign, verify } = ed25519Signatures();
  const ann = keyPair('Ann');
  const file = exportCar(merkleDag().append('genesis').append('from Ann'));
  return {
    root: claim.root,
    path: inclusionProof(entries, 2),
    proved: verifyInclusion(claim, inclusionProof(entries, 2)),
    signed: verify(sign(entries[0]!, ann.secret), entries[0]!, ann.publicKey),
    car: importCar(file).blockSet.root,
  };
}

async function network() {
  const initial = Array.from({ length: 50 }, (_, node) => node % 2);
  const energy = hamiltonian(smallWorld(50, 4, 0.1, { seed: 1 }), [bond((a, b) => a.mul(b).sum().neg())]);
  const protocol = new Emtd(energy, {
    values: [-1, 1],
    initial,
    temperature: geometric({ from: 4, to: 0.1, steps: 60 }),
  });
  const { hash, reason, messages } = await new Network(protocol, { nodeCount: 50, seed: 1 }).run({
    time: 100,
  });
  return { hash, reason, messages, agreement: protocol.agreement };
}

/** What a notebook would be handed. */
const displayed = (shown: { [jupyterDisplay](): unknown }): unknown => shown[jupyterDisplay]();

const graphMl =
  '<graphml><graph edgedefault="undirected"><node id="a"/><node id="b"/><edge source="a" target="b"/></graph></graphml>';

const said = async (act: () => unknown): Promise<string> => {
  try {
    await act();
    return 'done';
  } catch (error) {
    return (error as Error).message;
  }
};
