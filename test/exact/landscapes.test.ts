// Ground states, traps, passages and retrieval: enumeration, other methods, published numbers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import {
  curieWeiss,
  deepestTrap,
  enumerateIsing,
  groundState,
  hopfieldCapacity,
  hopfieldRetrieval,
  isingEnergies,
  isingState,
  kramersTime,
  meanFirstPassageTime,
} from '../../src/exact/index.js';
import { complete, fromEdges, ring, torus } from '../../src/graphs/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';
import { assertClose, connectedEdges, graphOf } from '../graphs/fixtures.js';

const instances = fc.tuple(
  connectedEdges.filter(({ nodeCount }) => nodeCount <= 9),
  fc.infiniteStream(fc.double({ min: -8, max: 8, noNaN: true })),
);

test('the minimum cut finds the least of all enumerated energies', () => {
  fc.assert(
    fc.property(instances, ([input, stream]) => {
      const graph = graphOf(input);
      const field = Array.from({ length: graph.nodeCount }, () => stream.next().value as number);
      const energies = isingEnergies(graph, field);
      const { energy, spins } = groundState(graph, { field });
      assertClose(energy, Math.min(...energies), 1e-10 * (1 + Math.abs(energy)));
      assertClose(energies[isingState(spins)], energy, 1e-10 * (1 + Math.abs(energy)), 'the spins have it');
    }),
    { seed: 4, numRuns: 300 },
  );
});

test('many nodes in random fields: no flip of a spin or a row helps, and strong and weak fields decide alone', () => {
  const [L, random] = [60, uniformGenerator(1, 'fields')];
  const graph = torus(L, L);
  const field = Float64Array.from({ length: L * L }, () => 4 * random() - 2);
  const { energy, spins } = groundState(graph, { field });
  const ups = spins.reduce((sum, s) => sum + (s > 0 ? 1 : 0), 0);
  assert.ok(ups > 0.1 * L * L && ups < 0.9 * L * L, `${ups} up`);
  const gain = (nodes: readonly number[]): number => {
    const turned = new Set(nodes);
    let change = 0;
    for (const i of nodes) {
      change += 2 * spins[i] * field[i];
      for (const j of graph.neighboursOf(i)) if (!turned.has(j)) change += 2 * spins[i] * spins[j];
    }
    return change;
  };
  for (let i = 0; i < L * L; i++) {
    assert.ok(gain([i]) >= -1e-12);
    assert.ok(gain([i, ...graph.neighboursOf(i)]) >= -1e-12, 'nor of a cross');
  }
  for (let r = 0; r < L; r++) assert.ok(gain(Array.from({ length: L }, (_, c) => r * L + c)) >= -1e-12);
  // all up, all down and along the fields are no better
  const sum = field.reduce((total, h) => total + h, 0);
  assert.ok(energy <= -2 * L * L - Math.abs(sum));
  assert.deepEqual(
    groundState(graph, { field: field.map((h) => 1e8 * h) }).spins,
    Int8Array.from(field, Math.sign),
  );
  assert.deepEqual(
    groundState(graph, { field: field.map((h, i) => 1e-4 * h + (i === 0 ? 0.5 : 0)) }).spins,
    new Int8Array(L * L).fill(1),
  );
  assert.deepEqual(
    groundState(ring(5)).spins,
    new Int8Array(5).fill(-1),
    'of two ground states the one with fewest up',
  );
});

test('fields a node and couplings of either sign in the enumeration', () => {
  const [graph, field, couplings] = [ring(4), [0.5, -1, 2, 0], [1, -2, 0.5, -1]];
  isingEnergies(graph, field, couplings).forEach((energy, state) => {
    const s = [0, 1, 2, 3].map((i) => ((state >> i) & 1 ? 1 : -1));
    let expected = -field.reduce((sum, h, i) => sum + h * s[i], 0);
    for (let e = 0; e < 4; e++)
      expected -= couplings[e] * s[graph.endpoints[2 * e]] * s[graph.endpoints[2 * e + 1]];
    assertClose(energy, expected, 1e-13);
  });
  const antiferromagnet = enumerateIsing(ring(5), { temperature: 0.01, couplings: new Array(5).fill(-1) });
  assertClose(antiferromagnet.meanEnergy, -3, 1e-9);
  assert.throws(
    () => isingEnergies(ring(4), [1, 2]),
    /isingEnergies: field must be one number or one per node, got 2 for 4 nodes/,
  );
  assert.throws(
    () => isingEnergies(ring(4), 0, [1]),
    /isingEnergies: couplings must be finite, one per edge, got 1 for 4 edges/,
  );
});

/** Hajek's depth by his definition: from each state, flood below a ceiling until a lower state is inside. */
function depthByDefinition(energies: Float64Array): number {
  const levels = [...new Set(energies)].sort((a, b) => a - b);
  let deepest = 0;
  energies.forEach((bottom, start) => {
    if (bottom === levels[0]) return;
    for (const ceiling of levels) {
      if (ceiling < bottom) continue;
      const seen = new Set([start]);
      for (const state of seen) {
        for (let flip = 1; flip < energies.length; flip *= 2)
          if (energies[state ^ flip] <= ceiling) seen.add(state ^ flip);
      }
      if (![...seen].some((state) => energies[state] < bottom)) continue;
      deepest = Math.max(deepest, ceiling - bottom);
      return;
    }
  });
  return deepest;
}

test("the deepest trap is Hajek's d*, by its definition", () => {
  const whole = fc.infiniteStream(fc.integer({ min: -3, max: 3 }));
  let traps = 0;
  fc.assert(
    fc.property(
      connectedEdges.filter(({ nodeCount }) => nodeCount <= 6),
      whole,
      (input, numbers) => {
        const graph = fromEdges(input.nodeCount, input.edges);
        const next = (): number => numbers.next().value as number;
        const energies = isingEnergies(
          graph,
          Array.from({ length: graph.nodeCount }, () => next() / 2),
          Array.from({ length: graph.edgeCount }, next),
        );
        const { depth, state, pass } = deepestTrap(energies);
        assert.equal(depth, depthByDefinition(energies));
        assert.equal(state === undefined, depth === 0);
        if (state === undefined) return;
        traps++;
        assertClose(pass! - energies[state], depth, 1e-12);
        for (let flip = 1; flip < energies.length; flip *= 2)
          assert.ok(energies[state ^ flip] >= energies[state], 'a local minimum');
      },
    ),
    { seed: 5, numRuns: 200 },
  );
  assert.ok(traps > 50, `${traps} instances with traps`);
  assert.deepEqual({ ...deepestTrap(isingEnergies(complete(4), 0.5)) }, { depth: 6, state: 0, pass: 2 });
  assert.equal(deepestTrap(isingEnergies(complete(4))).depth, 0, 'two ground states are no trap');
  assert.throws(() => deepestTrap([1, 2, 3]), /deepestTrap: energies must be 2\^N in number, got 3/);
  assert.throws(() => deepestTrap([1, NaN]), /deepestTrap: energies must be finite/);
});

const doubleWell = (x: number): number => (x * x - 1) ** 2;

test("passages of the double well (O28): by quadrature, and Kramers' limit", () => {
  for (const [temperature, exact, limit] of [
    [0.25, 69.26, 60.64],
    [0.2, 182.4, 164.8],
  ]) {
    assertClose(
      meanFirstPassageTime({ potential: doubleWell, temperature, from: -1, to: 1 }),
      exact,
      0.05,
      `T = ${temperature}`,
    );
    assertClose(
      meanFirstPassageTime({ potential: doubleWell, temperature, from: 1, to: -1 }),
      exact,
      0.05,
      'back',
    );
    assertClose(kramersTime({ temperature, height: 1, wellCurvature: 8, topCurvature: 4 }), limit, 0.05);
  }
  const ratio = (temperature: number): number =>
    meanFirstPassageTime({ potential: doubleWell, temperature, from: -1, to: 1 }) /
    kramersTime({ temperature, height: 1, wellCurvature: 8, topCurvature: 4 });
  assertClose(ratio(0.02), 1, 0.015);
  assert.ok(Math.abs(ratio(0.02) - 1) < 0.6 * Math.abs(ratio(0.04) - 1));
});

test('passages in closed form: free, on a slope, and in a parabola; by a birth-death chain', () => {
  const free = { potential: () => 0, temperature: 0.5 };
  assertClose(meanFirstPassageTime({ ...free, from: 0, to: 2, wall: 0 }), 4, 1e-8); // L^2 / 2T
  assertClose(meanFirstPassageTime({ ...free, from: 1, to: -1, wall: 2 }), 3 ** 2 - 1 ** 2, 1e-8);
  // downhill at slope c from far above: the distance over the speed
  assertClose(
    meanFirstPassageTime({ potential: (x) => -3 * x, temperature: 0.7, from: 0, to: 5 }),
    5 / 3,
    1e-8,
  );
  // uphill from a wall: T (e^(cL/T) - 1 - cL/T) / c^2
  assertClose(
    meanFirstPassageTime({ potential: (x) => 2 * x, temperature: 0.5, from: 0, to: 1, wall: 0 }),
    (0.5 * (Math.exp(4) - 5)) / 4,
    1e-7,
  );
  // a chain of steps d with rates T / d^2 exp(-dU / 2T)
  const [d, T] = [0.002, 0.3];
  let [step, sum] = [0, 0];
  for (let x = -3; x < 1 - d / 2; x += d) {
    const rate = (to: number): number => (T / d ** 2) * Math.exp((doubleWell(x) - doubleWell(to)) / (2 * T));
    step = (1 + (x > -3 ? rate(x - d) : 0) * step) / rate(x + d);
    if (x > -1 - d / 2) sum += step;
  }
  assertClose(
    meanFirstPassageTime({ potential: doubleWell, temperature: T, from: -1, to: 1 }) / sum,
    1,
    1e-4,
  );
  assert.throws(
    () => meanFirstPassageTime({ ...free, from: 0, to: 1 }),
    /without a wall the potential must confine behind from = 0/,
  );
  assert.throws(
    () => meanFirstPassageTime({ ...free, from: 0, to: 1, wall: 0.5 }),
    /the wall must lie behind from = 0, got 0.5/,
  );
  assert.throws(() => meanFirstPassageTime({ ...free, from: NaN, to: 1 }), /from must be finite, got NaN/);
  assert.throws(
    () => kramersTime({ temperature: 1, height: 0, wellCurvature: 1, topCurvature: 1 }),
    /kramersTime: height must be positive/,
  );
});

test('Hopfield (O36): capacity 0.138 with overlap 0.967, and m = tanh(m / T) without load', () => {
  assertClose(hopfieldCapacity(), 0.138, 5e-4);
  assertClose(hopfieldRetrieval({ load: hopfieldCapacity() - 1e-9 }).overlap, 0.967, 1e-3);
  assert.equal(hopfieldRetrieval({ load: 0.138 }).overlap, 0);
  assert.ok(hopfieldRetrieval({ load: 0.05 }).overlap > 0.9999);
  assert.equal(hopfieldRetrieval({ load: 0 }).overlap, 1);
  for (const temperature of [0.3, 0.5, 0.9]) {
    const { magnetisation } = curieWeiss({ temperature });
    assertClose(hopfieldRetrieval({ load: 0, temperature }).overlap, magnetisation, 1e-15);
    assertClose(hopfieldRetrieval({ load: 1e-7, temperature }).overlap, magnetisation, 1e-4);
    const noise = magnetisation ** 2 / (1 - (1 - magnetisation ** 2) / temperature) ** 2;
    assertClose(hopfieldRetrieval({ load: 0, temperature }).noise! / noise, 1, 1e-12);
  }
});

test('Hopfield: its equations hold, by another quadrature, and the cold limit is T = 0', () => {
  for (const [load, temperature] of [
    [0.05, 0.5],
    [0.1, 0.1],
    [0.02, 0.6],
  ]) {
    const { overlap: m, edwardsAnderson: q, noise: r } = hopfieldRetrieval({ load, temperature });
    const normal = (of: (z: number) => number): number => {
      let [sum, n] = [0, 40_000];
      for (let k = 0; k < n; k++) {
        const z = -9 + (18 * (k + 0.5)) / n;
        sum += (of(z) * Math.exp((-z * z) / 2) * 18) / n / Math.sqrt(2 * Math.PI);
      }
      return sum;
    };
    const spin = (z: number): number => Math.tanh((m + Math.sqrt(load * r!) * z) / temperature);
    assertClose(normal(spin), m, 1e-9);
    assertClose(
      normal((z) => spin(z) ** 2),
      q!,
      1e-9,
    );
    assertClose(q! / (1 - (1 - q!) / temperature) ** 2, r!, 1e-9 * r!);
  }
  for (const load of [0.05, 0.1, 0.13]) {
    const [cold, frozen] = [hopfieldRetrieval({ load, temperature: 1e-3 }), hopfieldRetrieval({ load })];
    assertClose(cold.overlap, frozen.overlap, 1e-4);
    assertClose(cold.noise!, frozen.noise!, 1e-2);
  }
  // the greatest temperature of retrieval falls with the load (Amit, Gutfreund and Sompolinsky, figure 3)
  assert.ok(hopfieldRetrieval({ load: 0.05, temperature: 0.5 }).overlap > 0.8);
  assert.equal(hopfieldRetrieval({ load: 0.05, temperature: 0.7 }).overlap, 0);
  assert.equal(hopfieldRetrieval({ load: 0, temperature: 1.1 }).overlap, 0);
  assert.throws(
    () => hopfieldRetrieval({ load: -1 }),
    /hopfieldRetrieval: load must be finite and not negative, got -1/,
  );
});
