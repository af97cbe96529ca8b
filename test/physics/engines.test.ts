// Every engine against the definition of the sum: random formulas, names of parameters (the bad ones above
// all), forms of parameters, kinds of terms, components and chains, before and after `with` changes the
// forms. Engines that agree may be wrong alike; so each is held against sums over nodes and edges that are
// written out in test/codegen/definition.ts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fc } from '../property.js';
import { slopeOnly } from '../../src/codegen/index.js';
import {
  bond,
  flow,
  globalSum,
  Hamiltonian,
  oriented,
  site,
  star,
  type Parameter,
  type Parameters,
  type Term,
} from '../../src/energies/index.js';
import { ready, tf } from '../../src/tensors/index.js';
import { fromEdges, type Graph } from '../../src/graphs/index.js';
import { openGpu, type Gpu } from '../../src/runtime/index.js';
import { randomKey } from '../../src/randomness/index.js';
import { GpuStepper, WasmStepper, type Drive } from '../../src/dynamics/compiled/index.js';
import { bondEnergies, energies, expressions, formulas } from '../codegen/algebra.js';
import { byDefinition, type TermOf } from '../codegen/definition.js';
import { useSoftwareVulkan } from '../runtime/softwareVulkan.js';
import { column, graphs, randomField } from '../dynamics/compiled/randomSystems.js';
import { full, long } from './scale.js';

const missing = useSoftwareVulkan();
if (missing) console.error(`SKIPPED, engines by definition on the GPU: ${missing}`);
/** One in so many cases goes to the GPU, whose programs take long to compile. */
const GPU_EVERY = 20;

let gpu: Gpu | undefined;
before(async () => {
  await ready();
  if (!missing) gpu = await openGpu();
});
after(() => gpu?.close());

const BAD_NAMES = [
  'x_i',
  'x_j',
  'forward',
  'backward',
  'A_0',
  'k_i',
  'w_ij',
  'foo_w_ij',
  'lambda_0',
  'N',
  'S_0',
  'constructor',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__proto__',
  'prototype',
  'ψ',
  'timeStep',
  'amplitude',
  'x',
  'next',
  'slope',
  'stars',
  'offsets',
  'step',
  'begin',
  'end',
  'job',
  'out',
  'at',
  'g0',
  'o0',
  't0_0',
  'let',
  'return',
  '',
  ' ',
  'a b',
  '*/ } (',
  '`${1}`',
  "'",
  '\\',
  '\n',
  'term0_p0',
  'term0_forward',
  'term0_coupling',
  '-1',
  '1.5',
];
const names = fc
  .oneof(
    { weight: 4, arbitrary: fc.constantFrom(...BAD_NAMES) },
    { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
    { weight: 1, arbitrary: fc.constantFrom('J', 'h', 'K') },
  )
  .filter((name) => !/^(0|[1-9]\d*)$/.test(name));

type Form = 'number' | 'array' | 'oriented';
const form = fc.constantFrom<Form>('number', 'array', 'oriented');
const kinds = ['bond', 'site', 'flow', 'star', 'globalSum'] as const;
const terms = fc.array(
  fc.record({
    kind: fc.constantFrom(...kinds),
    names: fc.uniqueArray(names, { maxLength: 3 }),
    energy: energies,
    bondEnergy: bondEnergies,
    current: formulas,
    inner: fc.array(fc.oneof(formulas, energies), { minLength: 1, maxLength: 2 }),
    innerEnergies: fc.array(energies, { minLength: 1, maxLength: 2 }),
    forms: fc.array(form, { minLength: 3, maxLength: 3 }),
    later: fc.array(form, { minLength: 3, maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 2 },
);
type Recipe = typeof terms extends fc.Arbitrary<readonly (infer Each)[]> ? Each : never;

const cases = fc.record({
  graph: graphs({ nodes: 6, extra: 5 }),
  components: fc.integer({ min: 1, max: 3 }),
  chains: fc.constantFrom(1, 2, 4, 5),
  terms,
  seed: fc.nat(10_000),
});

const float32 = (values: Float64Array): Float64Array => values.map(Math.fround);

/** The parameters of a term in these forms, and as the definition takes them. */
function parametersOf(
  { kind, names }: Recipe,
  forms: readonly Form[],
  graph: Graph,
  seed: number,
): { given: Parameters; plain: (number | ArrayLike<number>)[] } {
  const perEdge = kind === 'bond' || kind === 'flow';
  const values = names.map((_, k): [Parameter, number | ArrayLike<number>] => {
    const each = float32(column(perEdge ? graph.edgeCount : graph.nodeCount, seed + k));
    if (forms[k] === 'number' || kind === 'globalSum') return [each[0], each[0]];
    return [forms[k] === 'oriented' && perEdge ? oriented(each) : each, each];
  });
  return {
    given: Object.fromEntries(names.map((name, k) => [name, values[k][0]])),
    plain: values.map(([, plain]) => plain),
  };
}

function termOf(
  { kind, energy, bondEnergy, current, inner, innerEnergies }: Recipe,
  given: Parameters,
  components: number,
): Term {
  const on = expressions(components);
  switch (kind) {
    case 'site':
      return site((x, ...p) => energy(on, [x, ...p]), given);
    case 'bond':
      return bond((a, b, ...p) => bondEnergy(on, [a, b, ...p]), given);
    case 'flow':
      return flow((a, b, ...p) => current(on, [a, b, ...p]), given);
    case 'star':
      return star(
        (x, around, ...p) =>
          energy(on, [
            x,
            ...inner.map((f) => around.sum((y, w) => f(on, [x, y, w, ...p]))),
            around.count,
            ...p,
          ]),
        given,
      );
    case 'globalSum':
      return globalSum(
        (all, ...p) =>
          energy(on, [...innerEnergies.map((f) => all.sum((x) => f(on, [x, ...p]))), all.count, ...p]),
        given,
      );
  }
}

function definitionOf(
  { kind, energy, bondEnergy, current, inner, innerEnergies }: Recipe,
  parameters: readonly (number | ArrayLike<number>)[],
): TermOf {
  switch (kind) {
    case 'site':
      return { kind, formula: energy, parameters };
    case 'bond':
      return { kind, formula: bondEnergy, parameters };
    case 'flow':
      return { kind, formula: current, parameters };
    case 'star':
      return { kind, formula: energy, inner, parameters };
    case 'globalSum':
      return { kind, formula: energy, inner: innerEnergies, parameters };
  }
}

interface Found {
  readonly engine: string;
  readonly energies?: ArrayLike<number>;
  /** As the field. */
  readonly slopes: ArrayLike<number>;
}

const drive: Drive = { firstStep: 0, key: randomKey(0), purpose: 0, numbers: {}, amplitude: () => 0 };

/** The engines of float32. */
async function byEngines(
  energy: Hamiltonian,
  values: Float32Array,
  components: number,
  chains: number,
  hasEnergy: boolean,
  onGpu: boolean,
): Promise<Found[]> {
  const { nodeCount } = energy.graph;
  const found: Found[] = [];
  tf.tidy(() => {
    const x = tf.tensor3d(values, [nodeCount, components, chains]);
    for (const engine of ['auto', 'tensors'] as const) {
      const energies = hasEnergy ? energy.energy(x, { engine }).dataSync() : undefined;
      found.push({
        engine: engine === 'auto' ? 'tensors in place' : 'tensors',
        ...(energies && { energies }),
        slopes: energy.gradient(x, { engine }).dataSync(),
      });
    }
    if (!hasEnergy) return;
    const { value, grad } = tf.valueAndGrad((v: tf.Tensor) =>
      energy.energy(v as tf.Tensor3D, { engine: 'tensors' }).sum(),
    )(x);
    found.push({
      engine: 'plain tfjs',
      ...(chains === 1 && { energies: value.dataSync() }),
      slopes: grad.dataSync(),
    });
  });
  const shape = { components, chains, gauge: 'free' } as const;
  const wasm = new WasmStepper('test', energy, slopeOnly, shape);
  wasm.load(values);
  await wasm.run(1, drive);
  found.push({ engine: 'WebAssembly', slopes: wasm.read() });
  if (gpu && onGpu) {
    const stepper = await GpuStepper.create('test', gpu, energy, slopeOnly, shape);
    stepper.load(values);
    await stepper.run(1, drive);
    found.push({ engine: 'WGSL', slopes: await stepper.read() });
    stepper.dispose();
  }
  energy.dispose();
  return found;
}

/** What has been compared, so that a test that skips everything fails. */
const done = { cases: 0, chains: 0, steady: 0, gpu: 0 };

async function holds(
  energy: Hamiltonian,
  definitions: readonly TermOf[],
  values: Float32Array,
  components: number,
  chains: number,
  onGpu: boolean,
): Promise<void> {
  const { graph } = energy;
  const size = graph.nodeCount * components;
  const hasEnergy = definitions.every(({ kind }) => kind !== 'flow');
  const found = await byEngines(energy, values, components, chains, hasEnergy, onGpu);
  done.gpu += Number(found.some(({ engine }) => engine === 'WGSL'));
  for (const c of new Set([0, chains - 1])) {
    const state = Float64Array.from({ length: size }, (_, at) => values[at * chains + c]);
    const exact = Array.from({ length: size }, (_, k) =>
      byDefinition(graph, definitions, components, state, new Float64Array(size).with(k, 1)),
    );
    const [{ x: H, isSteady }, slopes] = [exact[0], exact.map(({ dx }) => dx)];
    if (!isSteady) continue;
    done.chains++;
    const scale = Math.max(1, ...slopes.map(Math.abs));
    const energyScale = Math.max(graph.nodeCount + graph.edgeCount, Math.abs(H));
    if (hasEnergy) assertNear(energy.energy64(state), H, 1e-11 * energyScale, 'float64, energy');
    energy
      .gradient64(state)
      .forEach((slope, k) => assertNear(slope, slopes[k], 1e-9 * scale, `float64, slope ${k}`));
    if (hasEnergy) {
      const value = state.slice(0, components).map((x) => x + 0.5);
      const moved = state.slice();
      moved.set(value);
      const change = byDefinition(graph, definitions, components, moved, moved).x - H;
      assertNear(energy.localChange(state, 0, value), change, 1e-10 * energyScale, 'float64, local change');
    }
    // where a change of 1e-6 in the field shows, float32 cannot be right to 1e-5
    const nudged = [1e-6, -1e-6].map((nudge) =>
      energy.gradient64(state.map((x, k) => x + nudge * (k % 2 === 0 ? 1 : -1))),
    );
    const slack = slopes.map((slope, k) => Math.max(...nudged.map((near) => Math.abs(near[k] - slope))));
    if (!slack.every((each) => each < 1e-3 * scale)) continue;
    done.steady++;
    for (const { engine, energies, slopes: found32 } of found) {
      if (energies) assertNear(energies[c], H, 3e-5 * energyScale, `${engine}, energy of chain ${c}`);
      slopes.forEach((slope, k) =>
        assertNear(
          found32[k * chains + c],
          slope,
          4e-5 * scale + 20 * slack[k],
          `${engine}, slope ${k} of chain ${c}`,
        ),
      );
    }
  }
}

function assertNear(actual: number, expected: number, tolerance: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} for ${expected}`);
}

test('every engine computes the sum as it is defined, whatever its parameters are called and whatever form they have', {
  timeout: 3_000_000,
}, async () => {
  const runs = long(10_000, 300);
  await fc.assert(
    fc.asyncProperty(cases, async ({ graph: plain, components, chains, terms: recipes, seed }) => {
      const graph = fromEdges(plain.nodeCount, plain.endpoints, {
        connected: false,
        couplings: float32(column(plain.edgeCount, seed)).map((w) => w + 2),
      });
      const values = randomField(graph.nodeCount * components * chains, seed);
      const [first, later] = (['forms', 'later'] as const).map((which, k) =>
        recipes.map((recipe, t) => parametersOf(recipe, recipe[which], graph, seed + 10 * t + 100 * k)),
      );
      const declared = recipes.map((recipe, t) => termOf(recipe, first[t].given, components));
      const onGpu = done.cases++ % GPU_EVERY === 0;
      await holds(
        new Hamiltonian(graph, declared),
        recipes.map((recipe, t) => definitionOf(recipe, first[t].plain)),
        values,
        components,
        chains,
        onGpu,
      );
      const changed = declared.map((term, t) => term.with(later[t].given));
      await holds(
        new Hamiltonian(graph, changed),
        recipes.map((recipe, t) => definitionOf(recipe, later[t].plain)),
        values,
        components,
        chains,
        false,
      );
    }),
    { numRuns: runs, seed: 16 },
  );
  console.log(
    `${done.cases} energies, ${done.chains} chains in float64, ${done.steady} in float32, ${done.gpu} on the GPU${full ? '' : ' (fast subset)'}`,
  );
  assert.ok(done.steady > 1.5 * runs, `only ${done.steady} chains could be compared`);
  assert.ok(missing || done.gpu >= runs / GPU_EVERY - 1, `only ${done.gpu} cases ran on the GPU`);
});
