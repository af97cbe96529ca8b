import { test } from 'node:test';
import assert from 'node:assert/strict';
import { heatBath, metropolis, relabel, sample } from '../../src/dynamics/index.js';
import { checkTerm, hamiltonian, interaction, labelDistance } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { boltzmannLaw, totalVariationDistance, totalVariationFloor } from '../../src/exact/index.js';
import { embeddingField, merkleDiffEmbedding, randomLabels } from '../../src/fields/index.js';
import { fromEdges, ring } from '../../src/graphs/index.js';
import { empiricalLaw, observe } from '../../src/measure/index.js';
import { blockSet, distanceTable, symmetricDifference } from '../../src/merkle/index.js';

const ledgers = [
  [0, 1, 2],
  [0, 1],
  [5, 6, 7, 8],
  [0, 1, 2, 5],
].map((ids) => blockSet(ids.map((id) => Uint8Array.of(id))));
const table = distanceTable(ledgers, (a, b) => symmetricDifference(a, b).size);
const labellings = (nodes: number): number[][] =>
  Array.from({ length: 4 ** nodes }, (_, k) =>
    Array.from({ length: nodes }, (_node, i) => Math.floor(k / 4 ** i) % 4),
  );

test('the energy is the sum of couplings times distances, and that of Definition 1.2 at the coordinates of the ledgers', () => {
  const graph = fromEdges(4, [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 0],
    [0, 2],
  ]);
  const J = [0.5, 1, 2, 0.25, 3];
  const energy = hamiltonian(graph, [labelDistance(table, { J })]);
  const literal = hamiltonian(graph, [interaction({ J })]);
  for (const labels of labellings(4)) {
    const direct = J.reduce(
      (sum, j, e) => sum + j * table[labels[graph.endpoints[2 * e]]][labels[graph.endpoints[2 * e + 1]]],
      0,
    );
    assert.ok(Math.abs(energy.energy64(Float64Array.from(labels)) - direct) < 1e-12);
    const chi = embeddingField(merkleDiffEmbedding(labels.map((k) => ledgers[k])));
    assert.ok(Math.abs(literal.energy64(Float64Array.from(chi.values)) - direct) < 1e-9);
  }
});

test('the term passes the checks of every term', async () => {
  await ready();
  const report = checkTerm(labelDistance(table, { J: 0.5 }));
  assert.ok(report.passed, String(report));
});

const temperature = 6;
const triangle = hamiltonian(ring(3), [labelDistance(table)]);
for (const [name, sampler] of Object.entries({
  'heat bath': heatBath(triangle, { temperature, states: 4 }),
  metropolis: metropolis(triangle, { temperature, proposal: relabel(4) }),
})) {
  test(`${name} moves sample the law of the distances: 64 labellings by enumeration`, async () => {
    const energies = labellings(3).map(([a, b, c]) => table[a][b] + table[b][c] + table[c][a]);
    const { probabilities } = boltzmannLaw(energies, temperature);
    const chains = 4000;
    const samples = await sample(sampler, {
      chains,
      steps: 80,
      every: 80,
      seed: 1,
      initial: randomLabels({ sites: 3, states: 4, chains, seed: 1 }),
    });
    const visits = observe(samples, ([a, b, c]) => a + 4 * b + 16 * c).map((records) => records.at(-1)!);
    const distance = totalVariationDistance(empiricalLaw(visits, 64), probabilities);
    // one chain moves it by 1 / chains: McDiarmid's bound, 1e-6
    assert.ok(
      distance < totalVariationFloor(probabilities, chains) + Math.sqrt(Math.log(1e6) / (2 * chains)),
      String(distance),
    );
  });
}

test('a table that is no table of distances is refused by name', () => {
  const rules: [number[][], string][] = [
    [[[0, 1]], 'labelDistance: distances must be a square table, got 1 rows and one of 2'],
    [
      [
        [0, -1],
        [-1, 0],
      ],
      'labelDistance: distances must be finite and not negative, got -1 at 0, 1',
    ],
    [
      [
        [0, Infinity],
        [Infinity, 0],
      ],
      'labelDistance: distances must be finite and not negative, got Infinity at 0, 1',
    ],
    [
      [
        [0, 1],
        [2, 0],
      ],
      'labelDistance: distances must be symmetric, got 1 at 0, 1 and 2 across',
    ],
    [
      [
        [1, 1],
        [1, 0],
      ],
      'labelDistance: a label must be at distance 0 from itself, got 1 at 0, 0',
    ],
  ];
  for (const [distances, message] of rules)
    assert.throws(() => labelDistance(distances), { name: 'RangeError', message });
});
