// The race against what is known: the law of all states of a small network under a schedule, by matrices; tuning
// that finds the better setting; pairs on the same graph.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fadingSpins } from '../../src/ambient/index.js';
import { complete, fromEdges, type Graph } from '../../src/graphs/index.js';
import { annealingRace, type Knobs } from '../../src/studies/index.js';

const kernel = (graph: Graph, { T, gamma }: Knobs, span: number) =>
  fadingSpins(graph, { temperature: T!, decay: gamma!, span });

/** The law of all 3^N states after a time at fixed knobs: exp(Q t), by 2^-k of it, squared k times on vectors. */
function evolve(law: Float64Array, graph: Graph, T: number, gamma: number, time: number): Float64Array {
  const N = graph.nodeCount;
  const spinOf = (state: number, node: number): number => (Math.floor(state / 3 ** node) % 3) - 1;
  const flows: [from: number, to: number, rate: number][] = [];
  for (let state = 0; state < law.length; state++) {
    for (let node = 0; node < N; node++) {
      const own = spinOf(state, node);
      const peers = Array.from(graph.neighbours.slice(graph.offsets[node], graph.offsets[node + 1]));
      const h = peers.reduce((sum, peer) => sum + spinOf(state, peer), 0);
      const up = h === 0 ? 0.5 : 1 / (1 + Math.exp((-2 * h) / T));
      const to = (spin: number): number => state + (spin - own) * 3 ** node;
      const holding = peers.filter((peer) => spinOf(state, peer) !== 0).length / peers.length;
      const draws = own === 0 ? holding : 1;
      flows.push([state, to(1), draws * up], [state, to(-1), draws * (1 - up)]);
      if (own !== 0) flows.push([state, to(0), gamma]);
    }
  }
  const steps = 4000;
  let now = law;
  for (let k = 0; k < steps; k++) {
    const next = now.slice();
    for (const [from, to, rate] of flows) {
      const moved = (now[from]! * rate * time) / steps;
      next[from]! -= moved;
      next[to]! += moved;
    }
    now = next;
  }
  return now;
}

test('the share that lasts is that of the exact law: two pairs that are joined, a lowered temperature with loss', async () => {
  const square = fromEdges(4, [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 0],
  ]);
  const [horizon, hold] = [2, 1];
  const at = (first: number, u: number): Knobs => ({ T: first * (1 - u), gamma: 0.3 * (1 - u) });
  const race = await annealingRace({
    contenders: [{ name: 'both', settings: [2], at }],
    kernel,
    graphs: () => square,
    sizes: [4],
    horizons: [horizon],
    hold,
    scoreGraphs: 3000,
    seed: 1,
  });
  let law = new Float64Array(81) as Float64Array;
  for (let state = 0; state < 16; state++) {
    let index = 0;
    for (let node = 0; node < 4; node++) index += ((state >> node) & 1 ? 2 : 0) * 3 ** node;
    law[index] = 1 / 16;
  }
  for (let k = 0; k < 20; k++) {
    const knobs = at(2, (k + 0.5) / 20);
    law = evolve(law, square, knobs.T!, knobs.gamma!, horizon / 20);
  }
  const side = (state: number): number => {
    const spins = [0, 1, 2, 3].map((node) => (Math.floor(state / 3 ** node) % 3) - 1);
    const [held, sum] = [spins.filter((s) => s !== 0).length, spins.reduce((a, b) => a + b, 0)];
    return 2 * held >= 4 && Math.abs(sum) >= 0.9 * held ? Math.sign(sum) : 0;
  };
  let lasting = 0;
  for (const sign of [1, -1]) {
    const held = evolve(
      law.map((p, state) => (side(state) === sign ? p : 0)),
      square,
      0,
      0,
      hold,
    );
    lasting += held.reduce((sum, p, state) => (side(state) === sign ? sum + p : sum), 0);
  }
  const { lasts } = race.at(4, horizon, 'both');
  const error = Math.sqrt((lasting * (1 - lasting)) / 3000);
  assert.ok(Math.abs(lasts.estimate - lasting) < 4 * error, `${lasts.estimate}, exactly ${lasting}`);
});

test('the better setting is chosen, the better contender wins in pairs, and equal ones tie', async () => {
  const hold = (name: string, settings: number[]) => ({
    name,
    settings,
    at: (T: number) => ({ T, gamma: 0 }),
  });
  const race = await annealingRace({
    contenders: [hold('cold', [20, 0.5]), hold('hot', [20]), hold('same', [0.5])],
    kernel,
    graphs: (nodes) => complete(nodes),
    sizes: [20],
    horizons: [20],
    scoreGraphs: 32,
    seed: 2,
  });
  assert.equal(race.at(20, 20, 'cold').setting, 0.5);
  assert.ok(race.difference(20, 20, 'cold', 'hot').interval[0] > 0.5);
  assert.ok(race.at(20, 20, 'cold').lasts.estimate > 0.9 && race.at(20, 20, 'cold').walls.estimate < 0.05);
  const tie = race.difference(20, 20, 'cold', 'same');
  assert.ok(tie.interval[0] <= 0 && 0 <= tie.interval[1]);
  assert.throws(() => race.difference(20, 20, 'cold', 'nobody'), /no runs of nobody, 20 nodes, 20/);
});
