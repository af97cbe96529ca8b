// BAOAB on harmonic oscillators, against the exact law of the discrete scheme: (x, v)' = M (x, v) + noise,
// with
//   <x^2> = T / mu,   <v^2> = (T / m)(1 - (omega h)^2 / 4),   <x v> = 0,   omega^2 = mu / m,
//   <x_0 x_n> = (M^n)_xx <x^2>,   <v_0 v_n> = (M^n)_vv <v^2>;
// which is within order h^2 of oracle O8, the damped oscillator, with b = gamma / 2 +- sqrt(gamma^2 / 4 -
// omega^2):
//   <x_0 x_t> = (T / mu)(b+ e^(-b- t) - b- e^(-b+ t)) / (b+ - b-),  <v_0 v_t> = (T / m)(b+ e^(-b+ t) - b-
// e^(-b- t)) / (b+ - b-).
// Free diffusion (oracle O9): x moves by h (v + v') / 2 a step, v_k of correlation c^|k-l|, c = e^(-gamma h),
// so that
//   <(x_n - x_0)^2> = (T / m) h^2 sum over k, l < n of (2 c^|k-l| + c^|k-l+1| + c^|k-l-1|) / 4; in the long
// run
//   2 T t / (m gamma) times (gamma h / 2) coth(gamma h / 2).
// Sources: oracles O8, O9; Leimkuhler, Matthews, J. Chem. Phys. 138 (2013) 174102, doi:10.1063/1.4802990.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Matrix } from 'ml-matrix';
import { baoab, type BaoabState, kineticTemperature, sample } from '../../src/dynamics/index.js';
import { velocitiesOf } from '../../src/dynamics/langevin/baoab.js';
import { hamiltonian, interaction, site } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { constantField, pinned } from '../../src/fields/index.js';
import { karateClub, ring } from '../../src/graphs/index.js';
import { long, seedOf } from './scale.js';
import { amplitudes, springs } from './springs.js';
import { anyOf, likely, meanByChance, sameMean, standardNormal } from './statistics.js';

before(() => ready());

const [T, m, gamma] = [0.7, 1.6, 0.9];

/** One step of the mean of (x, v). */
function stepMatrix(mu: number, h: number): Matrix {
  const kick = new Matrix([
    [1, 0],
    [(-mu * h) / (2 * m), 1],
  ]);
  const drift = new Matrix([
    [1, h / 2],
    [0, 1],
  ]);
  const friction = new Matrix([
    [1, 0],
    [0, Math.exp(-gamma * h)],
  ]);
  return kick.mmul(drift).mmul(friction).mmul(drift).mmul(kick);
}

/** Autocorrelations of x and v after n steps, of the scheme. */
function discrete(mu: number, h: number, n: number): [xx: number, vv: number] {
  let power = Matrix.eye(2);
  for (let k = 0; k < n; k++) power = power.mmul(stepMatrix(mu, h));
  return [power.get(0, 0) * (T / mu), power.get(1, 1) * (T / m) * (1 - (mu * h * h) / (4 * m))];
}

/** The same of the damped oscillator, which may turn: complex b by cos and sin. */
function continuous(mu: number, t: number): [xx: number, vv: number] {
  const square = gamma ** 2 / 4 - mu / m;
  const root = Math.sqrt(Math.abs(square));
  const [even, odd] =
    square > 0
      ? [Math.cosh(root * t), Math.sinh(root * t) / root]
      : [Math.cos(root * t), Math.sin(root * t) / root];
  const fall = Math.exp((-gamma * t) / 2);
  return [(T / mu) * fall * (even + (gamma / 2) * odd), (T / m) * fall * (even - (gamma / 2) * odd)];
}

test("O8: the scheme's autocorrelations are the damped oscillator's but for an error of order h^2", () => {
  for (const mu of [0.1, 0.5, 3]) {
    for (const t of [0.4, 2, 4.8]) {
      const error = (h: number): number[] =>
        discrete(mu, h, Math.round(t / h)).map((value, k) => Math.abs(value - continuous(mu, t)[k]));
      const [coarse, fine] = [error(0.04), error(0.02)];
      fine.forEach((e, k) =>
        assert.ok(
          e < 1e-4 && (e < 1e-8 || Math.abs(coarse[k] / e - 4) < 0.3),
          `mu ${mu}, t ${t}: ${coarse[k]}, ${e}`,
        ),
      );
    }
  }
});

const graph = karateClub();
const { stiffness, modes } = springs(graph);
const chains = long(4096, 256);

/** Positions and velocities of modes at steps of a run, [record][mode]: one number a chain. */
async function run(
  h: number,
  burnIn: number,
  records: number,
): Promise<{ x: Float64Array[][]; v: Float64Array[][]; kinetic: Float64Array[] }> {
  const sampler = baoab(hamiltonian(graph, [interaction({ J: 0.5 })]), {
    temperature: T,
    timeStep: h,
    friction: gamma,
    mass: m,
  });
  let state: BaoabState = sampler.init(constantField({ sites: 34, chains }, 0), seedOf('oscillators', h));
  const [x, v, kinetic]: [Float64Array[][], Float64Array[][], Float64Array[]] = [[], [], []];
  const read = (values: Float32Array): Float64Array[] =>
    modes.map((mode) => amplitudes({ states: [values], nodes: 34 } as never, 0, mode));
  for (let n = 0; n <= burnIn + records; n++) {
    if (n >= burnIn) {
      x.push(read(await sampler.read(state)));
      v.push(read(velocitiesOf(state)));
      kinetic.push(kineticTemperature(state));
    }
    state = await sampler.advance(state, 1);
  }
  sampler.dispose(state);
  return { x, v, kinetic };
}

test('O8: the law of positions and velocities, and their autocorrelations, at a coarse step', async () => {
  const h = 0.4;
  const { x, v, kinetic } = await run(h, long(400, 160), 13);
  standardNormal(
    'positions',
    modes.flatMap((_, k) => Array.from(x[0][k], (y) => y / Math.sqrt(T / stiffness[k]))),
  );
  const cold = stiffness.map((mu) => (T / m) * (1 - (mu * h * h) / (4 * m)));
  standardNormal(
    'velocities',
    modes.flatMap((_, k) => Array.from(v[0][k], (y) => y / Math.sqrt(cold[k]))),
  );
  const ps = [0, 16, stiffness.length - 1].flatMap((k) =>
    [1, 2, 5, 13].flatMap((n) => {
      const [xx, vv] = discrete(stiffness[k], h, n);
      return [
        meanByChance(
          x[0][k].map((y, c) => y * x[n][k][c]),
          xx,
        ),
        meanByChance(
          v[0][k].map((y, c) => y * v[n][k][c]),
          vv,
        ),
        meanByChance(
          x[0][k].map((y, c) => y * v[0][k][c]),
          0,
        ),
      ];
    }),
  );
  likely('autocorrelations', anyOf(ps));
  // the zero mode's velocity is free, and as warm as T
  const expected = (m / 34) * (cold.reduce((sum, variance) => sum + variance, 0) + T / m);
  likely(
    'kinetic temperature',
    meanByChance(kinetic[0], expected),
    `(${kinetic[0][0]}, exactly ${expected})`,
  );
  assert.ok(expected < 0.93 * T, 'colder than the positions by what a test sees');
});

test('O9: free diffusion, at all times', async () => {
  const [nodes, h] = [16, 0.2];
  const sampler = baoab(hamiltonian(ring(nodes), [site((x) => x.squaredNorm().mul(0))]), {
    temperature: T,
    timeStep: h,
    friction: gamma,
    mass: m,
  });
  const c = Math.exp(-gamma * h);
  const exact = (n: number): number => {
    let sum = 0;
    const pair = (k: number): number => c ** Math.abs(k);
    for (let k = 0; k < n; k++)
      for (let l = 0; l < n; l++) sum += (2 * pair(k - l) + pair(k - l + 1) + pair(k - l - 1)) / 4;
    return (T / m) * h * h * sum;
  };
  const [einstein, y] = [(2 * T * h) / (m * gamma), (gamma * h) / 2];
  assert.ok(Math.abs((exact(600) - exact(599)) / einstein / (y / Math.tanh(y)) - 1) < 1e-9);
  const samples = await sample(sampler, {
    chains: long(4096, 256),
    steps: long(400, 100),
    seed: seedOf('diffusion'),
  });
  const ps = [1, 3, 10, 30, 100, ...(long(1, 0) ? [400] : [])].map((n) => {
    const deviation = Math.sqrt(exact(n));
    const z = samples.states[n - 1].map((x) => x / deviation);
    standardNormal(`after ${n} steps`, z);
    return meanByChance(
      z.map((x) => x * x),
      1,
    );
  });
  likely('mean squares', anyOf(ps));
  const last = samples.states.at(-1)!;
  sameMean(
    'MSD / t',
    Float64Array.from(last, (x) => (x * x) / samples.states.length),
    exact(samples.states.length) / samples.states.length,
    long(0.03, 0.15),
  );
});

test('held nodes stand, and the others have the law of the springs that are left', async () => {
  const held = [0, 33];
  const rest = springs(graph, held);
  const sampler = baoab(hamiltonian(graph, [interaction({ J: 0.5 })]), {
    temperature: T,
    timeStep: 0.25,
    friction: gamma,
    mass: m,
  });
  const initial = pinned(constantField({ sites: 34, chains }, 0), held);
  const samples = await sample(sampler, {
    initial,
    steps: long(250, 120),
    every: long(250, 120),
    seed: seedOf('held'),
  });
  standardNormal(
    'positions',
    rest.modes.flatMap((mode, k) =>
      Array.from(amplitudes(samples, 0, mode), (y) => y / Math.sqrt(T / rest.stiffness[k])),
    ),
  );
  const state = sampler.restore(samples.state);
  const expected =
    (m / 32) * rest.stiffness.reduce((sum, mu) => sum + (T / m) * (1 - (mu * 0.25 ** 2) / (4 * m)), 0);
  likely('kinetic temperature', meanByChance(kineticTemperature(state), expected));
  sampler.dispose(state);
});
