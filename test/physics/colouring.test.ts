// The nodes of a colour are moved at once, which is right only while no two of them interact: two neighbours
// of one colour each choose by where the other was, and the law is another. Compiled moves of few chains take
// four nodes of a colour in one vector, so that on graphs this small a wrong colouring is seen in the law of
// all states, against enumeration; and the laws of all wrong colourings of one pair are worked out exactly,
// to be sure that the runs are long enough to tell each from the right one.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Matrix } from 'ml-matrix';
import { glauber, heatBath, sample } from '../../src/dynamics/index.js';
import { bond, hamiltonian, site } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { transitionMatrix, stationaryLaw } from '../../src/exact/index.js';
import { colouring } from '../../src/graphs/structure/colouring.js';
import { complete, fromEdges, type Graph, ring } from '../../src/graphs/index.js';
import { stateOf } from '../../src/measure/chains/samples.js';
import { long, seedOf } from './scale.js';
import { anyOf, likely, meanByChance } from './statistics.js';

before(() => ready());

const T = 1.6;
const systemOn = (graph: Graph) =>
  hamiltonian(graph, [
    bond((a, b) => a.mul(b).sum().neg()),
    site((s, h) => s.sum().mul(h).neg(), { h: 0.2 }),
  ]);

/** The law of sweeps that move each class at once, all of its nodes by the heat bath of the state before. */
function lawOf(graph: Graph, classes: readonly (readonly number[])[]): Float64Array {
  const energy = systemOn(graph);
  const { states } = transitionMatrix({
    nodes: graph.nodeCount,
    values: [-1, 1],
    energy: (x) => energy.energy64(x),
    temperature: T,
    rule: 'heat bath',
  });
  const up = states.map((x) =>
    Array.from(
      x,
      (_, i) => 1 / (1 + Math.exp((energy.energy64(x.with(i, 1)) - energy.energy64(x.with(i, -1))) / T)),
    ),
  );
  const atOnce = (nodes: readonly number[]): Matrix => {
    const mask = nodes.reduce((bits, i) => bits | (1 << i), 0);
    const P = Matrix.zeros(states.length, states.length);
    for (let s = 0; s < states.length; s++) {
      for (let t = 0; t < states.length; t++) {
        if ((s & ~mask) === (t & ~mask))
          P.set(
            s,
            t,
            nodes.reduce((p, i) => p * ((t >> i) & 1 ? up[s][i] : 1 - up[s][i]), 1),
          );
      }
    }
    return P;
  };
  return stationaryLaw(
    classes.reduce<Matrix>((P, nodes) => P.mmul(atOnce(nodes)), Matrix.eye(states.length)),
  );
}

const classesOf = (colours: ArrayLike<number>): number[][] => {
  const classes: number[][] = [];
  for (let i = 0; i < colours.length; i++) (classes[colours[i]] ??= []).push(i);
  return classes.filter((nodes) => nodes.length > 0);
};

const house = fromEdges(
  5,
  [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 0],
    [0, 4],
    [1, 4],
  ],
  { name: 'house' },
);
for (const graph of [ring(5), complete(4), house]) {
  test(`${graph.name}: compiled sweeps by colours have the law of all states, and would not with any two neighbours of one colour`, async () => {
    const energy = systemOn(graph);
    const { law } = transitionMatrix({
      nodes: graph.nodeCount,
      values: [-1, 1],
      energy: (x) => energy.energy64(x),
      temperature: T,
      rule: 'heat bath',
    });
    const chains = 3; // fewer than four: nodes stand in the lanes
    for (const [name, make] of Object.entries({ heatBath, glauber })) {
      const shares: Float64Array[] = [];
      for (let run = 0; run < long(32, 16); run++) {
        const samples = await sample(make(energy, { temperature: T, engine: 'wasm' }), {
          chains,
          burnIn: 50,
          steps: long(8000, 4000),
          every: 2,
          seed: seedOf('colouring', graph.name, name, run),
        });
        for (let c = 0; c < chains; c++) {
          const share = new Float64Array(law.length);
          for (let r = 0; r < samples.states.length; r++) {
            share[stateOf(samples, r, c).reduce((s, x, i) => s + Number(x > 0) * 2 ** i, 0)] +=
              1 / samples.states.length;
          }
          shares.push(share);
        }
      }
      const chanceOf = (p: ArrayLike<number>): number =>
        anyOf(
          Array.from(law, (_, s) =>
            meanByChance(
              shares.map((share) => share[s]),
              p[s],
            ),
          ),
        );
      likely(`${name}: law of the states`, chanceOf(law));
      const { colours } = colouring(graph);
      for (let e = 0; e < graph.edgeCount; e++) {
        const [a, b] = [graph.endpoints[2 * e], graph.endpoints[2 * e + 1]];
        for (const [from, to] of [
          [a, b],
          [b, a],
        ]) {
          const wrong = lawOf(graph, classesOf(Array.from(colours).with(from, colours[to])));
          assert.ok(
            chanceOf(wrong) < 1e-12,
            `${name}: runs too short to tell nodes ${from} and ${to} of one colour`,
          );
        }
      }
    }
  });
}
