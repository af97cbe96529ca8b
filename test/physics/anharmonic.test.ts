// Langevin steps h where they are biased, s^2 = 2 T h. On a pendulum V = - cos x the discrete chain has an
// exact stationary law, here by the trapezoid rule on the circle (exponentially accurate):
//   Euler-Maruyama        x' = x - h V'(x) + s xi: kernel N(x'; x - h V'(x), s^2)
//   Leimkuhler-Matthews   z = x - s xi / 2 is Markov, z + z' = 2 x - h V'(x), so that with x = g(z + z') the
// kernel
//                         is N(g; z, (s/2)^2) g'(z + z'); x is normal around z
// The sampler must have this law at any h, far from exp(-V/T) though it be: at first order in h, and at
// second. On a ring of rotors H = - sum of cos(x_i - x_j) only exp(-H/T) is known: <cos 2(x_i - x_j)> is
// sum of I_n^(N-1) I_n'' / sum of I_n^N (transfer matrix); there the sampler itself must show both orders.
// Source: Leimkuhler, Matthews, Appl. Math. Res. Express 2013, 34, DOI 10.1093/amrx/abs010.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Matrix } from 'ml-matrix';
import { langevin, type LangevinMethod, sample, type Samples } from '../../src/dynamics/index.js';
import { bond, type Hamiltonian, hamiltonian, site } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { constantField } from '../../src/fields/index.js';
import { ring } from '../../src/graphs/index.js';
import { meanWithError } from '../../src/statistics/mean.js';
import { long, seedOf } from './scale.js';
import { anyOf, likely, meanByChance } from './statistics.js';

before(() => ready());

const [T, size] = [1, 96];
const width = (2 * Math.PI) / size;
const circle = Array.from({ length: size }, (_, i) => i * width);
const windings = [-3, -2, -1, 0, 1, 2, 3].map((n) => 2 * Math.PI * n);
const bell = (x: number, s: number): number =>
  Math.exp((-x * x) / (2 * s * s)) / (s * Math.sqrt(2 * Math.PI));
const observables = [1, 2, 3].map(
  (n) =>
    (x: number): number =>
      Math.cos(n * x),
);

/** The matrix of a kernel on the circle, of all windings, acting on weights. */
const circular = (kernel: (to: number, from: number) => number): Matrix =>
  Matrix.from1DArray(
    size,
    size,
    circle.flatMap((to) =>
      circle.map((from) => width * windings.reduce((sum, w) => sum + kernel(to + w, from), 0)),
    ),
  );

/** <cos x>, <cos 2x>, <cos 3x> along the discrete chain. */
function discrete(method: LangevinMethod, h: number): number[] {
  const s = Math.sqrt(2 * T * h);
  let power = circular((to, from) => {
    if (method === 'euler-maruyama') return bell(to - from + h * Math.sin(from), s);
    let x = (to + from) / 2; // 2 x - h sin x = z + z', by Newton
    for (let i = 0; i < 20; i++) x -= (2 * x - h * Math.sin(x) - to - from) / (2 - h * Math.cos(x));
    return bell(x - from, s / 2) / (2 - h * Math.cos(x));
  });
  for (let doubling = 0; doubling < 12; doubling++) power = power.mmul(power);
  let law = power.subMatrix(0, size - 1, 0, 0);
  if (method === 'leimkuhler-matthews') law = circular((x, z) => bell(x - z, s / 2)).mmul(law);
  return observables.map((f) => circle.reduce((sum, x, i) => sum + f(x) * law.get(i, 0), 0) / law.sum());
}

function run(
  energy: Hamiltonian,
  method: LangevinMethod,
  h: number,
  { chains, records }: { chains: number; records: number },
): Promise<Samples> {
  return sample(langevin(energy, { temperature: T, timeStep: h, method }), {
    initial: constantField({ sites: energy.graph.nodeCount, chains }, 0),
    burnIn: Math.ceil(40 / h),
    every: 4,
    steps: 4 * records,
    seed: seedOf(method, h),
  });
}

/** Averages over records and nodes, one a chain. */
function averages({ states, nodes, chains }: Samples, f: (x: number, next: number) => number): Float64Array {
  const out = new Float64Array(chains);
  for (const state of states) {
    for (let at = 0; at < state.length; at++) {
      out[at % chains] += f(state[at], state[(at + chains) % state.length]) / (nodes * states.length);
    }
  }
  return out;
}

const schemes = [
  ['euler-maruyama', 2],
  ['leimkuhler-matthews', 4],
] as const;

for (const [method, factor] of schemes) {
  test(`${method}: a pendulum has the discrete chain's law, whose error falls by ${factor} as h is halved`, async () => {
    const steps = [0.1, 0.2, 0.4];
    const exact = steps.map((h) => discrete(method, h));
    const boltzmann = discrete('leimkuhler-matthews', 1e-2)[1];
    const error = exact.map(([, cos2x]) => cos2x - boltzmann);
    for (const ratio of [error[1] / error[0], error[2] / error[1]]) {
      assert.ok(Math.abs(ratio / factor - 1) < 0.15, `the error of <cos 2x> doubles by ${ratio}`);
    }
    const energy = hamiltonian(ring(32), [site((x) => x.component(0).cos().neg())]);
    const ps: number[] = [];
    for (const [i, h] of steps.entries()) {
      const samples = await run(energy, method, h, { chains: long(1024, 64), records: long(500, 60) });
      ps.push(...observables.map((f, n) => meanByChance(averages(samples, f), exact[i][n])));
    }
    likely('cos x, cos 2x, cos 3x at all h', anyOf(ps));
  });

  test(`${method}: the error on a ring of rotors is of order ${factor === 2 ? 'h' : 'h^2'}`, async () => {
    const nodes = 8;
    const bessel = (n: number): number =>
      circle.reduce((sum, x) => sum + Math.exp(Math.cos(x) / T) * Math.cos(n * x), 0);
    let [Z, weighted] = [0, 0];
    for (let n = -20; n <= 20; n++) {
      Z += bessel(n) ** nodes;
      weighted += (bessel(n) ** (nodes - 1) * (bessel(n - 2) + bessel(n + 2))) / 2;
    }
    const energy = hamiltonian(ring(nodes), [bond((a, b) => a.sub(b).component(0).cos().neg())]);
    const errors: { mean: number; standardError: number }[] = [];
    for (const h of [0.24, 0.48]) {
      const samples = await run(energy, method, h, { chains: long(4096, 2048), records: long(400, 100) });
      const order = averages(samples, (x, next) => Math.cos(2 * (x - next)));
      errors.push(meanWithError(order.map((f) => f - weighted / Z)));
    }
    const [fine, coarse] = errors;
    const between = 2 ** 1.25; // order 1 gives 2 at most, order 2 gives 4
    const error = Math.hypot(coarse.standardError, between * fine.standardError);
    const z = (Math.sign(coarse.mean) * (coarse.mean - between * fine.mean)) / error;
    const seen = `${fine.mean} +- ${fine.standardError} at 0.24, ${coarse.mean} +- ${coarse.standardError} at 0.48`;
    assert.ok(factor === 4 ? z > 4.9 : z < -4.9, `${method}: ${z} errors from order 5/4 (${seen})`);
  });
}
