// Swendsen-Wang and Wolff against enumeration, p_s = exp(-H_s / T) / Z, and against Kaufman's finite tori.
// Chains start in the exact law, drawn state by state, so that it must still hold after any number of steps:
// the states of independent chains at the end are multinomial (chi-square), and energies over all records
// have the exact mean. The mean cluster size of free spins is <M^2> / N. Source: src/exact; Wolff, Nucl.
// Phys. B 300 (1988) 501, doi:10.1016/0550-3213(88)90224-6.
import { before, test } from 'node:test';
import { meanClusterSize, sample, swendsenWang, wolff } from '../../src/dynamics/index.js';
import { bond, Hamiltonian, hamiltonian, interaction, site } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { boltzmannLaw, enumerateIsing, kaufmanIsing } from '../../src/exact/index.js';
import { Field } from '../../src/fields/index.js';
import { fromEdges, ring, smallWorld, torus } from '../../src/graphs/index.js';
import { magnetisation, observe } from '../../src/measure/index.js';
import { mean } from '../../src/statistics/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';
import { long, seedOf } from './scale.js';
import { anyOf, calibrated, countsByChance, likely, meanByChance, sameMean } from './statistics.js';

before(() => ready());

interface Enumerable {
  readonly name: string;
  readonly energy: Hamiltonian;
  /** Number of labels; spins without it. */
  readonly states?: number;
  readonly temperatures: readonly number[];
  /** Held at the first value. */
  readonly pinned?: readonly number[];
}

const kite = fromEdges(
  5,
  [
    [0, 1],
    [1, 2],
    [2, 0],
    [2, 3],
  ],
  { connected: false, name: 'kite' },
); // node 4 stands alone
const cut = (a: Parameters<Parameters<typeof bond>[0]>[0], b: typeof a): typeof a =>
  a.sub(b).abs().min(1).sum();
const systems: Enumerable[] = [
  {
    name: 'Ising',
    temperatures: [0.8, 2, 5],
    energy: hamiltonian(smallWorld(8, 4, 0.3, { seed: 5 }), [bond((a, b) => a.mul(b).sum().neg())]),
  },
  {
    name: 'Ising, unequal couplings in fields',
    temperatures: [0.7, 1.5],
    energy: new Hamiltonian(kite, [
      interaction({ J: [0.5, 0.3, 0, 0.7] }),
      bond((a, b) => a.add(b.mul(0.5)).square().sum().mul(-0.2)), // not symmetric, and still one gap
      site((s, h) => s.sum().mul(h).neg(), { h: [0.3, -0.2, 0, 0.5, 0.4] }),
    ]),
  },
  {
    name: 'Ising in a field, two pinned',
    temperatures: [1, 3],
    pinned: [0, 5],
    energy: hamiltonian(smallWorld(7, 4, 0.3, { seed: 2 }), [
      bond((a, b) => a.dot(b).neg()),
      site((s) => s.sum().mul(-0.2)),
    ]),
  },
  {
    name: 'Potts, 3 labels in fields',
    temperatures: [0.6, 1.5],
    states: 3,
    energy: hamiltonian(smallWorld(5, 2, 0.5, { seed: 2 }), [
      bond((a, b) => cut(a, b)),
      site((x, h) => x.sum().sub(1).square().mul(h), { h: 0.3 }),
    ]),
  },
  {
    name: 'Potts, 3 labels, one pinned',
    temperatures: [0.8],
    states: 3,
    pinned: [2],
    energy: hamiltonian(ring(5), [bond((a, b) => cut(a, b))]),
  },
];

for (const { name, energy, states, temperatures, pinned } of systems) {
  for (const make of [swendsenWang, wolff]) {
    test(`${make.name}, ${name}: the law of states, and its averages`, async () => {
      const nodes = energy.graph.nodeCount;
      const values = states === undefined ? [-1, 1] : Array.from({ length: states }, (_, v) => v);
      const all = Array.from({ length: values.length ** nodes }, (_, s) =>
        Float64Array.from(
          { length: nodes },
          (_, i) => values[Math.floor(s / values.length ** i) % values.length],
        ),
      ).filter((x) => (pinned ?? []).every((i) => x[i] === values[0]));
      const numberOf = new Map(all.map((x, s) => [x.join(), s]));
      const energies = all.map((x) => energy.energy64(x));
      const ranked = energies.map((_, s) => s).sort((a, b) => energies[a] - energies[b]); // rare ones side by side
      const [chains, steps, every] = [long(4000, 1000), long(24, 8), 4];
      const [chiSquares, means]: [number[], number[]] = [[], []];
      for (const T of temperatures) {
        const { probabilities: law } = boltzmannLaw(energies, T);
        for (let run = 0; run < long(6, 1); run++) {
          const seed = seedOf(make.name, name, T, run);
          const random = uniformGenerator(seed, 'start');
          const drawn = Array.from({ length: chains }, () => {
            let [s, left] = [0, random() - law[0]];
            while (left > 0 && s < law.length - 1) left -= law[++s];
            return all[s];
          });
          const initial = new Field(
            Float32Array.from(
              { length: nodes * chains },
              (_, at) => drawn[at % chains][Math.floor(at / chains)],
            ),
            {
              sites: nodes,
              chains,
              ...(states ? { codomain: 'potts', states } : { codomain: 'spin' }),
              ...(pinned ? { gauge: { pinned } } : {}),
            },
          );
          const samples = await sample(make(energy, { temperature: T, states }), {
            initial,
            steps,
            every,
            seed,
          });
          const [counts, averages] = [new Float64Array(law.length), new Float64Array(chains)];
          const records = samples.states.length;
          samples.states.forEach((record, r) => {
            for (let c = 0; c < chains; c++) {
              const s = numberOf.get(Array.from({ length: nodes }, (_, i) => record[i * chains + c]).join())!;
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
          means.push(
            meanByChance(
              averages,
              energies.reduce((sum, e, s) => sum + law[s] * e, 0),
            ),
          );
        }
      }
      if (chiSquares.length >= 6) {
        calibrated(`${name}: states`, chiSquares);
        calibrated(`${name}: <H>`, means);
      } else likely(`${name}: states and <H>`, anyOf([...chiSquares, ...means]));
    });
  }
}

const critical = 2 / Math.log(1 + Math.SQRT2);
for (const [size, T] of [
  [8, critical],
  [long(32, 12), critical],
  [12, 1.8],
  [12, 3.2],
] as const) {
  test(`O15: energy and cluster size on the torus of ${size} x ${size} at T = ${T.toFixed(3)}`, async () => {
    const energy = hamiltonian(torus(size, size), [bond((a, b) => a.mul(b).sum().neg())]);
    const exact = kaufmanIsing(size, size, { temperature: T }).meanEnergy;
    const chains = 32;
    for (const make of [swendsenWang, wolff]) {
      const steps = make === wolff && T > critical ? long(6000, 600) : long(1500, 120);
      const [sampler, seed] = [make(energy, { temperature: T }), seedOf(make.name, size, T)];
      const burnt = await sample(sampler, { chains, steps: make === wolff ? 300 : 60, seed });
      const samples = await sample(sampler, { resume: burnt.state, steps, every: 2 });
      const energies = observe(samples, (x) => energy.energy64(x)).map((series) => mean(series));
      sameMean(`${make.name}: <H>`, energies, exact, long(0.015, 0.15));
      const squares = observe(samples, (x) => magnetisation(x, 1) ** 2 * size ** 2).map((series) =>
        mean(series),
      );
      const sizes = meanClusterSize(samples.state, burnt.state);
      likely(
        `${make.name}: cluster size less <M^2> / N`,
        meanByChance(
          sizes.map((s, c) => s - squares[c]),
          0,
        ),
      );
    }
  });
}

test('the mean cluster size of spins is <M^2> / N, that of labels as of its docstring', async () => {
  const graph = smallWorld(9, 4, 0.3, { seed: 4 });
  const chains = 64;
  const ising = hamiltonian(graph, [bond((a, b) => a.mul(b).sum().neg())]);
  const potts = hamiltonian(graph, [bond((a, b) => cut(a, b))]);
  for (const [energy, q, T] of [
    [ising, 2, 2.5],
    [potts, 3, 0.9],
  ] as const) {
    const values = q === 2 ? [-1, 1] : [0, 1, 2];
    const all = Array.from({ length: q ** 9 }, (_, s) =>
      Float64Array.from({ length: 9 }, (_, i) => values[Math.floor(s / q ** i) % q]),
    );
    const { probabilities } = boltzmannLaw(
      all.map((x) => energy.energy64(x)),
      T,
    );
    const squares = (x: Float64Array): number =>
      values.reduce((sum, v) => sum + x.filter((y) => y === v).length ** 2, 0);
    const exact =
      all.reduce((sum, x, s) => sum + probabilities[s] * (q * squares(x) - 81), 0) / ((q - 1) * 9);
    for (const make of [swendsenWang, wolff]) {
      const sampler = make(energy, { temperature: T, ...(q === 2 ? {} : { states: q }) });
      const burnt = await sample(sampler, { chains, steps: 60, seed: seedOf('size', make.name, q) });
      const { state } = await sample(sampler, { resume: burnt.state, steps: long(4000, 300), every: 100 });
      sameMean(`${make.name}, q = ${q}`, meanClusterSize(state, burnt.state), exact, long(0.02, 0.15));
    }
  }
});

test('at a graph of 14 nodes in a field, from random spins: the enumerated energy', async () => {
  const [graph, T, field] = [smallWorld(14, 4, 0.2, { seed: 4 }), 2.5, 0.1];
  const energy = hamiltonian(graph, [
    bond((a, b) => a.mul(b).sum().neg()),
    site((x, h) => x.sum().mul(h).neg(), { h: field }),
  ]);
  for (const make of [swendsenWang, wolff]) {
    const samples = await sample(make(energy, { temperature: T }), {
      chains: 64,
      burnIn: 60,
      steps: long(3000, 400),
      every: 4,
      seed: seedOf(make.name),
    });
    const energies = observe(samples, (x) => energy.energy64(x)).map((series) => mean(series));
    sameMean(
      make.name,
      energies,
      enumerateIsing(graph, { temperature: T, field }).meanEnergy,
      long(0.015, 0.1),
    );
  }
});
