// Enumeration against the oracle, the transfer matrix, the mean-field sum, and thermodynamic identities.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import {
  boltzmannLaw,
  enumerateIsing,
  isingDistribution,
  isingEnergies,
  isingState,
} from '../../src/exact/index.js';
import { complete, fromEdges, karateClub, ring } from '../../src/graphs/index.js';
import { assertClose, connectedEdges, graphOf, smallGraphs } from '../graphs/fixtures.js';

const temperatures = fc.double({ min: 0.3, max: 10, noNaN: true });
const fields = fc.double({ min: -2, max: 2, noNaN: true });
const smallEdges = connectedEdges.filter(({ nodeCount }) => nodeCount <= 8);
const spin = (state: number, node: number): number => ((state >> node) & 1 ? 1 : -1);

test("the oracle's graphs at all its temperatures", () => {
  let compared = 0;
  for (const { graph, oracle } of smallGraphs) {
    for (const { T, ...expected } of oracle.ising ?? []) {
      const found = enumerateIsing(graph, { temperature: T });
      for (const [name, value] of Object.entries(expected)) {
        assertClose(found[name as keyof typeof found], value, 1e-10, `${graph.name} T = ${T} ${name}`);
        compared++;
      }
    }
  }
  assert.equal(compared, 100);
});

test('a Gray code walk gives every state its energy', () => {
  fc.assert(
    fc.property(smallEdges, fields, (input, field) => {
      isingEnergies(graphOf(input), field).forEach((energy, s) => {
        let expected = 0;
        input.edges.forEach(([a, b], e) => (expected -= input.couplings[e] * spin(s, a) * spin(s, b)));
        for (let i = 0; i < input.nodeCount; i++) expected -= field * spin(s, i);
        assertClose(energy, expected, 1e-11);
      });
    }),
    { seed: 1, numRuns: 50 },
  );
});

test("a state's number has bit i set where spin i is up", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 22 - 1 }), (state) => {
      assert.equal(isingState(Array.from({ length: 22 }, (_, i) => spin(state, i))), state);
    }),
    { seed: 2 },
  );
  assert.throws(
    () => isingState(new Array(23).fill(1)),
    /isingState: enumeration takes at most 22 nodes, got 23/,
  );
});

test('a ring in a field is its transfer matrix: Z = a^N + b^N', () => {
  for (const [n, T, h] of [
    [3, 1, 0.3],
    [10, 0.7, -0.2],
    [12, 2, 0],
    [22, 1.3, 0.1],
  ]) {
    const root = Math.sqrt(Math.exp(2 / T) * Math.sinh(h / T) ** 2 + Math.exp(-2 / T));
    const [a, b] = [1, -1].map((sign) => Math.exp(1 / T) * Math.cosh(h / T) + sign * root);
    const freeEnergy = -T * Math.log(a ** n + b ** n);
    const found = enumerateIsing(ring(n), { temperature: T, field: h });
    assertClose(found.freeEnergy, freeEnergy, 1e-9, `N = ${n}`);
  }
});

test('the infinite chain (O13) is approached by an open one, which is exact: u = -tanh(1 / T) a bond', () => {
  for (const T of [0.5, 1, 2]) {
    const chain = fromEdges(
      12,
      Array.from({ length: 11 }, (_, i) => [i, i + 1]),
    );
    const { meanEnergy, freeEnergy } = enumerateIsing(chain, { temperature: T });
    assertClose(meanEnergy / 11, -Math.tanh(1 / T), 1e-13, 'u');
    assertClose(freeEnergy, -T * (11 * Math.log(2 * Math.cosh(1 / T)) + Math.LN2), 1e-12, 'F');
  }
  assertClose(-Math.tanh(1), -0.761594, 5e-7);
});

test('on a complete graph only the magnetisation counts: a sum over N + 1 levels', () => {
  const [n, T, h] = [12, 6, 0.4];
  const levels = Array.from({ length: n + 1 }, (_, up) => 2 * up - n);
  let ways = 1;
  const weights = levels.map((M, up) => {
    const weight = ways * Math.exp((M * M - n) / 2 / T + (h * M) / T);
    ways = (ways * (n - up)) / (up + 1);
    return weight;
  });
  const Z = weights.reduce((sum, w) => sum + w, 0);
  const found = enumerateIsing(complete(n), { temperature: T, field: h });
  assertClose(found.freeEnergy, -T * Math.log(Z), 1e-11);
  const meanAbs = levels.reduce((sum, M, i) => sum + (Math.abs(M) * weights[i]) / Z / n, 0);
  assertClose(found.meanAbsMagnetisation, meanAbs, 1e-12);
});

test('thermodynamic identities: U = F - T dF/dT, Var H = T^2 dU/dT, M = -dF/dh', () => {
  fc.assert(
    fc.property(smallEdges, temperatures, fields, (input, temperature, field) => {
      const graph = graphOf(input);
      const at = (T: number, h = field) => enumerateIsing(graph, { temperature: T, field: h });
      const step = 1e-4 * temperature;
      const slope = (f: (shift: number) => number): number => (f(step) - f(-step)) / (2 * step);
      const { meanEnergy, energyVariance, freeEnergy } = at(temperature);
      const scale = 1 + Math.abs(freeEnergy) + energyVariance;
      const entropy = -slope((dT) => at(temperature + dT).freeEnergy);
      assertClose(meanEnergy, freeEnergy + temperature * entropy, 1e-5 * scale, 'U');
      const heatCapacity = slope((dT) => at(temperature + dT).meanEnergy);
      assertClose(energyVariance, temperature ** 2 * heatCapacity, 1e-4 * scale, 'Var');
      const p = isingDistribution(graph, { temperature, field });
      let magnetisation = 0;
      p.forEach((weight, s) => {
        for (let i = 0; i < input.nodeCount; i++) magnetisation += weight * spin(s, i);
      });
      assertClose(magnetisation, -slope((dh) => at(temperature, field + dh).freeEnergy), 1e-5 * scale, 'M');
    }),
    { seed: 2, numRuns: 40 },
  );
});

test("the law sums to 1, is Boltzmann's state by state, and favours the field's side", () => {
  fc.assert(
    fc.property(smallEdges, temperatures, fields, (input, temperature, field) => {
      const graph = graphOf(input);
      const p = isingDistribution(graph, { temperature, field });
      const E = isingEnergies(graph, field);
      assertClose(
        p.reduce((sum, x) => sum + x, 0),
        1,
        1e-12,
      );
      for (let s = 1; s < p.length; s++) {
        if (Math.min(p[s], p[0]) < 1e-200) continue;
        assertClose(Math.log(p[s] / p[0]), (E[0] - E[s]) / temperature, 1e-9 * (1 + Math.abs(E[0])));
      }
      assert.ok((p[p.length - 1] - p[0]) * field >= -1e-15);
    }),
    { seed: 3, numRuns: 50 },
  );
  assertClose(isingDistribution(complete(2), { temperature: 1 })[0b11], 0.4404, 5e-5);
});

test('near T = 0 nothing overflows: both ground states share the law, F = E_min - T ln 2', () => {
  const cold = enumerateIsing(complete(10), { temperature: 1e-3 });
  assert.equal(cold.groundProbability, 1);
  assert.equal(cold.energyVariance, 0);
  assertClose(cold.freeEnergy, -45 - 1e-3 * Math.LN2, 1e-14);
});

test('a Boltzmann law of any energies', () => {
  const { probabilities, freeEnergy } = boltzmannLaw([1000, 1000 + Math.LN2], 1);
  assertClose(probabilities[0], 2 / 3, 1e-12);
  assertClose(freeEnergy, 1000 - Math.log(1.5), 1e-12);
});

test('names what is wrong', () => {
  assert.throws(() => enumerateIsing(karateClub(), { temperature: 1 }), /isingEnergies: .* 22 nodes, got 34/);
  assert.throws(() => enumerateIsing(ring(4), { temperature: 0 }), /enumerateIsing: temperature must be/);
  assert.throws(() => isingDistribution(ring(4), { temperature: NaN }), /isingDistribution: .*, got NaN/);
  const infinite = { temperature: 1, field: Infinity };
  assert.throws(() => enumerateIsing(ring(4), infinite), /field must be finite, got Infinity/);
  assert.throws(() => boltzmannLaw([0], -1), /boltzmannLaw: temperature must be positive and finite, got -1/);
});
