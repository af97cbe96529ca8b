// Entropy production against what it must be: zero at rest, the loss of relative entropy where the rates
// balance in detail, and the affinity times the current of the one loop of the smallest field that
// circulates.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { netFlow, presence, productionRate, relax } from '../../src/ambient/index.js';
import { ready } from '../../src/tensors/index.js';
import { fromEdges, smallWorld } from '../../src/graphs/index.js';
import { hodge } from '../../src/geometry/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';

before(() => ready());

const graph = smallWorld(20, 4, 0.2, { seed: 4 });
const random = uniformGenerator('start');
const start = Float64Array.from({ length: 21 }, () => 0.2 + random());
const even = presence(graph, { decay: 0.3, release: 0.1 });

test('all alike: no production and no flow at rest; on the way there it is the relative entropy that is lost', async () => {
  const total = start.reduce((sum, m) => sum + m, 0);
  const rest = even.steadyState(total);
  assert.ok(productionRate(even, rest) < 1e-20);
  assert.ok(netFlow(even, rest).every((J) => Math.abs(J) < 1e-12));
  const relative = (m: Float64Array): number =>
    m.reduce((sum, each, i) => sum + each * Math.log(each / rest[i]), 0);
  const dt = 1e-4;
  const ahead = (await relax(even, start, { time: dt, timeStep: dt })).state;
  const behind = start.map((m, i) => m - dt * even.drift(start)[i]);
  const loss = (relative(behind) - relative(ahead)) / (2 * dt);
  assert.ok(
    Math.abs(productionRate(even, start) / loss - 1) < 1e-3,
    `${productionRate(even, start)} for ${loss}`,
  );
});

test('two nodes and the pool: the production is the current around times its affinity', () => {
  const [decay, release, u] = [0.7, 0.4, [1, 0.25]];
  const pair = presence(fromEdges(2, [[0, 1]], { couplings: [2] }), { decay, release, participation: u });
  const rest = pair.steadyState(3);
  const [between, first, second] = netFlow(pair, rest);
  assert.ok(Math.abs(between + first) < 1e-12 && Math.abs(between - second) < 1e-12 && between > 0); // pool -> 0 -> 1 -> pool
  const affinity = Math.log(u[0] / u[1]); // of the rates around the loop over those the other way round
  assert.ok(Math.abs(productionRate(pair, rest) / (between * affinity) - 1) < 1e-10);
});

test('some take part more than others: the field circulates, in cycles that are no gradient', () => {
  const uneven = presence(graph, {
    decay: 0.3,
    release: 0.1,
    participation: Float64Array.from({ length: 20 }, (_, i) => (i % 2) + 0.1),
  });
  const rest = uneven.steadyState(10);
  assert.ok(productionRate(uneven, rest) > 0.01);
  const { fractions: shares } = hodge(uneven.currents.graph, netFlow(uneven, rest));
  assert.ok(shares.gradient < 1e-20, 'a stationary flow has no divergence');
  assert.ok(Math.abs(shares.curl + shares.harmonic - 1) < 1e-9);
});

test('a pattern is held by the drive, at a price that is paid for ever, and gone ten relaxation times without it', async () => {
  const [decay, release] = [0.3, 0.1];
  const driven = presence(graph, {
    decay,
    release,
    participation: Float64Array.from({ length: 20 }, (_, i) => (i < 10 ? 1.8 : 0.2)),
  });
  const relaxation = 1 / decay; // of what the pool does to differences; diffusion only helps
  const pattern = (state: Float64Array): number => {
    const held = state.subarray(0, 20);
    const mean = held.reduce((sum, m) => sum + m, 0) / 20;
    return Math.sqrt(held.reduce((sum, m) => sum + (m - mean) ** 2, 0) / 20);
  };
  const {
    states: [early, late],
  } = await relax(driven, new Float64Array(21).fill(1), { time: 40 * relaxation, every: 20 * relaxation });
  assert.ok(Math.abs(pattern(late) / pattern(early) - 1) < 1e-6 && pattern(early) > 0.05);
  assert.ok(
    Math.abs(productionRate(driven, late) / productionRate(driven, driven.steadyState(21)) - 1) < 1e-6,
  );
  assert.ok(productionRate(driven, late) > 0.01);
  const off = presence(graph, { decay, release });
  const after = (await relax(off, late, { time: 10 * relaxation })).state;
  assert.ok(pattern(after) < 1.01 * Math.exp(-10) * pattern(late), `${pattern(after) / pattern(late)}`);
  assert.ok(productionRate(off, after) < 1e-6 * productionRate(driven, late));
});

test('refusals', () => {
  assert.throws(
    () => productionRate(even, [1]),
    /productionRate: the state must be \[nodes \+ 1, states\] = \[21, 1\], got 1 numbers/,
  );
  assert.throws(
    () => netFlow(even, new Float64Array(21).fill(-1)),
    /netFlow: mass must not be negative, got -1 at 0/,
  );
  const other = presence(graph, { decay: 1, release: 1, replacement: (m) => m });
  assert.throws(() => productionRate(other, start), /productionRate: only the linear reading/);
});
