// One seed rule: every public function with an optional seed takes the session's where none is given. The
// compiler lists them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import * as lab from '../lab.js';
import { readOptions } from '../../src/numerics/options.js';
import { LiveRun, runOptions } from '../../src/widgets/live/liveRun.js';

const { bond, complete, hamiltonian, heatBath, interaction, langevin, presence, ring, setDefaultSeed, site } =
  lab;

before(() => lab.ready());
after(() => setDefaultSeed(0));

const ising = hamiltonian(ring(6), [bond((a, b) => a.mul(b).sum().neg())]);
const springs = hamiltonian(ring(6), [interaction(), site((x) => x.squaredNorm())]);
const overdamped = langevin(springs, { temperature: 1, timeStep: 0.05 });
const up = new Float64Array(6).fill(1);
const air = presence(complete(4), { decay: 0.5, release: 0.1, participation: [1, 1, 1, 1] });
const noisy = (x: number, { stream, seed }: lab.Key): number => x + lab.uniformGenerator(seed, stream)();
const curve = (slope: number): lab.MeasuredCurve => ({
  x: [0, 1, 2],
  groups: Array.from({ length: 16 }, (_, k) =>
    [-slope, 0.03 * Math.sin(k), slope].map((y, i) => y + 0.3 * Math.sin(7 * k + i)),
  ),
});

/** What each of them makes of a seed, as small as it can be. */
const seeded: Record<string, (options: { seed?: lab.Seed }) => unknown> = {
  after: (seed) => lab.after(noisy, 0, { steps: 3, ...seed }),
  birthDeathWalk: (seed) =>
    lab.birthDeathWalk(
      { rise: Float64Array.of(1, 1, 1, 0), fall: Float64Array.of(0, 1, 1, 1) },
      { start: 1, time: 20, every: 1, ...seed },
    ).states,
  contactProcess: async (seed) =>
    (await lab.contactProcess(complete(6), { copying: 0.3, time: 5, every: 1, ...seed })).fractions,
  crossing: (seed) => lab.crossing(curve(1), curve(2), { resamples: 100, ...seed }).interval,
  densityOfStates: async (seed) =>
    (await lab.densityOfStates(ising, { steps: 20, lastFactor: 0.1, ...seed })).logStates,
  drive: async (seed) =>
    (
      await lab.drive({
        energy: (h) => springs.with({ J: h }),
        sampler: (energy, temperature) => langevin(energy, { temperature, timeStep: 0.02 }),
        protocol: [1, 2],
        temperature: 1,
        burnIn: 3,
        chains: 2,
        ...seed,
      })
    ).work,
  dualAscent: async (seed) =>
    (
      await lab.dualAscent(springs, {
        multiplier: 'J',
        budget: 2,
        rate: 0.01,
        rounds: 3,
        steps: 5,
        sampler: (energy) => langevin(energy, { temperature: 1, timeStep: 0.02 }),
        initial: lab.constantField({ sites: 6, components: 1, chains: 4 }, 1),
        ...seed,
      })
    ).costs,
  events: async (seed) =>
    (await lab.events(air, { initial: [10, 10, 10, 10, 10], quanta: 1, time: 5, every: 5 / 3, ...seed }))
      .counts,
  exchangesToAverage: (seed) =>
    [1e-2, 1e-3, 1e-4].map((ratio) =>
      lab.exchangesToAverage(complete(9), [0, 1, 2, 3, 4, 5, 6, 7, 8], { ratio, ...seed }),
    ),
  finality: (seed) =>
    lab.finality(
      hamiltonian(complete(15), [bond((a, b) => a.mul(b).sum().mul(-0.05))]),
      new Float64Array(15).fill(1),
      0,
      { temperature: 1, time: 1, radius: 1, copies: 200, ...seed },
    ).estimate,
  forwardFlux: async (seed) =>
    (
      await lab.forwardFlux(
        {
          start: () => 0,
          step: (n, random) => Math.max(0, n + (random() < 0.4 ? 1 : -1)),
          score: (n) => n,
          levels: [1, 2, 3],
        },
        { trials: 5, ...seed },
      )
    ).rates,
  internet: (seed) => lab.internet(50, seed).regions,
  iterate: (seed) => [...lab.iterate(noisy, 0, { steps: 2, ...seed })].map(({ present }) => present),
  live: async (seed) => {
    const options = readOptions('live', { timeStep: 0.05, chains: 2, every: 2, ...seed }, runOptions);
    const run = new LiveRun({ '': springs }, options, () => ({ temperature: 1, settings: {} }));
    try {
      await run.advance();
      return run.histories[0].field;
    } finally {
      run.dispose();
    }
  },
  lossTimes: (seed) => lab.lossTimes(ising, up, { temperature: 2, time: 5, ...seed }),
  minHash: (seed) =>
    lab.minHash(lab.blockSet(['a', 'b', 'c'].map((text) => new TextEncoder().encode(text))), seed).smallest,
  Network: async (seed) =>
    (await new lab.Network(lab.pushRumour(lab.everybody(20)), { nodeCount: 20, ...seed }).run({ time: 5 }))
      .hash,
  orderOutcomes: (seed) =>
    lab.orderOutcomes(
      lab.averagingMerge,
      [0],
      [1, 2, 3, 4, 5].map((value) => ({ to: 0, value })),
      { orders: 5, ...seed },
    ).states,
  parallelTempering: async (seed) =>
    (
      await lab.parallelTempering({
        temperatures: [1, 2],
        steps: 3,
        chains: 2,
        sampler: (temperature) => heatBath(ising, { temperature }),
        ...seed,
      })
    ).samples[0].states.at(-1),
  referenceEnsemble: (seed) =>
    lab.referenceEnsemble({ runs: 20, nodeCount: 20, signal: 3, ...seed }).leaderDegreeCounts,
  referenceRuns: (seed) =>
    [...lab.referenceRuns({ runs: 3, nodeCount: 20, signal: 3, ...seed })].map(
      ({ graph }) => graph.endpoints,
    ),
  rampWork: (seed) =>
    lab.rampWork(complete(4), { temperature: 1, from: 1, to: 2, jumps: 3, duration: 0.1, runs: 3, ...seed }),
  sample: async (seed) => (await lab.sample(overdamped, { chains: 2, steps: 5, ...seed })).states.at(-1),
};

for (const [name, run] of Object.entries(seeded)) {
  test(`${name}: without a seed it takes the session's`, async () => {
    setDefaultSeed(1);
    const one = await run({});
    assert.deepEqual(await run({}), one, 'the same session, the same run');
    assert.deepEqual(await run({ seed: 1 }), one, "the session's seed, given");
    const given = await run({ seed: 3 });
    setDefaultSeed(2);
    assert.notDeepEqual(await run({}), one, 'another session, another run');
    assert.deepEqual(await run({ seed: 3 }), given, 'a given seed is kept');
  });
}

test('these are all that take a seed or leave it', () => {
  const entry = fileURLToPath(new URL('../lab.d.ts', import.meta.url));
  const program = ts.createProgram([entry], {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    skipLibCheck: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const index = checker.getSymbolAtLocation(program.getSourceFile(entry)!)!;
  const mayLeaveIt = (options: ts.Type): boolean => {
    const seed = checker.getPropertyOfType(options, 'seed');
    return (
      seed !== undefined &&
      (seed.flags & ts.SymbolFlags.Optional) !== 0 &&
      checker.typeToString(checker.getTypeOfSymbol(seed)) !== 'undefined'
    );
  };
  const found = checker
    .getExportsOfModule(index)
    .filter((name) => {
      const symbol = name.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(name) : name;
      if (symbol.valueDeclaration === undefined) return false;
      const type = checker.getTypeOfSymbol(symbol);
      return [...type.getCallSignatures(), ...type.getConstructSignatures()].some(({ parameters }) =>
        parameters.some((parameter) => {
          const options = checker.getTypeOfSymbol(parameter);
          return (options.isUnion() ? options.types : [options]).some(mayLeaveIt);
        }),
      );
    })
    .map(({ name }) => name);
  const apart = ['checkTerm', 'Live']; // the first tries states of its own choice; the second is what `live` makes
  assert.deepEqual(found.toSorted(), [...Object.keys(seeded), ...apart].toSorted());
});

test('a seed that is none is refused', () => {
  assert.throws(() => setDefaultSeed(-1), /seed must be an integer in \[0, 2\^32\) or a string, got -1/);
});
