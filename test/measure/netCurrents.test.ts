// Net currents of recorded chains: none under detailed balance, those of the exact matrix where there are
// some.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Matrix } from 'ml-matrix';
import { heatBath, metropolis, type Proposal, sample } from '../../src/dynamics/index.js';
import { hamiltonian, site } from '../../src/energies/index.js';
import { transitionMatrix, type TransitionParameters, stationaryLaw } from '../../src/exact/index.js';
import { fromEdges } from '../../src/graphs/index.js';
import { netCurrents, observe } from '../../src/measure/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';
import { isingEnergy } from './isingDraws.js';

function walk(P: Matrix, chains: number, steps: number, seed: string): Int32Array[] {
  const random = uniformGenerator(seed);
  const draw = (row: ArrayLike<number>): number => {
    let [s, left] = [0, random() - row[0]];
    while (left > 0 && s < row.length - 1) left -= row[++s];
    return s;
  };
  const [law, rows] = [stationaryLaw(P), P.to2DArray()];
  return Array.from({ length: chains }, () => {
    const path = Int32Array.of(draw(law), ...new Int32Array(steps));
    for (let t = 1; t <= steps; t++) path[t] = draw(rows[path[t - 1]]);
    return path;
  });
}

const edges = fromEdges(
  3,
  [
    [0, 1],
    [1, 2],
    [2, 0],
  ],
  { couplings: [1, 0.6, 0.2] },
);
const coupled: TransitionParameters = {
  nodes: 3,
  values: [-1, 1],
  temperature: 1.5,
  rule: 'heat bath',
  energy: ([a, b, c]) => -a * b - 0.6 * b * c - 0.2 * c * a,
};

test('the exact matrix: a random node shows no current, a sweep shows its own', () => {
  const random = transitionMatrix(coupled).matrix;
  assert.ok(netCurrents(walk(random, 24, 3000, 'random'), 8).pValue > 1e-3);
  const sweep = transitionMatrix({ ...coupled, order: 'sequential' });
  const { currents, pValue } = netCurrents(walk(sweep.matrix, 24, 3000, 'sweep'), 8);
  assert.ok(pValue < 1e-6, `${pValue}`);
  for (const { from, to, current, standardError } of currents) {
    const exact = sweep.law[from] * sweep.matrix.get(from, to) - sweep.law[to] * sweep.matrix.get(to, from);
    assert.ok(
      Math.abs(current - exact) < 5 * standardError,
      `${from} to ${to}: ${current} +- ${standardError}, exactly ${exact}`,
    );
  }
});

test('the false alarms are as rare as their level', () => {
  const { matrix } = transitionMatrix(coupled);
  const runs = 300;
  const alarms = Array.from(
    { length: runs },
    (_, run) => netCurrents(walk(matrix, 16, 60, `run ${run}`), 8).pValue,
  ).filter((p) => p < 0.05).length;
  assert.ok(alarms / runs < 0.05 + 4 * Math.sqrt(0.0475 / runs), `${alarms} of ${runs}`);
});

test('samplers: random order is clean, a sweep in order is not, a missing Hastings ratio is caught', async () => {
  const number = ([a, b, c]: Float64Array): number => (a + 1) / 2 + (b + 1) + 2 * (c + 1);
  const spins = async (order: 'random' | 'sequential'): Promise<number> => {
    const energy = isingEnergy(edges);
    const samples = await sample(heatBath(energy, { temperature: 1.5, order, engine: 'tensors' }), {
      chains: 24,
      burnIn: 40,
      steps: 1500,
      seed: 5,
    });
    return netCurrents(observe(samples, number), 8).pValue;
  };
  assert.ok((await spins('random')) > 1e-3);
  assert.ok((await spins('sequential')) < 1e-6);

  const energy = hamiltonian(edges, [site((x) => x.sum().mul(0.3))]);
  const forwards = (hastings: boolean): Proposal => ({
    // to the next of three labels with probability 2/3, else to the one before
    name: 'forwards',
    codomain: 'potts',
    states: 3,
    draws: 'uniform',
    propose: (now, u, out) => {
      const next = u[0] < 2 / 3;
      out[0] = (now[0] + (next ? 1 : 2)) % 3;
      return hastings ? Math.log(next ? 0.5 : 2) : 0;
    },
  });
  const labels = async (hastings: boolean): Promise<number> => {
    const samples = await sample(metropolis(energy, { temperature: 1, proposal: forwards(hastings) }), {
      chains: 24,
      burnIn: 40,
      steps: 1500,
      seed: 6,
    });
    return netCurrents(
      observe(samples, ([x]) => x),
      3,
    ).pValue;
  };
  assert.ok((await labels(true)) > 1e-3);
  assert.ok((await labels(false)) < 1e-6);
});

test('names what is wrong, and nothing moves by chance', () => {
  const still = Array.from({ length: 16 }, () => [0, 0, 0]);
  assert.deepEqual({ ...netCurrents(still, 2) }, { currents: [], pValue: 1 });
  assert.throws(() => netCurrents(still.slice(1), 2), /at least 16 independent chains, got 15/);
  assert.throws(
    () =>
      netCurrents(
        still.map(() => [0, 2]),
        2,
      ),
    /class must be an integer in \[0, 1\], got 2/,
  );
});
