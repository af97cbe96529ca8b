// Runs that test the certificate: correct ones, and ones with a bug planted outside the samplers, in their
// energy, in the temperature that the samples declare, or in the samples themselves.
// Chains are independent replicas, so one call of `sample` with 8 R chains gives R runs of 8 chains.
import { flip, langevin, type LangevinMethod, metropolis, type Proposal, sample } from '../dynamics/index.js';
import { bond, type Hamiltonian, hamiltonian, interaction } from '../energies/index.js';
import { normalField, pinned, randomSpins } from '../fields/index.js';
import { smallWorld } from '../graphs/index.js';
import type { ChainSamples } from '../measure/index.js';

/** Chains and records of every run. */
export const CHAINS = 8;
export const RECORDS = 200;

/** One kind of run of one system. */
export interface Rehearsal {
  readonly name: string;
  /** The correct answer of the certificate. */
  readonly expected: 'pass' | 'reject';
  /** The energy that the samples are certified against. */
  readonly energy: Hamiltonian;
  /** Makes the runs, with progress in [0, 1]. */
  draw(runs: number, seed: string, onProgress: (fraction: number) => void): Promise<ChainSamples[]>;
}

/** The Gaussian free field H = (1/2) sum |x_i - x_j|^2 of two components on a small world, at T = 1. */
export function fieldRehearsals(): Rehearsal[] {
  const graph = smallWorld(10, 4, 0.3, { seed: 1 });
  const energy = hamiltonian(graph, [interaction({ J: 0.5 })]);
  const coarse = 0.15;
  interface Run {
    readonly on?: Hamiltonian;
    readonly temperature?: number;
    readonly timeStep?: number;
    readonly method?: LangevinMethod;
    readonly hot?: boolean;
  }
  const run =
    ({ on = energy, temperature = 1, timeStep = 0.1, method, hot = false }: Run): Rehearsal['draw'] =>
    async (runs, seed, onProgress) => {
      const every = Math.round(0.6 / timeStep);
      const chains = CHAINS * runs;
      const samples = await sample(langevin(on, { temperature, timeStep, method }), {
        chains,
        every,
        seed,
        components: 2,
        steps: RECORDS * every,
        burnIn: hot ? 0 : 20 * every,
        initial: hot
          ? normalField({ sites: graph.nodeCount, components: 2, chains, seed, deviation: 10 })
          : undefined,
        onProgress: (done, total) => onProgress(done / total),
      });
      return splitRuns({ ...samples, temperature: 1, temperatures: samples.temperatures.map(() => 1) }, runs);
    };
  const correct = run({});
  return [
    { name: 'correct', expected: 'pass', energy, draw: correct },
    {
      name: 'energy gap off by a factor 2',
      expected: 'reject',
      energy,
      draw: run({ on: energy.with({ J: 1 }) }),
    },
    { name: 'noise off by sqrt 2', expected: 'reject', energy, draw: run({ temperature: 0.5 }) },
    { name: 'frozen component', expected: 'reject', energy, draw: withEdit(correct, freezeComponent) },
    { name: 'duplicated chain', expected: 'reject', energy, draw: withEdit(correct, duplicateChain) },
    { name: 'burn-in left in', expected: 'reject', energy, draw: run({ hot: true }) },
    {
      name: `Leimkuhler-Matthews, dt = ${coarse}`,
      expected: 'pass',
      energy,
      draw: run({ timeStep: coarse }),
    },
    {
      name: `Euler-Maruyama, dt = ${coarse}`,
      expected: 'reject',
      energy,
      draw: run({ timeStep: coarse, method: 'euler-maruyama' }),
    },
  ];
}

/** The Ising model H = - sum s_i s_j on a small world of 8 spins, at T = 3. */
export function spinRehearsals(): Rehearsal[] {
  const graph = smallWorld(8, 4, 0.3, { seed: 5 });
  const energy = hamiltonian(graph, [bond((a, b, J) => a.dot(b).mul(J).neg(), { J: 1 })]);
  const temperature = 3;
  interface Run {
    readonly on?: Hamiltonian;
    readonly proposal?: Proposal;
    readonly pins?: readonly number[];
  }
  const run =
    ({ on = energy, proposal = flip, pins: held }: Run): Rehearsal['draw'] =>
    async (runs, seed, onProgress) => {
      const every = 3;
      const chains = CHAINS * runs;
      const start = randomSpins({ sites: graph.nodeCount, chains, seed });
      const samples = await sample(
        metropolis(on, { temperature, proposal, order: 'random', engine: 'tensors' }),
        {
          chains,
          every,
          seed,
          steps: RECORDS * every,
          burnIn: 20 * every,
          initial: held ? pinned(start, held) : start,
          onProgress: (done, total) => onProgress(done / total),
        },
      );
      return splitRuns({ ...samples, gauge: 'free' }, runs);
    };
  const correct = run({});
  return [
    { name: 'correct', expected: 'pass', energy, draw: correct },
    {
      name: 'energy gap off by a factor 2',
      expected: 'reject',
      energy,
      draw: run({ on: energy.with({ J: 0.5 }) }),
    },
    { name: 'missing Hastings ratio', expected: 'reject', energy, draw: run({ proposal: biasedProposal }) },
    { name: 'frozen spin', expected: 'reject', energy, draw: run({ pins: [0] }) },
    { name: 'duplicated chain', expected: 'reject', energy, draw: withEdit(correct, duplicateChain) },
  ];
}

/** Sets a spin up with probability 0.6, down otherwise, without the Hastings ratio: a hidden field. */
const biasedProposal: Proposal = {
  name: 'lopsided',
  codomain: 'spin',
  draws: 'uniform',
  propose(_value, draws, out) {
    for (let k = 0; k < out.length; k++) out[k] = draws[k] < 0.6 ? 1 : -1;
    return 0;
  },
};

const withEdit =
  (draw: Rehearsal['draw'], edit: (samples: ChainSamples) => ChainSamples): Rehearsal['draw'] =>
  async (...options) =>
    (await draw(...options)).map(edit);

/** Splits the chains into runs of equally many. */
function splitRuns(samples: ChainSamples, runs: number): ChainSamples[] {
  const chains = samples.chains / runs;
  const part = (state: Float32Array, run: number): Float32Array => {
    const out = new Float32Array(state.length / runs);
    for (let site = 0; site * chains < out.length; site++) {
      const from = site * samples.chains + run * chains;
      out.set(state.subarray(from, from + chains), site * chains);
    }
    return out;
  };
  return Array.from({ length: runs }, (_, run) => ({
    ...samples,
    energy: undefined, // the bug may lie in it
    chains,
    acceptance: samples.acceptance?.slice(run * chains, (run + 1) * chains),
    states: samples.states.map((state) => part(state, run)),
  }));
}

const withValues = (
  samples: ChainSamples,
  value: (state: Float32Array, at: number) => number,
): ChainSamples => ({
  ...samples,
  states: samples.states.map((state) => state.map((_, at) => value(state, at))),
});

/** Component 1 keeps the values of the first record. */
const freezeComponent = (samples: ChainSamples): ChainSamples =>
  withValues(samples, (state, at) =>
    Math.floor(at / samples.chains) % samples.components === 1 ? samples.states[0][at] : state[at],
  );

/** Chain 5 is a copy of chain 0. */
const duplicateChain = (samples: ChainSamples): ChainSamples =>
  withValues(samples, (state, at) => (at % samples.chains === 5 ? state[at - 5] : state[at]));
