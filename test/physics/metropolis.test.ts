// Metropolis against enumeration, p_s = exp(-H_s / T) / Z. Chains start in the exact law, drawn state by
// state, so that it must still hold after any number of sweeps, at low temperatures too: the states of
// independent chains at the end are multinomial (chi-square, whose p-values are uniform), and averages over
// all records have the exact mean. From elsewhere the same law is reached, where it is hot. Continuous
// fields: H / T of a Gaussian free field is Gamma(d (N - 1) / 2); beliefs moved as logits with the softmax
// Jacobian are flat on the simplex where H = 0, so that 1 - (1 - p_k)^(q - 1) is uniform. Source: oracle O1;
// src/exact; src/fields/belief.ts.
import { before, test } from 'node:test';
import { flip, gaussian, metropolis, type Proposal, relabel, sample } from '../../src/dynamics/index.js';
import {
  bond,
  computationalCost,
  type Hamiltonian,
  hamiltonian,
  interaction,
  site,
} from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { boltzmannLaw } from '../../src/exact/index.js';
import { beliefEntropy, Field, probabilities } from '../../src/fields/index.js';
import { ring, smallWorld } from '../../src/graphs/index.js';
import { observe } from '../../src/measure/index.js';
import { mean } from '../../src/statistics/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';
import { full, long, seedOf } from './scale.js';
import {
  anyOf,
  calibrated,
  countsByChance,
  igam,
  likely,
  meanByChance,
  sameMean,
  uniformByChance,
} from './statistics.js';

before(() => ready());

interface Enumerable {
  readonly name: string;
  readonly energy: Hamiltonian;
  readonly values: readonly number[];
  readonly proposal: Proposal;
  readonly temperatures: readonly number[];
}

const graph = smallWorld(8, 4, 0.3, { seed: 5 });
const awake = computationalCost('grand-canonical', {
  mu: 0.4,
  activity: (x) => x.component(0).sub(1).square(),
});
const systems: Enumerable[] = [
  {
    name: 'Ising, in a field',
    values: [-1, 1],
    proposal: flip,
    temperatures: [1.5, 2.5, 5],
    energy: hamiltonian(graph, [
      bond((a, b) => a.dot(b).neg()),
      site((s, h) => s.sum().mul(h).neg(), { h: 0.15 }),
    ]),
  },
  {
    name: 'Potts, 3 labels',
    values: [0, 1, 2],
    proposal: relabel(3),
    temperatures: [0.6, 1.5],
    energy: hamiltonian(smallWorld(5, 2, 0.5, { seed: 2 }), [bond((a, b) => a.sub(b).squaredNorm().min(1))]),
  },
  {
    name: 'Blume-Capel',
    values: [0, 1, 2],
    proposal: relabel(3),
    temperatures: [0.7, 2],
    energy: hamiltonian(ring(5), [interaction({ J: 0.6 }), awake]),
  },
];

for (const { name, energy, values, proposal, temperatures } of systems) {
  test(`${name}: the law of states, and its averages`, async () => {
    const nodes = energy.graph.nodeCount;
    const digit = (s: number, node: number): number => Math.floor(s / values.length ** node) % values.length;
    const states = Array.from({ length: values.length ** nodes }, (_, s) =>
      Float64Array.from({ length: nodes }, (_, node) => values[digit(s, node)]),
    );
    const energies = states.map((state) => energy.energy64(state));
    const [chains, sweeps, every] = [long(4000, 1200), long(40, 20), 4];
    const hottest = Math.max(...temperatures); // where 150 sweeps forget any start
    const chiSquares: number[] = [];
    const [means, labels]: [number[], number[]] = [[], []];
    for (const T of temperatures) {
      const { probabilities: law } = boltzmannLaw(energies, T);
      const exact = energies.reduce((sum, e, s) => sum + law[s] * e, 0);
      const shareOf = (v: number): number =>
        states.reduce((sum, state, s) => sum + law[s] * state.filter((x) => x === values[v]).length, 0) /
        nodes;
      const ranked = energies.map((_, s) => s).sort((a, b) => energies[a] - energies[b]); // rare ones side by side
      for (const order of ['random', 'sequential'] as const) {
        for (const start of [
          ...Array<'law'>(long(4, 1)).fill('law'),
          ...(T === hottest && full ? ['elsewhere'] : []),
        ]) {
          const seed = seedOf(name, T, order, start, chiSquares.length);
          const random = uniformGenerator(seed, 'start');
          const drawn = Array.from({ length: chains }, () => {
            let [s, left] = [0, random() - law[0]];
            while (left > 0 && s < law.length - 1) left -= law[++s];
            return start === 'law' ? states[s] : states[0];
          });
          const initial = new Field(
            Float32Array.from(
              { length: nodes * chains },
              (_, at) => drawn[at % chains][Math.floor(at / chains)],
            ),
            { sites: nodes, chains, codomain: proposal.codomain, states: proposal.states },
          );
          const burnIn = start === 'law' ? 0 : 150;
          const sampler = metropolis(energy, { temperature: T, proposal, order });
          const samples = await sample(sampler, { initial, burnIn, steps: sweeps, every, seed });
          const counts = new Float64Array(law.length);
          const [averages, shares] = [new Float64Array(chains), values.map(() => new Float64Array(chains))];
          const records = samples.states.length;
          samples.states.forEach((record, r) => {
            for (let c = 0; c < chains; c++) {
              let s = 0;
              for (let node = nodes - 1; node >= 0; node--) {
                const v = values.indexOf(record[node * chains + c]);
                s = s * values.length + v;
                shares[v][c] += 1 / (nodes * records);
              }
              averages[c] += energies[s] / records;
              if (r === records - 1) counts[s]++;
            }
          });
          chiSquares.push(
            countsByChance(
              ranked.map((s) => counts[s]),
              ranked.map((s) => law[s] * chains),
            ),
          );
          means.push(meanByChance(averages, exact));
          labels.push(...shares.map((share, v) => meanByChance(share, shareOf(v))));
        }
      }
    }
    calibrated(`${name}: states`, chiSquares);
    calibrated(`${name}: <H>`, means);
    likely(`${name}: shares of the values`, anyOf(labels));
  });
}

test('O1: gaussian moves: H / T of the free field is Gamma(d (N - 1) / 2)', async () => {
  const energy = hamiltonian(ring(6), [interaction()]);
  const [T, components, chains] = [0.4, 2, long(4000, 600)];
  for (const width of [0.3, 0.9]) {
    const samples = await sample(metropolis(energy, { temperature: T, proposal: gaussian(width) }), {
      chains,
      components,
      burnIn: width < 0.5 ? 120 : 60,
      steps: long(120, 20),
      every: 4,
      seed: seedOf('gaussian', width),
    });
    const energies = observe(samples, (x) => energy.energy64(x) / T);
    likely(`width ${width}: law`, uniformByChance(energies.map((h) => igam(5, h.at(-1)!))));
    sameMean(
      `width ${width}: <H> / T`,
      energies.map((h) => mean(h)),
      5,
      long(0.015, 0.1),
    );
  }
});

test('beliefs as logits with the softmax Jacobian are flat on the simplex, at any temperature', async () => {
  const [q, nodes, chains] = [3, 4, long(4000, 250)];
  for (const T of [0.5, 2]) {
    const jacobian = site((l, t) => l.sub(l.logSumExp()).sum().mul(t).neg(), { t: T });
    const confined = site((l) => l.sum().square().mul(0.1));
    const energy = hamiltonian(ring(nodes), [jacobian, confined]);
    const samples = await sample(metropolis(energy, { temperature: T, proposal: gaussian(1.6) }), {
      chains,
      components: q,
      burnIn: 150,
      steps: long(120, 12),
      every: 4,
      seed: seedOf('simplex', T),
    });
    const shape = { sites: nodes, components: q, chains, codomain: 'simplex' } as const;
    const beliefs = samples.states.map((values) => new Field(values, shape));
    const p = probabilities(beliefs.at(-1)!); // all nodes and chains are independent; one root of each
    const roots = p.filter((_, at) => Math.floor(at / chains) % q === Math.floor(at / chains / q) % q);
    likely(`T = ${T}: law of p_k`, uniformByChance(roots.map((pk) => 1 - (1 - pk) ** (q - 1))));
    const entropies = new Float64Array(chains);
    for (const belief of beliefs) {
      beliefEntropy(belief).forEach((S, at) => (entropies[at % chains] += S / (nodes * beliefs.length)));
    }
    sameMean(`T = ${T}: entropy`, entropies, 1 / 2 + 1 / 3, long(0.01, 0.1)); // psi(q + 1) - psi(2)
  }
});
