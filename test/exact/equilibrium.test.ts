// Every model in equilibrium answers the same questions under the same names, and its answers agree with one
// another: S = (U - F) / T = -dF/dT, C = dU/dT = Var H / T^2, and with a field <m> = -(dF/dh) / N and the
// susceptibility d<m>/dh. A new model is one line of the list.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as lab from '../../src/exact/index.js';
import type { Equilibrium, EquilibriumPerNode } from '../../src/exact/index.js';
import { karateClub, ring, torus } from '../../src/graphs/index.js';
import { examples } from '../display/examples.js';
import { assertClose } from '../graphs/fixtures.js';

type Numbers = (Equilibrium | EquilibriumPerNode) & {
  readonly magnetisation?: number;
  readonly susceptibility?: number;
};
type Model = (temperature: number, field: number) => Numbers;

/** The models, at temperatures on both sides of a transition; with a field where they take one. */
const models: Record<string, [at: Model, temperatures: number[], field?: number]> = {
  boltzmannLaw: [(T) => lab.boltzmannLaw([-3, 0, 0.5, 2, Infinity], T), [0.3, 2]],
  ornsteinUhlenbeck: [(T) => lab.ornsteinUhlenbeck({ temperature: T, stiffness: 3 }), [0.2, 2]],
  gaussianFreeField: [
    (T) => lab.gaussianFreeField(karateClub(), { temperature: T, J: 2, components: 3 }),
    [0.2, 2],
  ],
  enumerateIsing: [(T, h) => lab.enumerateIsing(torus(3, 3), { temperature: T, field: h }), [1, 4], 0.3],
  completeIsing: [(T, h) => lab.completeIsing(30, { temperature: T, field: h, pinned: 4 }), [0.5, 2], 0.1],
  'ringIsing, finite': [(T, h) => lab.ringIsing(7, { temperature: T, J: -1.5, field: h }), [0.6, 3], 0.4],
  ringIsing: [(T, h) => lab.ringIsing(Infinity, { temperature: T, field: h }), [0.6, 3], 0.2],
  kaufmanIsing: [
    (T) => lab.kaufmanIsing(5, 8, { temperature: T, J: 2 }),
    [1.2, 4 / Math.log(1 + Math.SQRT2), 9], // at the critical temperature of large tori, too
  ],
  squareIsing: [(T) => lab.squareIsing({ temperature: T, J: 2 }), [2.5, 6]],
  betheIsing: [(T) => lab.betheIsing(4, { temperature: T, J: 2 }), [1, 4, 7]],
  'betheIsing, a chain': [(T) => lab.betheIsing(2, { temperature: T }), [0.4, 2]],
  curieWeiss: [(T) => lab.curieWeiss({ temperature: T, J: 2 }), [0.6, 1.6, 3]],
  meanFieldXY: [(T) => lab.meanFieldXY({ temperature: T, J: 2 }), [1e-3, 0.3, 0.8, 2]],
  meanFieldPotts: [(T) => lab.meanFieldPotts(3, { temperature: T, J: 2 }), [0.2, 0.6, 1]],
  completePotts: [(T) => lab.completePotts(20, 3, { temperature: T, J: 2 }), [0.4, 1.5]],
};

/** The slope by differences of fourth order. */
function slope(f: (x: number) => number, x: number, step: number): number {
  return (8 * (f(x + step) - f(x - step)) - (f(x + 2 * step) - f(x - 2 * step))) / (12 * step);
}

/** U, F, S and C, of the whole or per node. */
const wholeOf = ({ meanEnergy: U, freeEnergy: F, entropy: S, heatCapacity: C }: Equilibrium) => ({
  U,
  F,
  S,
  C,
});
const perNodeOf = (numbers: EquilibriumPerNode) => ({
  U: numbers.meanEnergyPerNode,
  F: numbers.freeEnergyPerNode,
  S: numbers.entropyPerNode,
  C: numbers.heatCapacityPerNode,
});

for (const [name, [at, temperatures, field = 0]] of Object.entries(models)) {
  test(`${name}: energy, free energy, entropy and heat capacity are those of one law`, () => {
    for (const T of temperatures) {
      const here = at(T, field);
      const kinds: ((numbers: never) => ReturnType<typeof wholeOf>)[] = [];
      if ('meanEnergy' in here) kinds.push(wholeOf);
      if ('meanEnergyPerNode' in here) kinds.push(perNodeOf);
      assert.ok(kinds.length > 0);
      for (const of of kinds) {
        const { U, F, S, C } = of(here as never);
        const near = 1e-9 * (1 + Math.abs(U) + Math.abs(F) + C) * (1 + 1 / T);
        const along = (key: 'U' | 'F') => slope((x) => of(at(x, field) as never)[key], T, 1e-3 * T);
        assertClose(F, U - T * S, near, `F at T = ${T}`);
        assertClose(S, -along('F'), near, `S at T = ${T}`);
        assertClose(C, along('U'), near, `C at T = ${T}`);
      }
      if ('energyVariance' in here)
        assertClose(here.energyVariance, T * T * here.heatCapacity, 1e-12 * (1 + here.energyVariance));
    }
  });

  if (field === 0) continue;
  test(`${name}: magnetisation and susceptibility are slopes by the field`, () => {
    for (const T of temperatures) {
      const { magnetisation, susceptibility } = at(T, field);
      const along = (of: (numbers: Numbers) => number) => slope((h) => of(at(T, h)), field, 1e-4);
      const f = (numbers: Numbers): number => (numbers as EquilibriumPerNode).freeEnergyPerNode;
      assertClose(magnetisation!, -along(f), 1e-9, `m at T = ${T}`);
      assertClose(
        susceptibility!,
        along(({ magnetisation: m }) => m!),
        1e-8 * (1 + susceptibility!),
        'chi',
      );
    }
  });
}

test('heat capacities just below and at a continuous transition, and in the cold', () => {
  const below = (Tc: number): number[] => [Tc * (1 - 1e-4), Tc * (1 - 1e-9), Tc * (1 - 1e-13)];
  const transitions: [(T: number) => EquilibriumPerNode, Tc: number, jump: number][] = [
    [(T) => lab.curieWeiss({ temperature: T }), 1, 3 / 2],
    [(T) => lab.meanFieldPotts(2, { temperature: T }), 1 / 2, 3 / 2],
    [(T) => lab.meanFieldXY({ temperature: T }), 1 / 2, 2],
    ...[3, 6].map((z): [(T: number) => EquilibriumPerNode, number, number] => [
      (T) => lab.betheIsing(z, { temperature: T }),
      lab.betheIsing(z, { temperature: 1 }).criticalTemperature,
      // z / 2 (J / T)^2 (1 - t^2) (1 + 3 (z - 1)) with t = 1 / (z - 1)
      (z / 2) * Math.atanh(1 / (z - 1)) ** 2 * (1 - (z - 1) ** -2) * (3 * z - 2),
    ]),
  ];
  for (const [at, Tc, jump] of transitions) {
    for (const T of below(Tc)) assertClose(at(T).heatCapacityPerNode, jump, 1e-2, `T = ${T}`);
    assert.ok(Number.isFinite(at(Tc).heatCapacityPerNode));
    assert.ok(at(Tc * (1 + 1e-9)).heatCapacityPerNode < jump / 2);
  }
  for (const temperature of [1e-2, 1e-8, 1e-20, 1e-300]) {
    const cold = lab.completePotts(20, 3, { temperature });
    assertClose(cold.entropy, Math.log(3), 1e-12, `S at T = ${temperature}`);
    assertClose(cold.meanEnergy, -10, 1e-12);
    assertClose(cold.heatCapacity, 0, 1e-12);
  }
});

test('the list has every model of the room that has an entropy', () => {
  for (const name of Object.keys(lab)) {
    const example = examples[name as keyof typeof examples] as (() => unknown) | undefined;
    const result: unknown = example?.();
    if (typeof result !== 'object' || result === null) continue;
    if ('entropy' in result || 'entropyPerNode' in result) assert.ok(name in models, name);
  }
});

test('a finite model per node goes to the infinite one', () => {
  const numbers = ({
    meanEnergyPerNode: u,
    freeEnergyPerNode: f,
    entropyPerNode: s,
    ...rest
  }: EquilibriumPerNode) => [u, f, s, rest.heatCapacityPerNode] as const;
  const pairs: [EquilibriumPerNode, EquilibriumPerNode, number][] = [
    [lab.kaufmanIsing(60, 60, { temperature: 3 }), lab.squareIsing({ temperature: 3 }), 1e-9],
    [lab.ringIsing(200, { temperature: 1 }), lab.ringIsing(Infinity, { temperature: 1 }), 1e-9],
    [lab.enumerateIsing(ring(9), { temperature: 1 }), lab.ringIsing(9, { temperature: 1 }), 1e-12],
    [lab.completeIsing(4000, { temperature: 1.5 }), lab.curieWeiss({ temperature: 1.5 }), 1e-3],
    [lab.completePotts(400, 3, { temperature: 0.6 }), lab.meanFieldPotts(3, { temperature: 0.6 }), 2e-2],
  ];
  for (const [finite, infinite, tolerance] of pairs)
    numbers(finite).forEach((x, k) => assertClose(x, numbers(infinite)[k], tolerance, `number ${k}`));
});
