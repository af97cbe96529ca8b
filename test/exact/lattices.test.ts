// Chain, square lattice, Bethe lattice and angles: published numbers, enumeration, other methods and
// derivatives.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import {
  betheIsing,
  curieWeiss,
  enumerateIsing,
  glauberWalls,
  isingDistribution,
  kaufmanIsing,
  meanFieldXY,
  ringIsing,
  squareIsing,
} from '../../src/exact/index.js';
import { glauberRate } from '../../src/exact/ising/glauberWalls.js';
import { fromEdges, ring } from '../../src/graphs/index.js';
import { integral } from '../../src/numerics/quadrature.js';
import { assertClose } from '../graphs/fixtures.js';

/** f, and u = f - T df/dT and c = du/dT by differences. */
function assertThermodynamic(
  at: (T: number) => { freeEnergyPerNode: number; meanEnergyPerNode: number; heatCapacityPerNode?: number },
  T: number,
  what: string,
): void {
  const d = 1e-4 * T;
  const [below, here, above] = [T - d, T, T + d].map(at);
  const entropy = -(above.freeEnergyPerNode - below.freeEnergyPerNode) / (2 * d);
  assertClose(here.meanEnergyPerNode, here.freeEnergyPerNode + T * entropy, 1e-6, `${what}: u`);
  if (here.heatCapacityPerNode === undefined) return;
  assertClose(
    here.heatCapacityPerNode,
    (above.meanEnergyPerNode - below.meanEnergyPerNode) / (2 * d),
    1e-4,
    `${what}: c`,
  );
}

test('the infinite chain (O13)', () => {
  const {
    meanEnergyPerNode,
    freeEnergyPerNode,
    correlationLength,
    heatCapacityPerNode,
    susceptibility,
    magnetisation,
  } = ringIsing(Infinity, { temperature: 1 });
  assertClose(meanEnergyPerNode, -0.761594, 5e-7);
  assertClose(freeEnergyPerNode, -1.126928, 5e-7);
  assertClose(correlationLength, 3.67186, 5e-6);
  assertClose(heatCapacityPerNode, 1 / Math.cosh(1) ** 2, 1e-13);
  assertClose(susceptibility, Math.exp(2), 1e-13);
  assert.equal(magnetisation, 0);
  const T = 0.7;
  assertClose(
    ringIsing(Infinity, { temperature: T, field: 0.3 }).magnetisation,
    Math.sinh(0.3 / T) / Math.sqrt(Math.sinh(0.3 / T) ** 2 + Math.exp(-4 / T)),
    1e-14,
  );
});

test('rings in a field, ferromagnets and frustrated ones, are their enumeration', () => {
  for (const [N, temperature, field] of [
    [3, 1, 0.3],
    [10, 0.5, -0.2],
    [7, 2, 0],
    [12, 0.8, 0.05],
  ]) {
    const graph = ring(N);
    const exact = enumerateIsing(graph, { temperature, field });
    const p = isingDistribution(graph, { temperature, field });
    const spin = (s: number, i: number): number => ((s >> i) & 1 ? 1 : -1);
    const m = (s: number): number => {
      let sum = 0;
      for (let i = 0; i < N; i++) sum += spin(s, i) / N;
      return sum;
    };
    const mean = (of: (s: number) => number): number => p.reduce((sum, weight, s) => sum + weight * of(s), 0);
    const found = ringIsing(N, { temperature, field });
    assertClose(found.meanEnergyPerNode, exact.meanEnergy / N, 1e-12, 'u');
    assertClose(found.freeEnergyPerNode, exact.freeEnergy / N, 1e-12, 'f');
    assertClose(found.heatCapacityPerNode, exact.energyVariance / N / temperature ** 2, 1e-10, 'c');
    assertClose(found.magnetisation, mean(m), 1e-12, 'm');
    assertClose(
      found.meanSquaredMagnetisation,
      mean((s) => m(s) ** 2),
      1e-12,
      'm^2',
    );
    assertClose(
      found.susceptibility,
      (N / temperature) * (mean((s) => m(s) ** 2) - mean(m) ** 2),
      1e-10,
      'chi',
    );
    for (const r of [0, 1, 2, N])
      assertClose(
        found.correlation(r),
        mean((s) => spin(s, 0) * spin(s, r % N)),
        1e-12,
        `r = ${r}`,
      );
  }
  for (const [N, J] of [
    [5, -1],
    [8, -0.7],
  ]) {
    // every second spin turned over: a ferromagnet, with one bond against it where N is odd
    const found = ringIsing(N, { temperature: 0.9, J });
    const t = Math.tanh(J / 0.9);
    assertClose(found.meanEnergyPerNode, (-J * (t + t ** (N - 1))) / (1 + t ** N), 1e-13);
    assertClose(found.correlation(2), (t ** 2 + t ** (N - 2)) / (1 + t ** N), 1e-13);
    assertThermodynamic((T) => ringIsing(N, { temperature: T, J, field: 0.4 }), 0.9, `J = ${J}`);
  }
});

test('rings are right where it is cold and where they are long', () => {
  const cold = ringIsing(10, { temperature: 0.01 });
  assertClose(cold.meanEnergyPerNode, -1, 1e-14);
  assertClose(cold.freeEnergyPerNode, -1 - 0.001 * Math.LN2, 1e-14);
  assertClose(cold.meanSquaredMagnetisation, 1, 1e-12);
  assertClose(ringIsing(5, { temperature: 0.01, J: -1 }).meanEnergyPerNode, -3 / 5, 1e-12);
  const [long, infinite] = [
    ringIsing(1e6, { temperature: 0.8, field: 0.01 }),
    ringIsing(Infinity, { temperature: 0.8, field: 0.01 }),
  ];
  for (const key of [
    'meanEnergyPerNode',
    'freeEnergyPerNode',
    'heatCapacityPerNode',
    'magnetisation',
    'susceptibility',
    'correlationLength',
  ] as const) {
    assertClose(long[key], infinite[key], 1e-9 * (1 + Math.abs(infinite[key])), key);
  }
});

test('walls after a quench of the chain (O14): the oracle, the start, and 1 / sqrt(4 pi t)', () => {
  for (const [time, walls] of [
    [1, 0.2619],
    [2, 0.1929],
    [5, 0.1245],
    [10, 0.0886],
  ])
    assertClose(glauberWalls(time), walls, 5.1e-5, `t = ${time}`);
  assert.equal(glauberWalls(0), 0.5);
  assertClose(glauberWalls(1e6) * Math.sqrt(4 * Math.PI * 1e6), 1, 1e-6);
  assertClose(glauberRate({ temperature: 1 }), 1 - Math.tanh(2), 1e-15);
  assertClose(glauberRate({ temperature: 3, J: 2 }), 1 - Math.tanh(4 / 3), 1e-15);
});

test('the slowest mode of a small ring under heat bath decays at 1 - tanh(2 J / T)', () => {
  // <s_i> -> tanh(2K) (<s_(i-1)> + <s_(i+1)>) / 2: the total magnetisation is an eigenvector of the chain of
  // states
  const [N, T] = [5, 1.3];
  const spin = (s: number, i: number): number => ((s >> ((i + N) % N)) & 1 ? 1 : -1);
  const total = (s: number): number => {
    let sum = 0;
    for (let i = 0; i < N; i++) sum += spin(s, i);
    return sum;
  };
  for (let s = 0; s < 2 ** N; s++) {
    let drift = 0;
    for (let i = 0; i < N; i++) {
      const flip = 1 / (1 + Math.exp((2 * spin(s, i) * (spin(s, i - 1) + spin(s, i + 1))) / T));
      drift += flip * (total(s ^ (1 << i)) - total(s));
    }
    assertClose(drift, -glauberRate({ temperature: T }) * total(s), 1e-12);
  }
});

test("the square lattice (O15): critical point, Onsager's energies, Yang's magnetisation", () => {
  const critical = squareIsing({ temperature: 1 }).criticalTemperature;
  assertClose(critical, 2.269185, 5e-7);
  assertClose(squareIsing({ temperature: critical }).meanEnergyPerNode, -Math.SQRT2, 1e-12);
  assert.ok(squareIsing({ temperature: critical }).heatCapacityPerNode > 15);
  for (const [temperature, u] of [
    [1.5, -1.951117],
    [2, -1.745565],
    [2.5, -1.106079],
    [3, -0.81731],
  ]) {
    assertClose(squareIsing({ temperature }).meanEnergyPerNode, u, 5e-7, `T = ${temperature}`);
    assertClose(squareIsing({ temperature: 2 * temperature, J: 2 }).meanEnergyPerNode, 2 * u, 1e-6);
  }
  assertClose(squareIsing({ temperature: 2 }).magnetisation, 0.911319, 5e-7);
  assertClose(squareIsing({ temperature: 1.5 }).magnetisation, 0.9865, 5e-7);
  assert.equal(squareIsing({ temperature: 2.3 }).magnetisation, 0);
  // f at the critical point: -T (ln 2 / 2 + 2 G / pi), G Catalan's constant
  assertClose(
    squareIsing({ temperature: critical }).freeEnergyPerNode,
    -critical * (Math.LN2 / 2 + (2 * 0.915965594177219) / Math.PI),
    1e-12,
  );
});

test('the square lattice: slopes of its free energy, and what large tori go to', () => {
  for (const T of [0.5, 1.5, 2.2, 2.3, 3, 10])
    assertThermodynamic((temperature) => squareIsing({ temperature }), T, `T = ${T}`);
  for (const temperature of [1.5, 3]) {
    const { meanEnergy, freeEnergy } = kaufmanIsing(64, 64, { temperature });
    assertClose(squareIsing({ temperature }).meanEnergyPerNode, meanEnergy / 4096, 1e-9);
    const degenerate = temperature < 2 ? (temperature * Math.LN2) / 4096 : 0; // two ordered states
    assertClose(squareIsing({ temperature }).freeEnergyPerNode, freeEnergy / 4096 + degenerate, 1e-9);
  }
  assertClose(squareIsing({ temperature: 0.01 }).freeEnergyPerNode, -2, 1e-14);
  for (let temperature = 0.02; temperature < 1; temperature += 0.02) {
    // cold: ln 2 cosh 2K and what is left, four flipped bonds a spin
    const { freeEnergyPerNode } = squareIsing({ temperature });
    assertClose(
      freeEnergyPerNode,
      -2 - temperature * Math.exp(-8 / temperature),
      3 * temperature * Math.exp(-12 / temperature) + 1e-14,
    );
  }
});

test('the Bethe lattice (O19): critical temperatures, and a chain at z = 2', () => {
  for (const [z, critical] of [
    [3, 1.8205],
    [4, 2.8854],
    [8, 6.9521],
  ]) {
    assertClose(betheIsing(z, { temperature: 1 }).criticalTemperature, critical, 5e-5, `z = ${z}`);
    assert.equal(betheIsing(z, { temperature: critical * 1.001 }).magnetisation, 0);
    assert.ok(betheIsing(z, { temperature: critical * 0.999 }).magnetisation > 0.01);
  }
  const [bethe, chain] = [betheIsing(2, { temperature: 0.6 }), ringIsing(Infinity, { temperature: 0.6 })];
  assert.equal(bethe.criticalTemperature, 0);
  assertClose(bethe.meanEnergyPerNode, chain.meanEnergyPerNode, 1e-14);
  assertClose(bethe.freeEnergyPerNode, chain.freeEnergyPerNode, 1e-14);
});

test('the Bethe lattice: the root of a tree with its leaves up, and the slopes of its free energy', () => {
  // up to the fifth ring of neighbours, leaves at +1: messages t <s> inwards; the root tends to m from above
  for (const [z, temperature] of [
    [3, 1.2],
    [4, 2],
    [6, 4.5],
  ]) {
    let cavity = 1;
    for (let generation = 0; generation < 2000; generation++)
      cavity = Math.tanh((z - 1) * Math.atanh(Math.tanh(1 / temperature) * cavity));
    assertClose(
      betheIsing(z, { temperature }).magnetisation,
      Math.tanh(z * Math.atanh(Math.tanh(1 / temperature) * cavity)),
      1e-12,
    );
    assertThermodynamic((T) => betheIsing(z, { temperature: T }), temperature, `z = ${z}`);
    assertThermodynamic((T) => betheIsing(z, { temperature: T }), 2 * z, `z = ${z}, hot`);
  }
  // a star of z leaves, each in the field that the rest of its tree leaves: enumeration
  const [z, T, J] = [3, 1.5, 1.2];
  const { magnetisation, meanEnergyPerNode } = betheIsing(z, { temperature: T, J });
  const t = Math.tanh(J / T);
  const x = Math.tanh(((z - 1) / z) * Math.atanh(magnetisation)); // a leaf without the centre
  const star = fromEdges(
    z + 1,
    [
      [0, 1],
      [0, 2],
      [0, 3],
    ],
    { couplings: [J, J, J] },
  );
  const law = isingDistribution(star, { temperature: T });
  let [Z, m, bond] = [0, 0, 0];
  law.forEach((p, s) => {
    const spins = [0, 1, 2, 3].map((i) => ((s >> i) & 1 ? 1 : -1));
    const weight = p * spins.slice(1).reduce<number>((product, leaf) => product * (1 + x * leaf), 1);
    [Z, m, bond] = [Z + weight, m + weight * spins[0], bond + weight * spins[0] * spins[1]];
  });
  assertClose(m / Z, magnetisation, 1e-12);
  assertClose((-J * z * bond) / Z / 2, meanEnergyPerNode, 1e-12);
  assert.ok(t > 0);
});

test('many neighbours, each coupled by J / z, are Curie-Weiss', () => {
  const z = 1e6;
  const [bethe, limit] = [betheIsing(z, { temperature: 0.7, J: 1 / z }), curieWeiss({ temperature: 0.7 })];
  for (const key of [
    'criticalTemperature',
    'magnetisation',
    'meanEnergyPerNode',
    'freeEnergyPerNode',
  ] as const)
    assertClose(bethe[key], limit[key], 1e-5, key);
});

test('the mean-field XY model (O23): T_c = J / 2, its order by integrals, its slopes', () => {
  assert.equal(meanFieldXY({ temperature: 1, J: 3 }).criticalTemperature, 1.5);
  assert.equal(meanFieldXY({ temperature: 0.5001 }).order, 0);
  assertClose(meanFieldXY({ temperature: 0.4999 }).order, Math.sqrt(8 * 2e-4) * 0.5, 1e-5); // I_1(x) / I_0(x) = x / 2 - x^3 / 16
  fc.assert(
    fc.property(fc.double({ min: 0.02, max: 0.49, noNaN: true }), (temperature) => {
      const { order } = meanFieldXY({ temperature });
      const weight = (angle: number): number => Math.exp((order * (Math.cos(angle) - 1)) / temperature);
      const moment =
        integral((angle) => Math.cos(angle) * weight(angle), 0, Math.PI) / integral(weight, 0, Math.PI);
      assertClose(moment, order, 1e-10);
      assertThermodynamic((T) => meanFieldXY({ temperature: T }), temperature, `T = ${temperature}`);
    }),
    { seed: 3, numRuns: 30 },
  );
  assertClose(meanFieldXY({ temperature: 2 }).freeEnergyPerNode, -2 * Math.log(2 * Math.PI), 1e-14);
});

test('names what is wrong', () => {
  assert.throws(() => ringIsing(2, { temperature: 1 }), /ringIsing: N must be an integer in \[3/);
  assert.throws(() => ringIsing(5, { temperature: 1, J: 0 }), /ringIsing: J must be finite and not 0, got 0/);
  assert.throws(
    () => ringIsing(5, { temperature: 1 }).correlation(6),
    /ringIsing: distance must be an integer in \[0, 5\], got 6/,
  );
  assert.throws(() => glauberWalls(-1), /glauberWalls: time must be finite and not negative, got -1/);
  assert.throws(
    () => squareIsing({ temperature: 1, J: -1 }),
    /squareIsing: J must be positive and finite, got -1/,
  );
  assert.throws(() => betheIsing(1, { temperature: 1 }), /betheIsing: z must be an integer/);
  assert.throws(() => meanFieldXY({ temperature: NaN }), /meanFieldXY: temperature .* got NaN/);
});

test('a frustrated ring of odd length: <m^2> is the mean of its correlations', () => {
  for (const [N, field] of [
    [5, 0],
    [7, 0.3],
  ]) {
    const found = ringIsing(N, { temperature: 0.7, J: -1, field });
    let sum = 0;
    for (let r = 0; r < N; r++) sum += found.correlation(r) / N;
    assertClose(found.meanSquaredMagnetisation, sum, 1e-13);
    const exact = enumerateIsing(ring(N), { temperature: 0.7, field, couplings: new Array(N).fill(-1) });
    assertClose(found.meanEnergyPerNode, exact.meanEnergy / N, 1e-13);
    assertClose(found.heatCapacityPerNode, exact.energyVariance / N / 0.49, 1e-12);
  }
});

test('the square lattice near its critical point, as mpmath has it with 60 digits', () => {
  const critical = squareIsing({ temperature: 1 }).criticalTemperature;
  for (const [t, f, u, c] of [
    [1e-4, -2.1097207449848232, -1.4131372697750808, 4.24853502603],
    [1e-5, -2.1096580996794278, -1.4140800933441361, 5.38726393469],
    [-1e-5, -2.1096441909277878, -1.4143470314764211, 5.38726984501],
    [1e-6, -2.1096518400540355, -1.4141976315067116, 6.52598362976],
    [-1e-6, -2.1096504491788711, -1.4142294932405607, 6.52598451754],
    [3e-7, -2.109651353240285, -1.4142083777836968, 7.12139492969],
    [-1e-7, -2.1096510750645446, -1.4142154138558259, 7.66470131699],
    [1e-8, -2.1096511515625842, -1.4142133513852216, 8.80341843925],
    [1e-10, -2.1096511446777512, -1.4142135597464238, 11.0808527279],
  ]) {
    const found = squareIsing({ temperature: critical * (1 + t) });
    assertClose(found.freeEnergyPerNode, f, 1e-12, `f at ${t}`);
    assertClose(found.meanEnergyPerNode, u, 1e-14, `u at ${t}`);
    assertClose(found.heatCapacityPerNode, c, 1e-5, `c at ${t}`);
  }
  const there = squareIsing({ temperature: critical }).freeEnergyPerNode;
  const onePower = fc.tuple(fc.double({ min: -16, max: -1, noNaN: true }), fc.constantFrom(1, -1));
  fc.assert(
    fc.property(onePower, ([power, sign]) => {
      const temperature = critical * (1 + sign * 10 ** power);
      const { freeEnergyPerNode, meanEnergyPerNode } = squareIsing({ temperature });
      assert.ok(
        freeEnergyPerNode < meanEnergyPerNode && Math.abs(freeEnergyPerNode - there) < 10 ** power + 1e-12,
      );
    }),
    { seed: 16, numRuns: 300 },
  );
});

test('rings in strong fields and in the cold, as mpmath has them with 3000 digits', () => {
  for (const [N, temperature, J, field, f, u, c, m, squared, chi] of [
    [10, 0.05, 1, 1, -2, -2, 1.104141322616e-48, 1, 1, 6.1341184589776e-51],
    [Infinity, 0.05, 1, 1, -2, -2, 1.104141322616e-48, 1, 1, 6.1341184589776e-51],
    [10, 0.05, 1, -2, -3, -3, 8.3391706424513e-66, -1, 1, 2.605990825766e-68],
    [
      7, 0.02, -1, 1, -0.86270260042587, -0.85714285714286, 1.5943182754375e-40, 0.14285714285714,
      0.020408163265306, 3.188636550875e-42,
    ],
    [
      7, 0.04, -1, 2.5, -1.5000000000006, -1.4999999999861, 8.6799649148792e-9, 0.99999999997222,
      0.99999999995238, 1.3887943863807e-9,
    ],
    [10, 0.001, 1, 0, -1.0000693147181, -1, 0, 0, 1, 10000],
    [5, 0.001, -1, 0, -0.6004605170186, -0.6, 0, 0, 0.04, 200],
    [
      5, 0.001, -1, 0.001, -0.6005472731847, -0.60015231883119, 0.083994868322805, 0.15231883119115, 0.04,
      83.994868322805,
    ],
    [4, 0.001, -1, 0.001, -1.0001732867951, -1, 0, 0, 0, 0],
    [
      10, 0.001, 1, 0.0005, -1.0005000045399, -1.0004999546021, 0.00045395807735952, 0.9999092042626, 1,
      1.8158323094381,
    ],
    [12, 0.04, 0.001, 1, -1.001, -1.001, 4.3804820835473e-19, 1, 1, 1.7452050324689e-20],
    [Infinity, 1, 1, 30, -31, -31, 6.5692094076872e-25, 1, 1, 6.4152435621946e-28],
    [3, 1, 1, 30, -31, -31, 6.5692094076872e-25, 1, 1, 6.4152435621946e-28],
    [Infinity, 0.002, -1, 0.3, -1, -1, 0, 0, 0, 0],
    [
      5, 0.125, -1, 0.5, -0.74024433297112, -0.69993292995126, 0.0042910465346392, 0.19986585996291,
      0.040000000012076, 0.0021455213344501,
    ],
  ]) {
    const found = ringIsing(N, { temperature, J, field });
    const expectations = {
      freeEnergyPerNode: f,
      meanEnergyPerNode: u,
      magnetisation: m,
      meanSquaredMagnetisation: squared,
      heatCapacityPerNode: c,
      susceptibility: chi,
    };
    for (const [key, expected] of Object.entries(expectations)) {
      const rounding = key === 'heatCapacityPerNode' ? 1e-15 * (J / temperature) ** 2 : 1e-13;
      const where = `${key} of N = ${N}, T = ${temperature}, J = ${J}, h = ${field}`;
      assertClose(
        found[key as keyof typeof expectations],
        expected,
        1e-12 * Math.abs(expected) + rounding,
        where,
      );
    }
  }
  assert.deepEqual(
    [0, 1, 2, 5].map(
      (r) => Math.round(1e12 * ringIsing(5, { temperature: 0.001, J: -1 }).correlation(r)) / 1e12,
    ),
    [1, -0.6, 0.2, 1],
  );
  const [power, sign] = [fc.double({ min: -12, max: 6, noNaN: true }), fc.constantFrom(1, -1)];
  assertClose(
    ringIsing(24, { temperature: 3e-12, J: 3.6e5, field: -1.2e-12 }).magnetisation,
    Math.tanh(-24 * 0.4),
    1e-12,
  ); // K = 1e17: one large spin
  const anyField = fc.oneof(
    fc.constant(0),
    fc.tuple(power, sign).map(([p, s]) => s * 10 ** p),
  );
  fc.assert(
    fc.property(
      fc.oneof(fc.integer({ min: 3, max: 200 }), fc.constant(Infinity)),
      power,
      power,
      sign,
      anyField,
      (N, T, J, s, field) => {
        const { correlation, ...numbers } = ringIsing(N, { temperature: 10 ** T, J: s * 10 ** J, field });
        for (const [key, value] of Object.entries(numbers)) assert.ok(!Number.isNaN(value), `${key} is NaN`);
        const {
          meanEnergyPerNode: u,
          freeEnergyPerNode: f,
          heatCapacityPerNode: c,
          magnetisation: m,
        } = numbers;
        const scale = Math.abs(f) + 10 ** J + Math.abs(field);
        assert.ok(
          u >= f - 1e-12 * scale && u >= -(10 ** J) - Math.abs(field) - 1e-12 * scale && u <= 1e-9 * scale,
          `u = ${u}, f = ${f}`,
        );
        assert.ok(
          c >= -1e-14 * (scale / 10 ** T) ** 2 && Math.abs(m) <= 1 + 1e-9 && !Number.isNaN(correlation(2)),
          `c = ${c}, m = ${m}`,
        );
      },
    ),
    { seed: 16, numRuns: 2000 },
  );
});
