// Saved states that no sampler may go on from: cut, changed, of another law. Each is refused by name, with
// its checksum made right too.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  baoab,
  drive,
  geometric,
  heatBath,
  langevin,
  mala,
  metropolis,
  flip,
  multispin,
  parallelTempering,
  parseState,
  sample,
  sgld,
  serialiseState,
  swendsenWang,
  wolff,
  type AnyState,
  type Sampler,
  type SavedState,
  type TemperingState,
} from '../../src/dynamics/index.js';
import { bond, custom, hamiltonian, interaction, oriented, site } from '../../src/energies/index.js';
import { centred, normalField, pinned, randomLabels } from '../../src/fields/index.js';
import { complete, fromEdges, ring, torus } from '../../src/graphs/index.js';
import { sha256Of } from '../../src/numerics/sha256.js';
import { ready } from '../../src/tensors/index.js';

before(() => ready());

const springs = hamiltonian(ring(6), [interaction(), site((x) => x.squaredNorm())]);
const ising = hamiltonian(ring(6), [bond((a, b, J) => a.mul(b).sum().mul(J).neg(), { J: 1 })]);
const potts = hamiltonian(ring(6), [bond((a, b) => a.sub(b).square().sum())]);

const fields = { sites: 6, components: 1, chains: 2 };
const kinds: Readonly<Record<string, { sampler: Sampler<AnyState>; initial?: ReturnType<typeof pinned> }>> =
  Object.fromEntries(
    Object.entries({
      'langevin, wasm': { sampler: langevin(springs, { temperature: 1, timeStep: 0.01, engine: 'wasm' }) },
      'langevin, tensors': {
        sampler: langevin(springs, { temperature: 1, timeStep: 0.01, engine: 'tensors' }),
      },
      'langevin, pinned': {
        sampler: langevin(springs, { temperature: 1, timeStep: 0.01 }),
        initial: pinned(normalField({ ...fields, seed: 1 }), [0, 3]),
      },
      'langevin, centred': {
        sampler: langevin(springs, { temperature: 1, timeStep: 0.01 }),
        initial: centred(normalField({ ...fields, seed: 1 })),
      },
      sgld: { sampler: sgld(springs, { temperature: 1, timeStep: 0.01, batch: 3 }) },
      baoab: { sampler: baoab(springs, { temperature: 1, timeStep: 0.01, friction: 1 }) },
      'mala, wasm': { sampler: mala(springs, { temperature: 1, timeStep: 0.01, engine: 'wasm' }) },
      'mala, tensors': { sampler: mala(springs, { temperature: 1, timeStep: 0.01, engine: 'tensors' }) },
      'heat bath, wasm': { sampler: heatBath(ising, { temperature: 2, engine: 'wasm' }) },
      'heat bath, tensors': { sampler: heatBath(ising, { temperature: 2, engine: 'tensors' }) },
      labels: {
        sampler: heatBath(potts, { temperature: 2, states: 3 }),
        initial: randomLabels({ ...fields, states: 3, seed: 1 }),
      },
      metropolis: { sampler: metropolis(ising, { temperature: 2, proposal: flip }) },
      wolff: { sampler: wolff(ising, { temperature: 2 }) },
      swendsenWang: { sampler: swendsenWang(ising, { temperature: 2 }) },
      multispin: { sampler: multispin(4, 4, { temperature: 2 }) },
    }) as never,
  );

async function stateOf(name: string): Promise<SavedState> {
  const { sampler, initial } = kinds[name];
  const run = { steps: 3, chains: 2, seed: 1, ...(initial && { initial }) };
  return (await sample(sampler, run)).state;
}

/** The text of a state that was changed by hand, its checksum made right. */
function sealed(state: unknown): string {
  const text = JSON.stringify(state);
  return `{"format":"emtd-lab state","version":1,"checksum":"${sha256Of(text)}","state":${text}}`;
}

type Written = { arrays: Record<string, { kind: unknown; base64: unknown }> } & Record<string, unknown>;

/** The state inside a text. */
const inside = (text: string): Written => (JSON.parse(text) as { state: Written }).state;

const named = /^(langevin|sgld|baoab|mala|heatBath|metropolis|wolff|swendsenWang|multispin|sample): /;

const goesOn = (sampler: Sampler<AnyState>, state: unknown): Promise<unknown> =>
  sample(sampler, { steps: 2, resume: state as SavedState });

test('a state goes on, as itself and as text, for every sampler', async () => {
  for (const [name, { sampler }] of Object.entries(kinds)) {
    const state = await stateOf(name);
    const text = serialiseState(state);
    assert.equal(serialiseState(parseState(text)), text, name);
    assert.deepEqual({ ...parseState(text) }, { ...state }, name);
    await goesOn(sampler, parseState(text));
  }
});

test('a place, a shape or a gauge that no state has is refused by name, for every sampler', async () => {
  const wrong: readonly Partial<Record<keyof SavedState, unknown>>[] = [
    ...[-5, 1.5, '3', {}, null, NaN, 1e300, Infinity].map((step) => ({ step })),
    ...[
      [6, 1],
      [6, 2, 2],
      [6, 1, 1.5],
      [6, 0, 2],
      [-6, 1, 2],
      [12, 1, 1],
      [2 ** 31, 2 ** 31, 2],
      'shape',
      null,
      { length: 3 },
    ].map((shape) => ({ shape })),
    ...[
      'pinned',
      'center',
      null,
      7,
      {},
      { pinned: 3 },
      { pinned: [7] },
      { pinned: [-1] },
      { pinned: [1e8] },
      { pinned: [0, 0] },
      { pinned: [] },
    ].map((gauge) => ({ gauge })),
    ...[-1, 0.5, {}, null, 2 ** 33].map((seed) => ({ seed })),
    ...['spinor', 'edge', 3, {}].map((codomain) => ({ codomain })),
    ...['langevin', '', null, {}].map((sampler) => ({ sampler })),
    ...[{}, null, [], 'under'].filter((under) => under !== null).map((under) => ({ under })),
    ...[null, [], {}, 3].map((arrays) => ({ arrays })),
  ];
  for (const [name, { sampler }] of Object.entries(kinds)) {
    const state = await stateOf(name);
    for (const change of wrong) {
      const shown = `${name}, ${JSON.stringify(change)}`;
      await assert.rejects(
        goesOn(sampler, { ...state, ...change }),
        (error: Error) => named.test(error.message) || assert.fail(`${shown}: ${error.message}`),
        shown,
      );
    }
  }
});

test('arrays that are cut, too long, missing, unknown or not finite are refused by name, for every sampler', async () => {
  for (const [name, { sampler }] of Object.entries(kinds)) {
    const state = await stateOf(name);
    for (const [array, numbers] of Object.entries(state.arrays)) {
      const changedTo = (changed: unknown): unknown => ({
        ...state,
        arrays: { ...state.arrays, [array]: changed },
      });
      const long = new (numbers.constructor as Float32ArrayConstructor)(100 * numbers.length);
      const bad = numbers.slice().fill(NaN, 1, 2);
      for (const changed of [
        numbers.slice(0, -4),
        numbers.slice(0, 0),
        long,
        bad,
        numbers.slice().fill(Infinity, 0, 1),
        Array.from(numbers),
        null,
        'AAAA',
      ]) {
        await assert.rejects(goesOn(sampler, changedTo(changed)), { message: named }, `${name}, ${array}`);
      }
      const { [array]: _, ...others } = state.arrays;
      await assert.rejects(
        goesOn(sampler, { ...state, arrays: others }),
        { message: named },
        `${name} without ${array}`,
      );
    }
    const foreign = ['noise', 'velocities'].find((array) => !(array in state.arrays))!;
    await assert.rejects(
      goesOn(sampler, { ...state, arrays: { ...state.arrays, [foreign]: state.arrays['values'] } }),
      /: the state must not have (noise|velocities), which another sampler keeps/,
      name,
    );
    await assert.rejects(
      goesOn(sampler, { ...state, arrays: { ...state.arrays, ghosts: new Float32Array(12) } }),
      /an array of the state must be one of values, .*got "ghosts"/,
      name,
    );
  }
});

test('values outside the codomain and a centred field with a mean are refused', async () => {
  for (const [name, value, rule] of [
    ['labels', 9, /potts values must be integers in \[0, 3\), got 9/],
    ['labels', -4, /got -4/],
    ['labels', 0.5, /got 0\.5/],
    ['heat bath, wasm', 0.5, /spin values must be -1 or \+1, got 0\.5/],
    ['wolff', 0, /got 0/],
    ['multispin', 2, /got 2/],
    ['langevin, centred', 50, /a centred field has mean 0 over its sites/],
  ] as const) {
    const state = await stateOf(name);
    const values = state.arrays['values'].slice().fill(value, 0, 1);
    await assert.rejects(
      goesOn(kinds[name].sampler, { ...state, arrays: { ...state.arrays, values } }),
      rule,
      name,
    );
  }
  const counts = await stateOf('metropolis');
  for (const accepted of [Float64Array.of(-1, 2), Float64Array.of(0.5, 2)]) {
    await assert.rejects(
      goesOn(kinds['metropolis'].sampler, { ...counts, arrays: { ...counts.arrays, accepted } }),
      /metropolis: accepted\[0\] of the state must be a count/,
    );
  }
});

test('a state of another graph, energy, temperature or sampler is refused by name, and starts a run where that is allowed', async () => {
  const at = (energy: typeof springs, temperature = 1) => langevin(energy, { temperature, timeStep: 0.01 });
  const state = (await sample(at(springs), { steps: 3, chains: 2, seed: 1 })).state;
  const other = (sampler: unknown, allow?: readonly ('graph' | 'energy' | 'temperature')[]) =>
    sample(sampler as Sampler<AnyState>, { steps: 2, resume: state, ...(allow && { allow }) });
  const others = {
    graph: at(hamiltonian(complete(6), [interaction(), site((x) => x.squaredNorm())])),
    energy: at(hamiltonian(ring(6), [interaction({ J: 1.5 }), site((x) => x.squaredNorm())])),
    temperature: at(springs, 2),
  } as const;
  for (const [what, sampler] of Object.entries(others) as ['graph' | 'energy' | 'temperature', unknown][]) {
    await assert.rejects(
      other(sampler),
      new RegExp(
        `^RangeError: langevin: the state is of another ${what}, ".*" \\([0-9a-f]{8}\\), the sampler's is ".*"`,
      ),
      what,
    );
    await other(sampler, [what]);
  }
  await assert.rejects(other(others.energy, ['temperature']), /another energy/);
  await assert.rejects(
    other(langevin(springs, { temperature: 1, timeStep: 0.02 }), ['graph', 'energy', 'temperature']),
    /langevin: cannot resume a state saved by "langevin \(leimkuhler-matthews, dt = 0\.01\)", the sampler is "langevin \(leimkuhler-matthews, dt = 0\.02\)"/,
  );
  await assert.rejects(
    other(at(springs), ['seed'] as never),
    /sample: allow\[0\] must be one of graph, energy, temperature, got "seed"/,
  );
  const cooling = langevin(springs, {
    temperature: geometric({ from: 2, to: 1, steps: 10 }),
    timeStep: 0.01,
  });
  await assert.rejects(
    other(cooling),
    /another temperature, "T = 1" .* is "T = 2 to 1, geometric in 10 steps"/,
  );
  await other(
    langevin(
      hamiltonian(fromEdges(6, ring(6).edges.toReversed()), [interaction(), site((x) => x.squaredNorm())]),
      { temperature: 1, timeStep: 0.01 },
    ),
  );
});

test('the hash of an energy sees formulas, parameters, couplings and the text of a custom term, and not the order of edges', () => {
  const hash = (...terms: Parameters<typeof hamiltonian>[1]): string => hamiltonian(ring(4), terms).hash;
  const J = (values: number[]) => bond((a, b, c) => a.sub(b).squaredNorm().mul(c), { J: values });
  const different = [
    hash(interaction()),
    hash(interaction({ J: 2 })),
    hash(J([1, 2, 3, 4])),
    hash(J([4, 3, 2, 1])),
    hash(site((x) => x.squaredNorm())),
    hash(site((x) => x.sum())),
    hash(custom((x) => x.sum([0, 1]))),
    hash(custom((x) => x.square().sum([0, 1]))),
    hamiltonian(ring(5), [interaction()]).hash,
    hash(bond((a, b, t) => a.sub(b).sum().sub(t).square(), { t: oriented([1, 2, 3, 4]) })),
    hash(site((x) => x.squaredNorm().mul(-0))),
    hash(interaction(), interaction()),
  ];
  assert.equal(new Set(different).size, different.length);
  assert.equal(
    hash(bond((u, v, K) => u.sub(v).squaredNorm().mul(K), { K: 1 }, { name: 'other' })),
    hash(interaction()),
    'names are labels',
  );
  const turned = fromEdges(
    4,
    ring(4)
      .edges.map(([a, b]) => [b, a] as [number, number])
      .toReversed(),
  );
  const orderOf = ring(4)
    .edges.map((_, k) => k)
    .toReversed();
  const theta = [1, 2, 3, 4];
  const twisted = (values: number[]) =>
    bond((a, b, t) => a.sub(b).sum().sub(t).square(), { t: oriented(values) });
  assert.equal(
    hamiltonian(turned, [twisted(orderOf.map((k) => -theta[k]))]).hash,
    hamiltonian(ring(4), [twisted(theta)]).hash,
  );
  assert.equal(hamiltonian(turned, [J(orderOf.map((k) => theta[k]))]).hash, hash(J(theta)));
});

test('a text that was changed, cut, or is of another version is refused by name', async () => {
  const text = serialiseState(await stateOf('langevin, wasm'));
  const refused = (broken: string, rule: RegExp): void =>
    assert.throws(() => parseState(broken), { name: 'SyntaxError', message: rule });
  refused(text.slice(0, -10), /parseState: the text is not a saved state, it is not JSON/);
  refused('', /parseState: the text is not a saved state/);
  refused('[1]', /parseState: the text is not a saved state, got a list of 1/);
  refused('"constructor"', /parseState: the text is not a saved state, got "constructor"/);
  refused(text.replace('"step":3', '"step":4'), /the checksum is not that of the state/);
  for (let at = 0; at < text.length; at++) {
    const broken = `${text.slice(0, at)}${String.fromCharCode(text.charCodeAt(at) ^ 1)}${text.slice(at + 1)}`;
    assert.throws(
      () => parseState(broken),
      { name: 'SyntaxError', message: /^parseState: / },
      `letter ${at}`,
    );
  }
  refused(text.replace('"version":1', '"version":2'), /version must be 1, got 2/);
  refused(text.replace('emtd-lab state', 'another'), /format must be "emtd-lab state", got "another"/);
  refused(JSON.stringify(inside(text)), /the state is of an older version of the lab, without a checksum/);
  assert.deepEqual(
    parseState(JSON.stringify(JSON.parse(text), undefined, 2)).arrays,
    parseState(text).arrays,
    'blanks do not count',
  );
});

test('an array whose text is not as long as the shape says takes no memory', async () => {
  const state = inside(serialiseState(await stateOf('langevin, wasm')));
  const before = process.memoryUsage().rss;
  for (const base64 of [{ length: 1e9 }, 'AAAA', '', null, 3, ['AAAA']]) {
    const changed = { ...state, arrays: { ...state.arrays, values: { kind: 'Float32Array', base64 } } };
    assert.throws(() => parseState(sealed(changed)), {
      name: 'SyntaxError',
      message: /parseState: the base64 of values must have 64 digits, for the shape \[6, 1, 2\], got/,
    });
  }
  for (const kind of ['Uint8Array', 'constructor', null]) {
    const changed = { ...state, arrays: { ...state.arrays, values: { kind, base64: 'AAAA' } } };
    assert.throws(() => parseState(sealed(changed)), {
      name: 'SyntaxError',
      message: /the kind of values must be Float32Array or Float64Array/,
    });
  }
  const { base64 } = state.arrays['values'];
  const twelve = `${String(base64).slice(0, -2)}==`;
  assert.throws(
    () =>
      parseState(
        sealed({ ...state, arrays: { ...state.arrays, values: { kind: 'Float32Array', base64: twelve } } }),
      ),
    { message: /must have 48 bytes, got 46/ },
  );
  for (const shape of [
    [6, 1, 1e9],
    [2 ** 30, 2 ** 30, 2 ** 30],
    [6, 1.5, 2],
    ['6', 1, 2],
  ]) {
    assert.throws(
      () => parseState(sealed({ ...state, shape })),
      { name: 'SyntaxError', message: /^parseState: (the base64 of|shape\[)/ },
      String(shape),
    );
  }
  assert.throws(
    () => parseState(sealed({ ...state, arrays: { ...state.arrays, __proto__: 1, ['__proto__x']: 1 } })),
    /parseState: the kind of __proto__x/,
  );
  assert.throws(
    () => parseState(sealed(JSON.parse(JSON.stringify(state).replace('"values"', '"__proto__"')))),
    /parseState: the state must have|an array of the state|the kind of/,
  );
  assert.ok(process.memoryUsage().rss - before < 200e6);
});

test('samples to resume must have records that fit', async () => {
  const { sampler } = kinds['heat bath, wasm'];
  const first = await sample(sampler, { steps: 4, chains: 2, seed: 1 });
  const again = (change: object, options = {}): Promise<unknown> =>
    sample(sampler, { steps: 6, resume: { ...first, ...change } as never, ...options });
  await again({});
  for (const [change, rule] of [
    [{ steps: [1, 2, 3] }, /sample: steps of the samples must have one per record \(4\), got 3/],
    [{ steps: [1, 2, 3, 9] }, /sample: steps\[3\] of the samples must be an integer in \[4, 4\], got 9/],
    [
      { states: [...first.states.slice(1), new Float32Array(3)] },
      /states\[3\] of the samples must be 12 numbers in a Float32Array, got a list of 3/,
    ],
    [
      { states: [...first.states.slice(1), first.states[0].slice().fill(NaN, 3, 4)] },
      /sample: states\[3\] of the samples must be finite, got NaN/,
    ],
    [{ nodeTemperatures: null }, /sample: nodeTemperatures of the samples must be a list, got null/],
    [{ temperatures: 'hot' }, /temperatures of the samples must be a list, got "hot"/],
    [{ begin: -1 }, /begin of the samples must be an integer/],
    [{ every: 0 }, /every of the samples/],
  ] as const)
    await assert.rejects(again(change), rule);
  await assert.rejects(
    again({}, { burnIn: 3 }),
    /sample: burnIn must be that of the samples to resume, 0, got 3/,
  );
  await assert.rejects(again({}, { allow: ['temperature'] }), /sample: samples go on under the same law/);
});

test('a state of parallel tempering is checked whole', async () => {
  const ladder = {
    temperatures: [1, 2, 3],
    sampler: (temperature: number) => heatBath(ising, { temperature }),
    steps: 4,
    chains: 2,
    seed: 1,
  };
  const { state } = await parallelTempering(ladder);
  const again = (change: Partial<Record<keyof TemperingState, unknown>>): Promise<unknown> =>
    parallelTempering({ ...ladder, resume: { ...state, ...change } as never });
  await again({});
  const { rungs } = state;
  for (const [change, rule] of [
    [{ round: -1 }, /round/],
    [{ round: 1.5 }, /round/],
    [{ step: 'x' }, /step/],
    [{ step: 9 }, /step/],
    [{ seed: {} }, /seed/],
    [{ saved: state.saved.slice(1) }, /a ladder of 2 temperatures/],
    [{ saved: [...state.saved].reverse() }, /another temperature/],
    [{ saved: 'saved' }, /saved/],
    [{ rungs: { ...rungs, at: rungs.at.slice(1) } }, /rungs/],
    [{ rungs: { ...rungs, at: rungs.at.map(() => 0) } }, /rungs/],
    [{ rungs: { ...rungs, at: rungs.at.map((x) => x + 1) } }, /rungs/],
    [{ rungs: { ...rungs, stages: rungs.stages.map(() => 9) } }, /rungs/],
    [{ rungs: { ...rungs, trips: rungs.trips.map(() => NaN) } }, /rungs/],
    [{ rungs: null }, /rungs/],
    [{ rungs: {} }, /rungs/],
  ] as const) {
    await assert.rejects(
      again(change as never),
      (error: Error) =>
        (/^(parallelTempering|heatBath): /.test(error.message) && rule.test(error.message)) ||
        assert.fail(`${JSON.stringify(change)}: ${error.message}`),
    );
  }
});

test('a driven run that goes on is checked whole', async () => {
  const options = {
    energy: (J: number) => hamiltonian(ring(6), [interaction({ J }), site((x) => x.squaredNorm())]),
    protocol: [1, 1.5, 2],
    temperature: 1,
    chains: 2,
    seed: 1,
    burnIn: 3,
    steps: 2,
    sampler: (energy: typeof springs, temperature: number) => mala(energy, { temperature, timeStep: 0.05 }),
  };
  const run = await drive(options);
  const again = (change: object): Promise<unknown> =>
    drive({ ...options, resume: { ...run, ...change } as never });
  await again({});
  for (const change of [
    { works: run.works.slice(1) },
    { works: 'x' },
    { heats: [...run.heats.slice(1), new Float64Array(5)] },
    { energies: [null, null, null] },
    {
      works: [...run.works, ...run.works],
      heats: [...run.heats, ...run.heats],
      energies: [...run.energies, ...run.energies],
    },
    { state: { ...run.state, step: -1 } },
    { state: null },
  ]) {
    await assert.rejects(
      again(change),
      (error: Error) => /^(drive|mala): /.test(error.message) || assert.fail(error.message),
    );
  }
});

test('tori of other sizes and chains of another number do not go on', async () => {
  const state = (
    await sample(heatBath(hamiltonian(torus(4, 4), [interaction()]), { temperature: 2 }), {
      steps: 2,
      chains: 2,
      seed: 1,
    })
  ).state;
  await assert.rejects(
    sample(heatBath(hamiltonian(torus(4, 6), [interaction()]), { temperature: 2 }), {
      steps: 2,
      resume: state,
    }),
    /heatBath: cannot resume a state of 16 nodes on a graph of 24/,
  );
  await assert.rejects(
    sample(heatBath(hamiltonian(torus(2 + 2, 4), [interaction()]), { temperature: 2 }), {
      steps: 2,
      chains: 3,
      resume: state,
    }),
    /chains must be that of what is resumed/,
  );
});
