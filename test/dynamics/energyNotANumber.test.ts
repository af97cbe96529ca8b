// An energy that is not a number stops a sampler by name and loses nothing; an energy of +Infinity forbids a
// state.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  baoab,
  flip,
  gaussian,
  glauber,
  heatBath,
  langevin,
  mala,
  metropolis,
  parallelTempering,
  relabel,
  sample,
  sgld,
  swendsenWang,
  wolff,
  type AnyState,
  type Sampler,
  type Samples,
} from '../../src/dynamics/index.js';
import { bond, hamiltonian, site } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { Field, constantField } from '../../src/fields/index.js';
import { complete, ring } from '../../src/graphs/index.js';
import { closePool, setThreads, threadCount } from '../../src/runtime/index.js';
import { useSoftwareVulkan } from '../runtime/softwareVulkan.js';

const missing = useSoftwareVulkan();
if (missing) console.error(`SKIPPED, energies that are not numbers on the GPU: ${missing}`);
const engines = ['tensors', 'wasm', ...(missing ? [] : ['webgpu' as const])] as const;

before(() => ready());

const failure = (run: Promise<unknown>): Promise<Error & { partial?: Samples }> =>
  run.then(
    () => assert.fail('it did not stop'),
    (error: Error) => error,
  );

const up = (nodes: number, chains: number): Field =>
  new Field(new Float32Array(nodes * chains).fill(1), {
    sites: nodes,
    components: 1,
    chains,
    codomain: 'spin',
    gauge: 'free',
  });

test('a density on positive numbers: Metropolis stops at the first negative proposal', async () => {
  const gamma = hamiltonian(complete(2), [
    site((x) => x.component(0).sub(x.component(0).log().mul(2)), {}, { name: 'gamma' }),
  ]);
  const run = sample(metropolis(gamma, { temperature: 1, proposal: gaussian(1) }), {
    initial: constantField({ sites: 2 }, 1),
    steps: 2000,
    seed: 1,
  });
  const error = await failure(run);
  assert.match(
    error.message,
    /metropolis: the energy change at node [01] is not a number \(term "gamma", chain \d+, step \d+\)/,
  );
  const { states, state } = error.partial!;
  assert.ok(
    states.length > 0 && state.step === states.length,
    `${states.length} records, step ${state.step}`,
  );
  assert.ok(
    states.every((x) => x.every((value) => value > 0)),
    'no sample is negative',
  );
});

test('a density on positive numbers as +Infinity elsewhere: mean and variance of the gamma law', async () => {
  // ln max(x, 0) is -Infinity for x <= 0
  const gamma = hamiltonian(ring(3), [site((x) => x.component(0).sub(x.component(0).max(0).log().mul(2)))]);
  const samples = await sample(metropolis(gamma, { temperature: 1, proposal: gaussian(2) }), {
    initial: constantField({ sites: 3 }, 1),
    chains: 32,
    burnIn: 50,
    steps: 2000,
    every: 5,
    seed: 1,
  });
  const values = samples.states.flatMap((x) => [...x]);
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
  assert.ok(values.every((x) => x > 0));
  assert.ok(
    Math.abs(mean - 3) < 0.05 && Math.abs(variance - 3) < 0.15,
    `mean ${mean}, variance ${variance}, both 3`,
  );
});

for (const engine of engines) {
  for (const rule of ['heatBath', 'glauber', 'metropolis'] as const) {
    test(`${rule} of spins on ${engine} stops at the node whose flip is not a number, and keeps what it sampled`, async () => {
      const graph = ring(10);
      // ln(s + h) is not a number for s = -1 where h = 0, and is ln 3 or 0 where h = 2
      const energy = hamiltonian(graph, [
        site(
          (x, h) => x.sum().add(h).log(),
          { h: Float64Array.from({ length: 10 }, (_, i) => (i === 3 ? 0 : 2)) },
          { name: 'log', codomain: 'spin' },
        ),
      ]);
      const options = { temperature: 1, engine, order: 'colouring' } as const;
      const sampler = (
        rule === 'metropolis'
          ? metropolis(energy, { ...options, proposal: flip })
          : rule === 'glauber'
            ? glauber(energy, options)
            : heatBath(energy, options)
      ) as Sampler<AnyState>;
      for (const chains of [1, 3, 4, 6]) {
        const error = await failure(sample(sampler, { initial: up(10, chains), steps: 50, seed: 2 }));
        assert.match(
          error.message,
          new RegExp(
            `${rule}: the energy change at node 3 is not a number \\(term "log", chain \\d+, step 0\\)`,
          ),
          `${chains} chains`,
        );
        const { state, states } = error.partial!;
        assert.deepEqual([state.step, states.length], [0, 0]);
        assert.deepEqual(Float32Array.from(state.arrays['values']), up(10, chains).values);
      }
    });

    test(`${rule} of labels on ${engine} goes on until the label is met`, async () => {
      // sqrt(3.5 - a - b) is not a number where both are 2
      const energy = hamiltonian(ring(12), [
        bond((a, b) => a.add(b).sum().neg().add(3.5).sqrt(), {}, { name: 'root' }),
      ]);
      const options = { temperature: 1, engine, states: 3 } as const;
      const proposal = relabel(3);
      const sampler = (
        rule === 'metropolis'
          ? metropolis(energy, { temperature: 1, engine, proposal, order: 'colouring' })
          : rule === 'glauber'
            ? glauber(energy, options)
            : heatBath(energy, options)
      ) as Sampler<AnyState>;
      const initial = new Field(new Float32Array(12 * 4), {
        sites: 12,
        components: 1,
        chains: 4,
        codomain: 'potts',
        states: 3,
        gauge: 'free',
      });
      const error = await failure(sample(sampler, { initial, steps: 400, seed: 4 }));
      assert.match(
        error.message,
        new RegExp(
          `${rule}: the energy change at node \\d+ is not a number \\(term "root", chain \\d+, step \\d+\\)`,
        ),
      );
      const partial = error.partial!;
      assert.equal(partial.states.length, partial.state.step);
      // what was sampled is what a run of so many steps samples
      if (partial.state.step === 0) return;
      const whole = await sample(sampler, { initial, steps: partial.state.step, seed: 4 });
      assert.deepEqual(partial.states, whole.states);
      assert.deepEqual(partial.state, whole.state);
      // and one step more stops at once
      await failure(sample(sampler, { resume: partial.state, steps: 1 }));
    });
  }

  test(`forbidden pairs on ${engine}: labels of a hard core never meet, and have the law of all states`, async () => {
    // -ln(1 - a b) is Infinity where both are 1
    const graph = ring(6);
    const core = hamiltonian(graph, [bond((a, b) => a.mul(b).sum().neg().add(1).log().neg())]);
    const options = { temperature: 1, engine, states: 2, order: 'colouring' } as const;
    // by classes Metropolis always takes a move that costs nothing, and two values go round
    const others =
      engine === 'webgpu'
        ? []
        : [metropolis(core, { temperature: 1, engine, order: 'random', proposal: relabel(2) })];
    for (const sampler of [heatBath(core, options), glauber(core, options), ...others]) {
      const chains = 300;
      const initial = new Field(new Float32Array(6 * chains), {
        sites: 6,
        components: 1,
        chains,
        codomain: 'potts',
        states: 2,
        gauge: 'free',
      });
      const { states } = await sample(sampler as Sampler<AnyState>, {
        initial,
        burnIn: 20,
        steps: 60,
        seed: 1,
      });
      let [meetings, ones] = [0, 0];
      for (const x of states) {
        for (let i = 0; i < 6; i++) {
          for (let c = 0; c < chains; c++) {
            ones += x[i * chains + c];
            meetings += x[i * chains + c] * x[((i + 1) % 6) * chains + c];
          }
        }
      }
      assert.equal(meetings, 0, sampler.name);
      // 18 states of a ring of six (the Lucas number L_6), of which 5 have a given node occupied
      assert.ok(
        Math.abs(ones / (states.length * 6 * chains) - 5 / 18) < 0.01,
        `${sampler.name}: ${ones / (states.length * 6 * chains)}, 5 / 18`,
      );
    }
  });

  test(`forbidden pairs on ${engine}: spins`, async (t) => {
    const core = hamiltonian(ring(6), [
      bond(
        (a, b) => a.add(1).mul(b.add(1)).sum().mul(-0.25).add(1).log().neg(),
        {},
        { name: 'core', codomain: 'spin' },
      ),
    ]);
    const initial = new Field(new Float32Array(6 * 6).fill(-1), {
      sites: 6,
      components: 1,
      chains: 6,
      codomain: 'spin',
      gauge: 'free',
    });
    if (engine !== 'tensors') {
      assert.throws(() => heatBath(core, { temperature: 1, engine }), {
        name: 'TypeError',
        message: /heatBath: the term "core" is infinite for some spins, and runs on engine 'tensors' only/,
      });
      t.diagnostic('refused');
      return;
    }
    for (const sampler of [
      heatBath(core, { temperature: 1 }),
      metropolis(core, { temperature: 1, proposal: flip }),
    ]) {
      const { states } = await sample(sampler as Sampler<AnyState>, {
        initial,
        burnIn: 20,
        steps: 3000,
        seed: 1,
      });
      const ones =
        states.reduce((sum, x) => sum + x.reduce((all, s) => all + (s + 1) / 2, 0), 0) / (states.length * 36);
      assert.ok(Math.abs(ones - 5 / 18) < 0.01, `${sampler.name}: ${ones}, 5 / 18`);
    }
  });
}

test('on threads too: the state before the sweep that failed', async () => {
  const threads = threadCount();
  setThreads(2);
  try {
    const energy = hamiltonian(ring(20_000), [
      bond((a, b) => a.add(b).sum().neg().add(3.5).sqrt(), {}, { name: 'root' }),
      site((x) => x.sum().mul(9)),
    ]);
    const initial = new Field(new Float32Array(20_000 * 4), {
      sites: 20_000,
      components: 1,
      chains: 4,
      codomain: 'potts',
      states: 3,
      gauge: 'free',
    });
    const sampler = heatBath(energy, { temperature: 1.9, states: 3 });
    const error = await failure(sample(sampler, { initial, steps: 400, every: 50, seed: 4 }));
    assert.match(
      error.message,
      /heatBath: the energy change at node \d+ is not a number \(term "root", chain \d+, step \d+\)/,
    );
    const { state } = error.partial!;
    if (state.step > 0)
      assert.deepEqual(state, (await sample(sampler, { initial, steps: state.step, seed: 4 })).state);
  } finally {
    setThreads(threads);
    await closePool();
  }
});

test('clusters refuse a term that is not a number before they start', () => {
  const energy = hamiltonian(ring(5), [
    bond((a, b) => a.mul(b).sum().neg()),
    site((x) => x.sum().log(), {}, { name: 'log', codomain: 'spin' }),
  ]);
  for (const sampler of [wolff, swendsenWang]) {
    assert.throws(() => sampler(energy, { temperature: 1 }), {
      name: 'RangeError',
      message: `${sampler.name}: the energy of the term "log" at node 0 is not a number for the value -1`,
    });
  }
});

test('clusters take forbidden values: a field of +Infinity on -1 leaves all spins up', async () => {
  // -ln((1 + s) / 2)
  const energy = hamiltonian(ring(5), [
    bond((a, b) => a.mul(b).sum().neg()),
    site((x) => x.sum().add(1).log().neg(), {}, { codomain: 'spin' }),
  ]);
  for (const sampler of [wolff, swendsenWang]) {
    const { states } = await sample(sampler(energy, { temperature: 1 }), {
      initial: up(5, 2),
      steps: 50,
      seed: 1,
    });
    assert.ok(
      states.every((x) => x.every((s) => s === 1)),
      sampler.name,
    );
    const late = await sample(sampler(energy, { temperature: 1 }), { chains: 2, steps: 200, seed: 1 });
    assert.ok(
      late.states.at(-1)!.every((s) => s === 1),
      `${sampler.name}, from spins at random`,
    );
  }
});

test('MALA stops at an energy that is not a number, and refuses one of +Infinity', async () => {
  const positive = hamiltonian(complete(2), [
    site((x) => x.component(0).sub(x.component(0).log().mul(2)), {}, { name: 'gamma' }),
  ]);
  const start = { initial: constantField({ sites: 2 }, 1), steps: 1000, seed: 1 };
  const error = await failure(sample(mala(positive, { temperature: 1, timeStep: 0.5 }), start));
  assert.match(
    error.message,
    /mala: the energy after a move is not a number \(term "gamma", chain 0, step \d+\)/,
  );
  assert.equal(error.partial!.states.length, error.partial!.state.step);
  const walled = hamiltonian(complete(2), [
    site((x) => x.component(0).sub(x.component(0).max(0).log().mul(2))),
  ]);
  const { states } = await sample(mala(walled, { temperature: 1, timeStep: 0.5 }), start);
  assert.ok(states.every((x) => x.every((value) => value > 0)));
});

test('parallel tempering stops too, with its whole rounds', async () => {
  const gamma = hamiltonian(complete(2), [
    site((x) => x.component(0).sub(x.component(0).log().mul(2)), {}, { name: 'gamma' }),
  ]);
  const run = parallelTempering({
    temperatures: [1, 2],
    sampler: (temperature) => metropolis(gamma, { temperature, proposal: gaussian(0.3) }),
    steps: 500,
    initial: constantField({ sites: 2 }, 1),
    seed: 3,
  });
  const error = (await failure(run)) as { partial?: { samples: Samples[] } } & Error;
  assert.match(
    error.message,
    /metropolis: the energy change at node [01] is not a number \(term "gamma", chain \d+, step \d+\)/,
  );
});

// ln x is cut off at -3: the slope of ln x is the one thing that shows a step to x < 0, from which the square
// leads back at once
for (const engine of ['wasm', 'tensors'] as const) {
  test(`Langevin steps that leave the law between two looks stop at once, and no record is left of them, ${engine}`, async () => {
    const energy = hamiltonian(complete(2), [
      site((x) => x.squaredNorm().mul(2).sub(x.component(0).log().max(-3)), {}, { name: 'wall' }),
    ]);
    const samplers = {
      langevin: langevin(energy, { temperature: 1, timeStep: 0.1, engine }),
      baoab: baoab(energy, { temperature: 1, timeStep: 0.1, friction: 1, engine }),
    };
    for (const [name, sampler] of Object.entries(samplers) as [string, Sampler<AnyState>][]) {
      for (const [seed, every] of [
        [1, 1],
        [2, 1],
        [3, 7],
      ]) {
        const error = await failure(
          sample(sampler, { initial: constantField({ sites: 2 }, 1), steps: 250, every, seed }),
        );
        assert.match(
          error.message,
          new RegExp(
            `${name}: the field is .* the gradient of "wall" there was .*; its energy was not a number: a step has left the states`,
          ),
        );
        const { states } = error.partial!;
        assert.ok(
          states.length > 0 && states.every((x) => x.every((value) => value > 0)),
          `${name}, seed ${seed}: ${states.length} records`,
        );
      }
    }
  });
}

for (const engine of engines.filter((each) => each !== 'tensors')) {
  test(`an energy that is infinite at 0 runs with any number of nodes and chains, ${engine}: lanes without a node or a chain hold 0`, async () => {
    for (const nodes of [2, 5, 8]) {
      const energy = hamiltonian(complete(nodes), [
        bond((a, b) => a.sub(b).squaredNorm()),
        site((x) => x.component(0).add(x.component(0).pow(-1)).sub(x.component(0).log())),
      ]);
      const options = { temperature: 0.01, timeStep: 0.001, engine };
      const samplers = [
        langevin(energy, options),
        baoab(energy, { ...options, friction: 1 }),
        ...(engine === 'wasm' ? [sgld(energy, { ...options, batch: 1 })] : []),
      ];
      for (const chains of [1, 2, 3, 4, 5, 6, 7, 9]) {
        for (const sampler of samplers as Sampler<AnyState>[])
          await sample(sampler, { initial: constantField({ sites: nodes, chains }, 1), steps: 3, seed: 1 });
      }
    }
  });
}
