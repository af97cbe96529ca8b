// The Gaussian free field H = (1/2) x . L x, sampled, against what its spectrum says (oracles O3, O4, O11).
//   O3  a tree is N - 1 free springs. Bonds switched on one after the other by the work of MALA, which keeps
// the law at any step,
//       count the spanning trees of the graph that they make: dF = (T / 2) ln tau, by Bennett's ratio of runs
// there and back
//   O4  W^2 = T Tr L+ / N, L+ the pseudo-inverse
//   O11 along a linear cooling F(t) = <H> - T S by modes, which are Gaussian, so that v'_k = (1 - h mu_k)^2
// v_k + 2 T_n h under
//       Euler-Maruyama steps, F = sum of mu_k v_k / 2 - (T / 2) ln(2 pi e v_k), and, but for order h,
//       dF/dt = - sum of (mu_k v_k - T)^2 / v_k - S dT/dt: entropy is produced while F rises
// Sources: Kirchhoff's matrix-tree theorem; Bennett, DOI 10.1016/0021-9991(76)90078-4;
// src/exact/gaussian/cooledMode.ts.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { drive, type DrivenRun, langevin, linear, mala, sample } from '../../src/dynamics/index.js';
import { hamiltonian, interaction } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { cooledMode, gaussianFreeField } from '../../src/exact/index.js';
import {
  complete,
  fromEdges,
  type Graph,
  karateClub,
  logSpanningTrees,
  ring,
  smallWorld,
} from '../../src/graphs/index.js';
import { bennett, disagreement, modeVariances, observe } from '../../src/measure/index.js';
import { mean } from '../../src/statistics/index.js';
import { meanWithError } from '../../src/statistics/mean.js';
import { full, long, seedOf } from './scale.js';
import { freeFieldInLaw, springs } from './springs.js';
import { LEVEL, likely, meanByChance, sameMean } from './statistics.js';

before(() => ready());

const range = (count: number): number[] => Array.from({ length: count }, (_, k) => k);
const petersen = fromEdges(
  10,
  range(5).flatMap((i): [number, number][] => [
    [i, (i + 1) % 5],
    [5 + i, 5 + ((i + 2) % 5)],
    [i, 5 + i],
  ]),
);

/** By edge: whether it belongs to a spanning tree. */
function spanningTree({ nodeCount, edgeCount, endpoints }: Graph): boolean[] {
  const part = range(nodeCount);
  return range(edgeCount).map((e) => {
    const [a, b] = [part[endpoints[2 * e]], part[endpoints[2 * e + 1]]];
    part.forEach((p, i) => (part[i] = p === a ? b : p));
    return a !== b;
  });
}

for (const [name, graph, trees, stages, h] of [
  ['Petersen', petersen, Math.log(2000), 10, 0.15],
  ['karate club', karateClub(), Math.log(5.091e15), 40, 0.05],
] as const) {
  test(`O3: bonds added to a tree cost the free energy of its spanning trees, ${name}`, {
    skip: !full && name !== 'Petersen',
  }, async () => {
    const T = 0.8;
    assert.ok(Math.abs(logSpanningTrees(graph) - trees) < 2e-4);
    const inTree = spanningTree(graph);
    const { nodeCount, endpoints } = graph;
    const edges = range(graph.edgeCount).map((e): [number, number] => [
      endpoints[2 * e],
      endpoints[2 * e + 1],
    ]);
    const tree = fromEdges(
      nodeCount,
      edges.filter((_, e) => inTree[e]),
    );
    const run = (protocol: number[], start: Graph, way: string): Promise<DrivenRun> =>
      drive({
        energy: (lambda) =>
          hamiltonian(graph, [interaction({ J: inTree.map((is) => (is ? 0.5 : lambda / 2)) })]),
        protocol,
        temperature: T,
        sampler: (energy, temperature) => mala(energy, { temperature, timeStep: h }),
        steps: 2,
        initial: freeFieldInLaw(start, {
          temperature: T,
          chains: long(name === 'Petersen' ? 8192 : 2000, 1024),
          seed: seedOf(name, way),
        }),
        seed: seedOf(name, way),
      });
    const protocol = range(stages + 1).map((k) => (k / stages) ** 3);
    const [there, back] = [
      await run(protocol, tree, 'there'),
      await run(protocol.toReversed(), graph, 'back'),
    ];
    const {
      estimate,
      interval: [low, high],
    } = bennett(there.work, back.work, T, { level: 1 - LEVEL });
    const exact = (T / 2) * logSpanningTrees(graph);
    assert.ok(low < exact && exact < high, `dF = ${estimate} [${low}, ${high}], exactly ${exact}`);
    assert.ok(high - low < long(0.04, 0.2) * exact, `[${low}, ${high}] says little of ${exact}`);
  });
}

test('O4: the disagreement is T Tr L+ / N: rings, the complete graph, a small world', async () => {
  for (const [graph, over] of [
    [ring(10), 0.825],
    [complete(10), 0.09],
    [ring(50, 4), 0.92],
    [smallWorld(50, 4, 0.1, { seed: 1 }), undefined],
  ] as const) {
    const [T, N] = [1.7, graph.nodeCount];
    const { stiffness, disagreement: exact } = gaussianFreeField(graph, { temperature: T, J: 1 / 2 });
    if (over !== undefined) assert.ok(Math.abs(exact / T - over) < 5e-3, `${graph.name}: ${exact / T}`);
    assert.ok(Math.abs(stiffness.reduce((sum, mu) => sum + T / (mu * N), 0) / exact - 1) < 1e-9);
    const h = 1 / stiffness.at(-1)!;
    const chains = long(192, 96);
    const every = Math.ceil(1 / (h * stiffness[0]));
    const samples = await sample(
      langevin(hamiltonian(graph, [interaction({ J: 0.5 })]), { temperature: T, timeStep: h }),
      {
        initial: freeFieldInLaw(graph, { temperature: T, chains, seed: seedOf('W', graph.name) }),
        burnIn: 12 * every,
        steps: every * long(100, 24),
        every,
        seed: seedOf('W', graph.name),
      },
    );
    sameMean(
      graph.name,
      observe(samples, disagreement).map((series) => mean(series)),
      exact,
      long(0.05, 0.1),
    );
  }
});

test('O11: on cooling a small world dF/dt is minus the dissipation and S dT/dt, and F rises while entropy is produced', async () => {
  const graph = smallWorld(50, 4, 0.1, { seed: 1 });
  const { stiffness, modes } = springs(graph);
  const [from, to, h, steps, every] = [2, 0.2, 0.0025, 400, 8];
  const [duration, slope] = [h * steps, (to - from) / (h * steps)];
  const [groups, size] = [32, long(96, 24)];
  const temperature = linear({ from, to, steps: steps + 1 });

  interface State {
    readonly F: number;
    readonly S: number;
    readonly dissipation: number;
  }
  const add = (a: State, b: State): State => ({
    F: a.F + b.F,
    S: a.S + b.S,
    dissipation: a.dissipation + b.dissipation,
  });
  /**
   * Of modes from their variances, each over n normals (all: Infinity), without bias: <ln chi^2_n / n> = -
   * 1/n - 1/3n^2, <n / chi^2_n> = n / (n - 2).
   */
  const stateOf = (variances: readonly number[], T: number, n = Infinity): State =>
    variances
      .map((v, k) => {
        const [mu, S] = [stiffness[k], (Math.log(2 * Math.PI * Math.E * v) + 1 / n + 1 / (3 * n * n)) / 2];
        return {
          F: (mu * v) / 2 - T * S,
          S,
          dissipation: mu * mu * v - 2 * mu * T + (T * T * (1 - 2 / n)) / v,
        };
      })
      .reduce(add);
  /** What F gained, and dissipation and S dT took: by trapezia. */
  const excess = (states: readonly State[]): number =>
    states.slice(1).reduce((sum, now, r) => {
      const both = add(now, states[r]);
      return sum + now.F - states[r].F + ((both.dissipation + both.S * slope) / 2) * every * h;
    }, 0);

  const exact: State[] = [];
  let variances = stiffness.map((mu) => from / mu);
  for (let n = 0; n <= steps; n++) {
    if (n % every === 0) exact.push(stateOf(variances, temperature.at(n)));
    variances = variances.map((v, k) => (1 - h * stiffness[k]) ** 2 * v + 2 * temperature.at(n) * h);
  }
  const dissipated = exact.reduce((sum, { dissipation }) => sum + dissipation * every * h, 0);
  assert.ok(
    Math.abs(excess(exact)) < 0.05 * dissipated,
    `${excess(exact)} of ${dissipated} by steps and trapezia`,
  );
  assert.ok(exact.at(-1)!.F - exact[0].F > dissipated, 'F does not rise');
  exact.forEach(({ F }, r) => {
    const states = stiffness.map((mu) => cooledMode({ stiffness: mu, from, to, duration }).at(r * every * h));
    const closed = states.reduce((sum, { freeEnergy }) => sum + freeEnergy, 0);
    assert.ok(Math.abs(F - closed) < 0.05 * dissipated, `record ${r}: ${F} by steps, ${closed} in the limit`);
  });
  assert.ok(
    Math.abs(exact[0].F - gaussianFreeField(graph, { temperature: from, J: 1 / 2 }).freeEnergy) < 1e-9,
  );

  const initial = freeFieldInLaw(graph, {
    temperature: from,
    chains: groups * size,
    seed: seedOf('cooling'),
  });
  const { states } = await sample(
    langevin(hamiltonian(graph, [interaction({ J: 0.5 })]), {
      temperature,
      timeStep: h,
      method: 'euler-maruyama',
    }),
    {
      initial,
      steps,
      every,
      seed: seedOf('cooling'),
    },
  );
  const chains = groups * size;
  const byGroup: State[][] = range(groups).map(() => []);
  [initial.values, ...states].forEach((values, r) => {
    const means = range(groups).map(() => new Float64Array(modes.length));
    modeVariances({ states: [values], nodes: 50, components: 1, chains }, modes).forEach((squares, c) =>
      squares.forEach((square, k) => (means[Math.floor(c / size)][k] += square / size)),
    );
    means.forEach((v, g) => byGroup[g].push(stateOf([...v], temperature.at(r * every), size)));
  });
  for (const r of [0, 10, 40, exact.length - 1]) {
    const values = byGroup.map((each) => each[r].F);
    assert.ok(meanWithError(values).standardError < long(0.02, 0.04) * dissipated);
    likely(
      `F after ${r * every} steps`,
      meanByChance(values, exact[r].F),
      `(${mean(values)}, exactly ${exact[r].F})`,
    );
  }
  sameMean(
    'dissipation',
    byGroup.map((each) => each.reduce((sum, { dissipation }) => sum + dissipation * every * h, 0)),
    dissipated,
    long(0.12, 0.4),
  );
  likely(
    'balance',
    meanByChance(byGroup.map(excess), excess(exact)),
    `(${mean(byGroup.map(excess))}, exactly ${excess(exact)})`,
  );
});
