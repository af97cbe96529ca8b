// One overdamped mode, H = mu x^2 / 2, by Leimkuhler-Matthews steps h on many nodes that do not meet (oracles
// O10, O37).
//   O10  a Gaussian law of mean m and variance v has F = mu (m^2 + v) / 2 - (T / 2) ln(2 pi e v); it falls,
// by its dissipation,
//        to -(T / 2) ln(2 pi T / mu). After n steps m = a^n m_0 and v = a^2n v_0 + that from rest
// (./springs.ts), a = 1 - h mu
//   O37  x(t) tells -ln(1 - rho^2) / 2 nats of x(0), of jointly normal values of correlation rho: e^(-mu t)
// in the limit, and
//        a^(n - 1)(1 - h mu / 2) of the steps. artanh of a sampled correlation is normal of variance 1 /
// (pairs - 3) (Fisher)
// Both laws of the steps lie within order h of the closed forms. Sources: Jordan, Kinderlehrer, Otto, DOI
// 10.1137/S0036141096303359; Fisher, Metron 1 (1921) 3; src/exact/gaussian/ornsteinUhlenbeck.ts.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { langevin, sample } from '../../src/dynamics/index.js';
import { hamiltonian, site } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { ornsteinUhlenbeck } from '../../src/exact/index.js';
import { normalField } from '../../src/fields/index.js';
import { ring } from '../../src/graphs/index.js';
import { observe } from '../../src/measure/index.js';
import { correlation, mean, variance } from '../../src/statistics/index.js';
import { meanWithError } from '../../src/statistics/mean.js';
import { long, seedOf } from './scale.js';
import { varianceAfter } from './springs.js';
import { anyOf, likely, meanByChance, normalByChance } from './statistics.js';

before(() => ready());

const [mu, T, h] = [1, 1.3, 0.01];
const mode = ornsteinUhlenbeck({ stiffness: mu, temperature: T });
const [sites, chains] = [2000, long(64, 16)];
const sampler = langevin(hamiltonian(ring(sites), [site((x, k) => x.squaredNorm().mul(k), { k: mu / 2 })]), {
  temperature: T,
  timeStep: h,
});

test('O10: the free energy of an ensemble falls to its least value, by its dissipation', async () => {
  const [m0, v0, every] = [1.5, 0.2, 4];
  const initial = normalField({
    sites,
    chains,
    mean: m0,
    deviation: Math.sqrt(v0),
    seed: seedOf('ensemble'),
  });
  const samples = await sample(sampler, { initial, steps: 400, every, seed: seedOf('relaxation') });
  const times = samples.steps.map((n) => n * h);
  const means = observe(samples, (x) => mean(x));
  const variances = observe(samples, (x) => variance(x));
  const by = (f: (m: number, v: number) => number): Float64Array[] =>
    means.map((series, c) => series.map((m, r) => f(m, variances[c][r])));
  const [F, dissipation] = [by(mode.freeEnergyAt), by(mode.dissipation)];
  const law = samples.steps.map(
    (n) =>
      [
        (1 - h * mu) ** n * m0,
        (1 - h * mu) ** (2 * n) * v0 + varianceAfter(n, 'leimkuhler-matthews', mu, h, T),
      ] as const,
  );
  const exact = law.map(([m, v]) => mode.freeEnergyAt(m, v));
  exact.forEach((value, r) => {
    const closed = mode.freeEnergyAt(
      mode.transitionMean(m0, times[r]),
      v0 * Math.exp(-2 * mu * times[r]) + mode.transitionVariance(times[r]),
    );
    assert.ok(Math.abs(value - closed) < 2 * h * T, `${value} by steps, ${closed} in the limit`);
  });

  const at = [0, 4, 19, 49, 99];
  likely(
    'F',
    anyOf(
      at.map((r) =>
        meanByChance(
          F.map((series) => series[r]),
          exact[r],
        ),
      ),
    ),
  );
  at.slice(1).forEach((r, k) => {
    // it falls from record to record by more than chance, and by what is dissipated in between
    const fall = F.map((series) => series[at[k]] - series[r]);
    const { mean: fell, standardError } = meanWithError(fall);
    assert.ok(fell > (k < 3 ? 5 : -5) * standardError, `F falls by ${fell} +- ${standardError}`);
    const trapezia = (f: (r: number) => number): number => {
      let sum = 0;
      for (let i = at[k]; i < r; i++) sum += ((f(i) + f(i + 1)) / 2) * every * h;
      return sum;
    };
    // of 2000 normals 1 / v is too large by a thousandth: 2e-3 at most, as v begins small
    const residue = meanWithError(fall.map((each, c) => each - trapezia((i) => dissipation[c][i])));
    const ofSteps = exact[at[k]] - exact[r] - trapezia((i) => mode.dissipation(...law[i]));
    assert.ok(Math.abs(ofSteps) < 0.03, `${ofSteps}`);
    assert.ok(
      Math.abs(residue.mean - ofSteps) < 5.5 * residue.standardError + 2e-3,
      `${residue.mean} +- ${residue.standardError} of the fall unaccounted for, ${ofSteps} by steps`,
    );
  });
  const last = F.map((series) => series.at(-1)!);
  assert.ok(
    mean(last) > mode.freeEnergy - 5 * meanWithError(last).standardError &&
      mean(last) < mode.freeEnergy + 0.01,
  );
});

test('O37: information about the start decays as -ln(1 - e^(-2 mu t)) / 2', async () => {
  const initial = normalField({ sites, chains, deviation: Math.sqrt(T / mu), seed: seedOf('equilibrium') });
  const samples = await sample(sampler, { initial, burnIn: 100, steps: 301, seed: seedOf('information') });
  const pairs = sites * chains;
  for (const [time, nats] of [
    [0.1, 0.8539],
    [1, 0.0727],
    [3, 0.00124],
  ]) {
    const n = Math.round(time / h);
    const information = (rho: number): number => -Math.log(1 - rho * rho) / 2;
    const rho = (1 - h * mu) ** (n - 1) * (1 - (h * mu) / 2);
    assert.ok(Math.abs(mode.information(time) - nats) < 5e-5);
    assert.ok(
      Math.abs(information(rho) / nats - 1) < 4 * h,
      `${information(rho)} by steps, ${nats} in the limit`,
    );
    const found = correlation(samples.states[0], samples.states[n]);
    likely(
      `after ${time}`,
      normalByChance((Math.atanh(found) - Math.atanh(rho)) * Math.sqrt(pairs - 3)),
      `(${information(found)}, exactly ${information(rho)})`,
    );
    // the error of rho is (1 - rho^2) / sqrt(pairs), and dI/drho = rho / (1 - rho^2): I is told from that of
    // a time a tenth longer, or from 0
    const error = rho / Math.sqrt(pairs);
    assert.ok(4 * error < (time < 3 ? nats - mode.information(1.1 * time) : nats), `+- ${error} of ${nats}`);
  }
});
