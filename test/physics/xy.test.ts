// The XY reading of the trust phase on the complete graph, couplings J/N: H = -(J/N) sum over i<j of
// cos(theta_i - theta_j) = -(J/2N) |S|^2 + J/2 with S = sum of e^(i theta). Hubbard's and Stratonovich's
// field h makes e^(-H/T) a Gaussian average of e^(h . S), so that at any N one integral gives what the
// samplers must reproduce,
//   Z ~ integral of h exp(-N T h^2 / 2J) I_0(h)^N dh,      <r^2> = (T/J)^2 <h^2> - 2 T / (J N),      r = |S|
// / N.
// As N grows r -> I_1(J r/T) / I_0(J r/T) (`meanFieldXY`), which is 0 from T_c = J/2 on; above it N <r^2> ->
// 1 / (1 - J/2T), at it sqrt(N) <r^2> -> 2 / sqrt(pi). Sources: oracle O23; Hubbard, Phys. Rev. Lett. 3
// (1959) 77, DOI 10.1103/PhysRevLett.3.77; src/energies/models/trustPhase.ts.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { gaussian, langevin, metropolis, sample } from '../../src/dynamics/index.js';
import { hamiltonian, trustPhase } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { meanFieldXY } from '../../src/exact/index.js';
import { normalField, randomAngles, type Field } from '../../src/fields/index.js';
import { complete } from '../../src/graphs/index.js';
import { angleOrder, observe } from '../../src/measure/index.js';
import { mean } from '../../src/statistics/index.js';
import { full, long, seedOf } from './scale.js';
import { sameMean } from './statistics.js';

before(() => ready());

const J = 1.5;
const circle = Array.from({ length: 400 }, (_, k) => (2 * Math.PI * k) / 400);
/** e^-x I_n(x), the trapezoid rule on the circle. */
const bessel = (n: number, x: number): number =>
  mean(circle.map((t) => Math.exp(x * (Math.cos(t) - 1)) * Math.cos(n * t)));

/** <r^2> of N phases. */
function meanSquareOrder(N: number, T: number): number {
  const top = J / T + 12 * Math.sqrt(J / (T * N)); // of the integral
  const cells = 6000;
  const h = Array.from({ length: cells }, (_, k) => ((k + 0.5) * top) / cells);
  const logs = h.map((x) => N * (Math.log(bessel(0, x)) + x - (T * x * x) / (2 * J)));
  const most = logs.reduce((a, b) => Math.max(a, b));
  let [Z, squares] = [0, 0];
  h.forEach((x, k) => {
    const weight = x * Math.exp(logs[k] - most);
    Z += weight;
    squares += weight * x * x;
  });
  return (T / J) ** 2 * (squares / Z) - (2 * T) / (J * N);
}

const orderOf = (T: number): number => meanFieldXY({ temperature: T, J }).order;

test('O23: the integral: one and two phases, the self-consistent r, and T_c = J/2 as N grows', () => {
  const T = 0.6;
  assert.ok(Math.abs(meanSquareOrder(1, T) - 1) < 1e-5);
  // two phases: <r^2> = (1 + <cos>) / 2 at coupling J/2
  assert.ok(
    Math.abs(meanSquareOrder(2, T) - (1 + bessel(1, J / (2 * T)) / bessel(0, J / (2 * T))) / 2) < 1e-5,
  );
  for (const cold of [0.2 * J, 0.35 * J]) {
    const limit = 2 * meanSquareOrder(800, cold) - meanSquareOrder(400, cold);
    assert.ok(Math.abs(limit - orderOf(cold) ** 2) < 1e-4, `T = ${cold}: ${limit}`);
  }
  assert.ok(orderOf(0.51 * J) < 1e-6 && orderOf(0.49 * J) > 0.1);
  const hot = 0.8 * J;
  const response = (N: number): number => N * meanSquareOrder(N, hot);
  assert.ok(Math.abs(2 * response(800) - response(400) - 1 / (1 - J / (2 * hot))) < 1e-2);
  const critical = (N: number): number => Math.sqrt(N) * meanSquareOrder(N, J / 2);
  const limit = 2 * critical(1600) - critical(400); // corrections of order 1 / sqrt N
  assert.ok(Math.abs(limit - 2 / Math.sqrt(Math.PI)) < 5e-3, `sqrt(N) <r^2> = ${limit} at J/2`);
});

const temperatures = [0.3, 0.5, 0.8].map((share) => share * J);

test('O23: Langevin and Metropolis have the exact <r^2> below, at and above T_c', async () => {
  for (const N of full ? [16, 64] : [12]) {
    const energy = hamiltonian(complete(N), [trustPhase('xy', { J: J / N })]);
    const chains = long(64, 32);
    for (const T of temperatures) {
      const relaxation = N / 8 + 4; // of the order parameter, slowest at T_c
      const run = async (
        name: string,
        sampler: Parameters<typeof sample>[0],
        initial: Field,
        time: number,
        length: number,
      ): Promise<void> => {
        const samples = await sample(sampler, {
          initial,
          burnIn: Math.ceil((5 * relaxation) / time),
          steps: Math.ceil((length * relaxation) / time),
          every: Math.ceil(relaxation / (4 * time)),
          seed: seedOf('xy', name, N, T),
        });
        const squares = observe(samples, (x) => angleOrder(x, 1) ** 2).map((series) => mean(series));
        sameMean(`${name}, N = ${N}, T = ${T}`, squares, meanSquareOrder(N, T), long(0.05, 0.6));
      };
      const seed = seedOf('xy', N, T);
      await run(
        'langevin',
        langevin(energy, { temperature: T, timeStep: 0.1 }),
        randomAngles({ sites: N, chains, seed }),
        0.1,
        long(100, 30),
      );
      if (N > 16) continue;
      const proposal = gaussian(1.5);
      await run(
        'metropolis',
        metropolis(energy, { temperature: T, proposal }),
        normalField({ sites: N, chains, deviation: 2, seed }),
        1,
        long(100, 20),
      );
    }
  }
});
