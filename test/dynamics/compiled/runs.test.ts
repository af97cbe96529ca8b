// Steps cut into runs: noise across a multiple of 2^32 steps is that of the tensors, and a thread that dies
// in a run leaves a state that goes on as if nothing had happened.
import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import {
  baoab,
  flip,
  gaussian,
  glauber,
  heatBath,
  langevin,
  mala,
  metropolis,
  multispin,
  sgld,
  swendsenWang,
  wolff,
  type AnyState,
  type Sampler,
} from '../../../src/dynamics/index.js';
import { SamplerStopped } from '../../../src/dynamics/sampler.js';
import { bond, hamiltonian, site } from '../../../src/energies/index.js';
import { ready } from '../../../src/tensors/index.js';
import { normalField, randomSpins } from '../../../src/fields/index.js';
import { ring, smallWorld, torus } from '../../../src/graphs/index.js';
import {
  closePool,
  pool,
  runHere,
  setThreads,
  ThreadDied,
  threadCount,
  type Run,
} from '../../../src/runtime/index.js';
import { entriesOf, type Phase } from '../../../src/runtime/threads/run.js';
import { normals, Purpose, randomKey } from '../../../src/randomness/index.js';
import { useSoftwareVulkan } from '../../runtime/softwareVulkan.js';
import { assertClose } from './randomSystems.js';

const missing = useSoftwareVulkan();
if (missing) console.error(`SKIPPED, steps across 2^32 on the GPU: ${missing}`);

before(ready);
after(closePool);

const METHODS = ['leimkuhler-matthews', 'euler-maruyama'] as const;

/** The threads of one test. */
function threads(t: TestContext, count: number): void {
  const before = threadCount();
  setThreads(count);
  t.after(() => setThreads(before));
}

test('runs across a multiple of 2^32 steps draw the noise of the tensors', async (t) => {
  threads(t, 2);
  for (const method of METHODS) {
    // the last is worth its threads
    for (const [nodes, components, chains] of [
      [7, 1, 1],
      [9, 2, 4],
      [13, 3, 16],
      [90_001, 1, 1],
    ] as const) {
      const energy = hamiltonian(ring(nodes), [bond((a, b) => a.sub(b).squaredNorm().mul(0.5))]);
      const [tensors, wasm] = (['tensors', 'wasm'] as const).map((engine) =>
        langevin(energy, { temperature: 1, timeStep: 0.1, method, engine }),
      );
      for (const [first, steps] of [
        [2 ** 32 - 3, 6],
        [2 ** 32 - 1, 6],
        [2 ** 32, 6],
        [3 * 2 ** 32 - 1, 1],
      ] as const) {
        const shape = [nodes, components, chains] as const;
        const noise = normals(new Float32Array(nodes * components * chains), randomKey(4, 'langevin'), {
          step: first,
          purpose: Purpose.noise,
          nodes,
          lanes: components * chains,
        });
        const { values } = normalField({ sites: nodes, components, chains, seed: 2 });
        const saved = {
          sampler: wasm.name,
          seed: 4,
          step: first,
          shape,
          gauge: 'free' as const,
          arrays: { values, noise },
        };
        let expected = tensors.restore(saved);
        expected = await tensors.advance(expected, steps);
        const found = await wasm.advance(wasm.restore(saved), steps);
        const [theirs, ours] = [await tensors.save(expected), await wasm.save(found)];
        tensors.dispose(expected);
        assert.deepEqual([ours.step, theirs.step], [first + steps, first + steps]);
        for (const array of ['values', 'noise'])
          assertClose(
            ours.arrays[array],
            theirs.arrays[array],
            1e-5,
            `${method}, ${array} of ${shape.join(' x ')} from ${first}`,
          );
      }
    }
  }
});

test('a run across 2^32 steps is the two runs that end before it and start after it, for every sampler', async () => {
  const spins = hamiltonian(smallWorld(12, 4, 0.2, { seed: 1 }), [bond((a, b) => a.mul(b).sum().neg())]);
  const springs = hamiltonian(ring(7), [
    bond((a, b) => a.sub(b).squaredNorm()),
    site((x) => x.squaredNorm()),
  ]);
  const samplers: Record<string, Sampler<AnyState>> = {
    multispin: multispin(4, 4, { temperature: 2 }) as never,
    swendsenWang: swendsenWang(spins, { temperature: 2 }) as never,
    wolff: wolff(spins, { temperature: 2 }) as never,
    mala: mala(springs, { temperature: 1, timeStep: 0.1 }) as never,
    baoab: baoab(springs, { temperature: 1, timeStep: 0.1, friction: 1 }) as never,
    sgld: sgld(springs, { temperature: 1, timeStep: 0.01, batch: 3 }) as never,
    'metropolis, gaussian': metropolis(springs, { temperature: 1, proposal: gaussian(1) }) as never,
  };
  for (const engine of ['tensors', 'wasm'] as const) {
    for (const order of ['colouring', 'sequential', 'random'] as const) {
      for (const make of [heatBath, glauber])
        samplers[`${make.name}, ${engine}, ${order}`] = make(spins, {
          temperature: 2,
          engine,
          order,
        }) as never;
      samplers[`metropolis, ${engine}, ${order}`] = metropolis(spins, {
        temperature: 2,
        engine,
        order,
        proposal: flip,
      }) as never;
    }
  }
  for (const engine of ['tensors', 'wasm'] as const) {
    for (const method of METHODS)
      samplers[`langevin, ${engine}, ${method}`] = langevin(springs, {
        temperature: 1,
        timeStep: 0.05,
        engine,
        method,
      }) as never;
  }
  if (!missing) {
    samplers['heatBath, webgpu'] = heatBath(spins, { temperature: 2, engine: 'webgpu' }) as never;
    for (const method of METHODS)
      samplers[`langevin, webgpu, ${method}`] = langevin(springs, {
        temperature: 1,
        timeStep: 0.05,
        engine: 'webgpu',
        method,
      }) as never;
  }
  const first = 2 ** 32 - 3;
  for (const [name, sampler] of Object.entries(samplers)) {
    const begun = await sampler.save(
      await sampler.advance(sampler.init(sampler.initialField({ components: 1, chains: 3, seed: 5 }), 4), 5),
    );
    const from = { ...begun, step: first };
    const across = await sampler.save(await sampler.advance(sampler.restore(from), 7));
    const until = await sampler.save(await sampler.advance(sampler.restore(from), 3));
    const after = await sampler.save(await sampler.advance(sampler.restore(until), 4));
    assert.equal(until.step, 2 ** 32);
    assert.deepEqual(after, across, name);
    // and the steps after 2^32 draw other numbers than the first ones of all
    const low = await sampler.save(await sampler.advance(sampler.restore({ ...until, step: 0 }), 4));
    assert.notDeepEqual(low.arrays['values'], after.arrays['values'], name);
  }
});

/**
 * The state that is left when a thread of the pool dies in step `step` of a run of the sampler, half of its
 * first phase done.
 */
async function stateOfDeath<State extends AnyState>(
  t: TestContext,
  sampler: Sampler<State>,
  state: State,
  steps: number,
  step: number,
): Promise<State> {
  let done = 0;
  const { mock } = t.mock.method(pool, 'run', async (run: Run) => {
    if (done + run.steps <= step) {
      done += run.steps;
      return runHere(run);
    }
    runHere({ ...run, steps: step - done });
    const [{ entry, size, from = 0 }] = run.phases as [Phase];
    entriesOf(run.module, run.memory)[entry](run.job, step - done, from, from + (size >> 1));
    throw new ThreadDied(0, 2, step - done, 'the test says so');
  });
  const error = await sampler.advance(state, steps).then(
    () => assert.fail('it went on'),
    (reason: unknown) => reason,
  );
  mock.restore();
  assert.ok(error instanceof SamplerStopped, String(error));
  assert.match(error.message, /thread 1 of 2 died in step \d+: the test says so/);
  return error.state as State;
}

test('a thread that dies in a run leaves the last whole state of Langevin steps', async (t) => {
  threads(t, 2);
  const energy = hamiltonian(smallWorld(8192, 4, 0.1, { seed: 1 }), [
    bond((a, b) => a.sub(b).squaredNorm().mul(0.5)),
  ]);
  const initial = normalField({ sites: 8192, seed: 3 });
  for (const method of METHODS) {
    const sampler = langevin(energy, { temperature: 1, timeStep: 0.1, method, engine: 'wasm' });
    for (const step of [0, 17, 4096 + 18]) {
      // the last in the second run
      const left = await stateOfDeath(t, sampler, sampler.init(initial, 1), step + 64, step);
      assert.equal(left.step, step);
      const whole =
        step === 0 ? sampler.init(initial, 1) : await sampler.advance(sampler.init(initial, 1), step);
      assert.deepEqual(await sampler.save(left), await sampler.save(whole));
      const [later, expected] = [await sampler.advance(left, 3), await sampler.advance(whole, 3)];
      assert.deepEqual(await sampler.save(later), await sampler.save(expected), `${method}, ${step}`);
    }
  }
});

test('after a thread died every other sampler goes on bit for bit from the state that is left', async (t) => {
  threads(t, 2);
  const energy = hamiltonian(smallWorld(8192, 4, 0.1, { seed: 1 }), [
    bond((a, b) => a.sub(b).squaredNorm().mul(0.5)),
    site((x) => x.squaredNorm()),
  ]);
  const initial = normalField({ sites: 8192, seed: 3 });
  for (const sampler of [
    baoab(energy, { temperature: 1, timeStep: 0.1, friction: 1 }),
    mala(energy, { temperature: 1, timeStep: 0.01 }),
    sgld(energy, { temperature: 1, timeStep: 0.01, batch: 1000 }),
  ] as readonly Sampler<AnyState>[]) {
    for (const step of [0, 5]) {
      const left = await stateOfDeath(t, sampler, sampler.init(initial, 1), step + 64, step);
      assert.ok(left.step <= step, `${sampler.name}: step ${left.step} of ${step}`);
      const expected = await sampler.advance(sampler.init(initial, 1), left.step + 3);
      assert.deepEqual(
        await sampler.save(await sampler.advance(left, 3)),
        await sampler.save(expected),
        `${sampler.name}, ${step}`,
      );
    }
  }
});

test('a thread that dies in a run leaves the state of moves before the run', async (t) => {
  threads(t, 2);
  const energy = hamiltonian(torus(64, 64), [bond((a, b) => a.mul(b).sum().neg())]);
  const sampler = glauber(energy, { temperature: 2, engine: 'wasm' });
  const begin = (): ReturnType<typeof sampler.init> =>
    sampler.init(randomSpins({ sites: 4096, chains: 2, seed: 3 }), 1);
  for (const [step, whole] of [
    [5, 0],
    [4096 + 5, 4096],
  ]) {
    const left = await stateOfDeath(t, sampler, begin(), 4096 + 64, step);
    assert.equal(left.step, whole);
    const [expected, found] = [await sampler.advance(begin(), whole + 3), await sampler.advance(left, 3)];
    assert.deepEqual(await sampler.read(found), await sampler.read(expected));
    assert.deepEqual(sampler.acceptance(found), sampler.acceptance(expected));
  }
});
