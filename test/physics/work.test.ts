// Work of a ramp of the coupling J on the Gaussian free field, by src/dynamics/driven/rampWork.ts, which
// relaxes exactly. W = sum over jumps and springs of c_j y_j^2, (y_j) jointly normal, so that with Sigma_ij =
// <y_i y_j>
//   <exp(-q W)> = prod over springs of det(1 + 2 q C Sigma)^(-1/2),   <W> = sum c_i Sigma_ii,
//   Var W = 2 sum c_i c_j Sigma_ij^2;   q = 1 / T gives Jarzynski's exp(-dF / T), dF = d (N - 1)(T / 2) ln(J1
// / J0).
// One jump is a quench, W / (T (J1 / J0 - 1)) = Gamma(d (N - 1) / 2). Forward and backward ramps obey Crooks,
//   <1 / (1 + e^((W - dF) / T))>_forward = <1 / (1 + e^((W + dF) / T))>_backward.
// Source: oracle O12; Jarzynski, DOI 10.1103/PhysRevLett.78.2690; Crooks, DOI 10.1103/PhysRevE.60.2721;
// Bennett, J. Comput. Phys. 22 (1976) 245, DOI 10.1016/0021-9991(76)90078-4.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { determinant, Matrix } from 'ml-matrix';
import { rampWork } from '../../src/dynamics/index.js';
import { meanRampWork, rampFreeEnergy, type RampProtocol } from '../../src/exact/index.js';
import { complete, type Graph, karateClub, laplacianSpectrum, ring } from '../../src/graphs/index.js';
import { meanWithError } from '../../src/statistics/mean.js';
import { long, seedOf } from './scale.js';
import {
  anyOf,
  calibrated,
  igam,
  likely,
  meanByChance,
  normalByChance,
  sameMean,
  uniformByChance,
} from './statistics.js';

const seeds = long(24, 16);

/** C Sigma of one spring of Laplacian eigenvalue mu: c_i = (J_i - J_(i-1)) mu, y_i before jump i. */
function correlations(mu: number, { temperature: T, from, to, jumps, duration }: RampProtocol): Matrix {
  const J = (k: number): number => from + ((to - from) * k) / jumps;
  const sigma = Matrix.zeros(jumps, jumps);
  let variance = T / (2 * from * mu);
  for (let i = 0; i < jumps; i++) {
    sigma.set(i, i, variance);
    const rest = (k: number): number => T / (2 * J(k) * mu);
    const kept = (k: number): number => Math.exp((-2 * J(k) * mu * duration) / jumps);
    let covariance = variance;
    for (let j = i + 1; j < jumps; j++) {
      covariance *= kept(j);
      sigma.set(i, j, covariance).set(j, i, covariance);
    }
    variance = rest(i + 1) + (variance - rest(i + 1)) * kept(i + 1) ** 2;
  }
  return sigma.mul(((to - from) / jumps) * mu);
}

const ramps: [Graph, RampProtocol, number][] = [
  [complete(6), { temperature: 1, from: 1, to: 2, jumps: 10, duration: 0.1 }, long(20_000, 1500)],
  [
    ring(7),
    { temperature: 0.5, from: 2, to: 0.8, jumps: 5, duration: 0.4, components: 2 },
    long(20_000, 1500),
  ],
  [karateClub(), { temperature: 2, from: 0.5, to: 0.7, jumps: 4, duration: 0.2 }, long(10_000, 500)],
];

for (const [graph, protocol, runs] of ramps) {
  const { temperature: T, components: d = 1, from, to } = protocol;
  const springs = [...laplacianSpectrum(graph).subarray(1)].map((mu) => correlations(mu, protocol));
  const generating = (q: number): number =>
    springs.reduce(
      (product, m) => product * determinant(Matrix.eye(m.rows).add(Matrix.mul(m, 2 * q))) ** (-d / 2),
      1,
    );
  const work = (ends: RampProtocol, run: number): Float64Array =>
    rampWork(graph, { ...ends, runs, seed: seedOf(graph.name, ends.from, run) });

  test(`O12: ${graph.name}, J ${from} to ${to}: mean, variance, generating function, Jarzynski`, () => {
    const dF = rampFreeEnergy({ ...protocol, nodeCount: graph.nodeCount });
    assert.ok(
      Math.abs(-T * Math.log(generating(1 / T)) - dF) < 1e-9 * Math.abs(dF),
      'the closed form obeys Jarzynski',
    );
    const samples = Array.from({ length: seeds }, (_, run) => work(protocol, run));
    const all = samples.flatMap((w) => [...w]);
    const mean = meanRampWork(graph, protocol);
    const variance = d * springs.reduce((sum, m) => sum + 2 * Matrix.mul(m, 1).mmul(m).trace(), 0);
    sameMean('<W>', all, mean, long(0.01, 0.05));
    sameMean(
      'Var W',
      all.map((w) => (w - mean) ** 2),
      variance,
      long(0.05, 0.3),
    );
    const exponential = (w: ArrayLike<number>, q: number): Float64Array =>
      Float64Array.from(w, (x) => Math.exp(-q * x));
    for (const q of [0.3 / T, 1 / T]) {
      sameMean(`<exp(-${q} W)>`, exponential(all, q), generating(q), long(0.05, 0.2));
    }
    const q = 0.3 / T; // at 1 / T the average of one seed is still skew
    calibrated(
      '<exp(-0.3 W / T)>',
      samples.map((w) => meanByChance(exponential(w, q), generating(q))),
    );
  });

  test(`O12: ${graph.name}, J ${from} to ${to}: Crooks, between ramps there and back`, () => {
    const dF = rampFreeEnergy({ ...protocol, nodeCount: graph.nodeCount });
    const fermi = (w: number): number => 1 / (1 + Math.exp(w / T));
    const p = Array.from({ length: seeds }, (_, run) => {
      const there = meanWithError(work(protocol, run).map((w) => fermi(w - dF)));
      const back = meanWithError(work({ ...protocol, from: to, to: from }, run).map((w) => fermi(w + dF)));
      return normalByChance((there.mean - back.mean) / Math.hypot(there.standardError, back.standardError));
    });
    calibrated('there and back', p);
  });
}

test('O12: a quench: the whole law of W', () => {
  const [T, from, to, components] = [0.8, 1, 1.7, 3];
  const quench = { temperature: T, from, to, components, jumps: 1, duration: 0, runs: long(4000, 250) };
  const quenches = Array.from({ length: seeds }, (_, run) =>
    rampWork(karateClub(), { ...quench, seed: seedOf('quench', run) }),
  );
  const modes = components * 33;
  const law = (w: number): number => igam(modes / 2, w / (T * (to / from - 1)));
  const ps = quenches.map((work) => uniformByChance(work.map(law)));
  likely('one seed', anyOf(ps));
  likely('all seeds', uniformByChance(quenches.flatMap((work) => Array.from(work, law))));
});
