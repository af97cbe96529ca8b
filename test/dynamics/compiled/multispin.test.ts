// Multi-spin coding: bit for bit what a plain sweep makes of the same random digits, for all ways in which
// chains and columns share a vector; its draws of "u < p"; and the exact energies of tori.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { BitDraws, DIGITS, turnedDigits } from '../../../src/codegen/moves/bitPlanes.js';
import { Code, type Buffer } from '../../../src/codegen/language/code.js';
import { BIT_ROUNDS } from '../../../src/codegen/moves/multispinSweep.js';
import { philox } from '../../../src/codegen/language/philoxWords.js';
import { wasmFunction } from '../../../src/codegen/wasm/wasmFunction.js';
import { wasmBytes } from '../../../src/codegen/wasm/wasmModule.js';
import { multispin, sample } from '../../../src/dynamics/index.js';
import { ready } from '../../../src/tensors/index.js';
import { enumerateIsing, kaufmanIsing } from '../../../src/exact/index.js';
import { pinned, randomSpins } from '../../../src/fields/index.js';
import { torus } from '../../../src/graphs/index.js';
import { closePool, runHere, setThreads, threadCount, WebAssembly } from '../../../src/runtime/index.js';
import { Purpose, randomKey, type Key } from '../../../src/randomness/index.js';
import { philoxBlock } from '../../../src/randomness/philox.js';

before(ready);
after(closePool);

/** How a lattice of so many columns and chains is laid out. */
const SHAPES = [
  { rows: 4, columns: 4, chains: 1, strips: 2 },
  { rows: 6, columns: 4, chains: 128, strips: 1 },
  { rows: 4, columns: 6, chains: 130, strips: 1 },
  { rows: 4, columns: 8, chains: 5, strips: 4 },
  { rows: 4, columns: 16, chains: 3, strips: 8 },
  { rows: 6, columns: 64, chains: 9, strips: 32 },
  { rows: 4, columns: 256, chains: 2, strips: 128 },
  { rows: 4, columns: 512, chains: 1, strips: 128 },
] as const;

interface Plan {
  readonly rows: number;
  readonly columns: number;
  readonly chains: number;
  readonly strips: number;
}

/** A sweep by single spins, each u made of the digits that are its own. */
function plainSweep(
  values: Float32Array,
  { rows, columns, chains, strips }: Plan,
  key: Key,
  step: number,
  rule: string,
  J: number,
  T: number,
): void {
  const width = columns / strips;
  const words = new Uint32Array(4);
  for (const colour of [0, 1]) {
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < columns; c++) {
        if ((r + c) % 2 !== colour) continue;
        for (let chain = 0; chain < chains; chain++) {
          const together = 128 / strips;
          const bit = (chain % together) * strips + Math.floor(c / width);
          const [lane, shift] = [bit >> 5, bit & 31];
          let u = 0;
          let firstDigit = 0;
          for (let digit = 0; digit < DIGITS; digit++) {
            const block = Math.floor(chain / together) * DIGITS + 4 * (digit >> 2) + lane;
            const purpose = Purpose.acceptance * 2 ** 24 + Math.floor(step / 2 ** 32);
            philoxBlock(
              step % 2 ** 32,
              r * width + (c % width),
              block,
              purpose,
              key.seed,
              key.stream,
              words,
              BIT_ROUNDS,
            );
            const one = (words[digit & 3] >>> shift) & 1;
            if (digit === 0) firstDigit = one;
            u = 2 * u + one;
          }
          const at = (row: number, column: number): number =>
            ((row % rows) * columns + (column % columns)) * chains + chain;
          const sum =
            values[at(r + 1, c)] +
            values[at(r + rows - 1, c)] +
            values[at(r, c + 1)] +
            values[at(r, c + columns - 1)];
          const own = values[at(r, c)];
          const isBelow = (p: number): boolean => u < Math.round(p * 2 ** DIGITS);
          if (rule === 'metropolis') {
            const cost = 2 * J * own * sum;
            if (cost <= 0 || isBelow(Math.exp(-cost / T))) values[at(r, c)] = -own;
          } else if (sum === 0) values[at(r, c)] = firstDigit === 1 ? 1 : -1;
          else {
            const likely = Math.sign(J * sum);
            values[at(r, c)] = isBelow(1 / (1 + Math.exp((2 * Math.abs(J * sum)) / T))) ? -likely : likely;
          }
        }
      }
  }
}

for (const rule of ['heat bath', 'metropolis'] as const) {
  for (const J of [1, -0.8]) {
    test(`a sweep is the plain one with the same digits: ${rule}, J = ${J}`, async () => {
      for (const plan of SHAPES) {
        const { rows, columns, chains } = plan;
        const field = randomSpins({ sites: rows * columns, chains, seed: 3 });
        const plain = field.values.slice();
        const sampler = multispin(rows, columns, {
          temperature: { name: 'T', at: (step) => 2.3 + step },
          J,
          rule,
        });
        let state = sampler.init(field, 5);
        for (let step = 0; step < 3; step++) {
          state = await sampler.advance(state, 1);
          plainSweep(plain, plan, randomKey(5, 'multispin'), step, rule, J, 2.3 + step);
        }
        assert.deepEqual(await sampler.read(state), plain, JSON.stringify(plan));
      }
    });
  }
}

test('the number of a step passes 2^32', async () => {
  const plan = SHAPES[0];
  const field = randomSpins({ sites: 16, chains: 1, seed: 3 });
  const plain = field.values.slice();
  const sampler = multispin(4, 4, { temperature: 4 });
  const state = sampler.restore({ ...(await sampler.save(sampler.init(field, 5))), step: 2 ** 32 - 2 });
  for (let step = 2 ** 32 - 2; step < 2 ** 32 + 3; step++)
    plainSweep(plain, plan, randomKey(5, 'multispin'), step, 'heat bath', 1, 4);
  const after = await sampler.advance(state, 5);
  assert.deepEqual(await sampler.read(after), plain);
  assert.equal(sampler.acceptance(after), undefined);
});

test('draws by binary digits have the chance p, in each of the 128 bits', () => {
  const code = new Code();
  const [out, digits]: Buffer[] = ['out', 'digits'].map((name) => ({ name, holds: 'word' }));
  code.loop('i', code.argument('begin'), code.argument('end'), 1, (i) => {
    const draws = new BitDraws(code, code.word(-1));
    code.loop('digit', code.index(0), code.index(DIGITS), 4, (digit) =>
      code.if(draws.isOpen, () => {
        const key = { seed: code.word(1), stream: code.word(2) };
        philox(
          [code.word(0), i.splat(), digit.splat().add(code.lane()), code.word(9)],
          key,
          BIT_ROUNDS,
        ).forEach((word, k) => draws.compare(word, code.loadSplat(digits, digit.add(k))));
      }),
    );
    code.store(out, i.mul(4), draws.atLeast.not());
  });
  const fields: string[] = [];
  const module = new WebAssembly.Module(
    wasmBytes([{ name: 'draw', ...wasmFunction(code, undefined, fields) }], false),
  );
  const memory = new WebAssembly.Memory({ initial: 40, maximum: 40 });
  const vectors = 40_000;
  const address: Record<string, number> = { out: 4096, digits: 1024 };
  fields.forEach((name, k) => new Uint32Array(memory.buffer, 64 + 8 * k, 2).fill(address[name]));
  const deviates: number[] = [];
  for (const p of [0, 1, 0.5, 1 / 3, 0.146, 0.0286, 0.99, 2 ** -12, 2 ** -20]) {
    new Int32Array(memory.buffer, address['digits'], DIGITS).set(turnedDigits(p));
    runHere({ module, memory, job: 64, steps: 1, phases: [{ entry: 'draw', size: vectors, grain: 1 }] });
    const words = new Uint32Array(memory.buffer, address['out'], 4 * vectors);
    const counts = new Float64Array(128);
    for (let at = 0; at < words.length; at++)
      for (let bit = 0; bit < 32; bit++) counts[(at % 4) * 32 + bit] += (words[at] >>> bit) & 1;
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (p === 0 || p === 1) assert.equal(total, 128 * vectors * p);
    else {
      const variance = 128 * vectors * p * (1 - p);
      assert.ok(
        Math.abs(total - 128 * vectors * p) < 4 * Math.sqrt(variance),
        `p = ${p}: ${total} of ${128 * vectors}`,
      );
      if (vectors * p > 20) {
        // chi-square over the bits: 128 +- 16
        const chi = counts.reduce(
          (sum, count) => sum + (count - vectors * p) ** 2 / (vectors * p * (1 - p)),
          0,
        );
        deviates.push((chi - 128) / 16);
      }
    }
  }
  for (const deviate of deviates) assert.ok(Math.abs(deviate) < 4, deviates.join(', '));
  assert.throws(() => turnedDigits(1.1), /p must be in \[0, 1\], got 1.1/);
});

test('energies of tori: enumerated, and near the critical point by Kaufman', async () => {
  const cases = [
    {
      rows: 4,
      columns: 4,
      chains: 128,
      T: 2.5,
      exact: enumerateIsing(torus(4, 4), { temperature: 2.5 }).meanEnergy,
    },
    ...[
      [6, 16, 48],
      [4, 256, 24],
      [10, 64, 32],
    ].map(([rows, columns, chains]) => ({
      rows,
      columns,
      chains,
      T: 2.35,
      exact: kaufmanIsing(rows, columns, { temperature: 2.35 }).meanEnergy,
    })),
  ];
  for (const rule of ['heat bath', 'metropolis'] as const) {
    for (const { rows, columns, chains, T, exact } of cases) {
      const sampler = multispin(rows, columns, { temperature: T, rule });
      const { states } = await sample(sampler, { chains, burnIn: 500, steps: 2400, every: 8, seed: 2 });
      const means = new Float64Array(chains);
      for (const values of states) {
        for (let r = 0; r < rows; r++)
          for (let c = 0; c < columns; c++)
            for (let k = 0; k < chains; k++) {
              const at = (row: number, column: number): number =>
                values[((row % rows) * columns + (column % columns)) * chains + k];
              means[k] -= (at(r, c) * (at(r + 1, c) + at(r, c + 1))) / states.length;
            }
      }
      const mean = means.reduce((sum, e) => sum + e, 0) / chains;
      const error = Math.sqrt(means.reduce((sum, e) => sum + (e - mean) ** 2, 0) / (chains * (chains - 1)));
      assert.ok(
        Math.abs(mean - exact) < 4 * error,
        `${rule}, ${rows} x ${columns}: ${mean} +- ${error} against ${exact}`,
      );
    }
  }
});

test('chains and threads: no two chains alike, the same with any number of threads; what is refused', async () => {
  const threads = threadCount();
  const sampler = multispin(64, 256, { temperature: 2.3 });
  const field = randomSpins({ sites: 64 * 256, chains: 3, seed: 1 });
  const runs: Float32Array[] = [];
  for (const count of [1, 2, 3]) {
    setThreads(count);
    runs.push(await sampler.read(await sampler.advance(sampler.init(field, 1), 300)));
  }
  setThreads(threads);
  assert.deepEqual(runs[1], runs[0]);
  assert.deepEqual(runs[2], runs[0]);
  // from one and the same state
  const same = randomSpins({ sites: 16, chains: 1, seed: 1 });
  const { states } = await sample(multispin(4, 4, { temperature: 50 }), {
    chains: 128,
    initial: same,
    steps: 2,
    seed: 4,
  });
  const columns = Array.from({ length: 128 }, (_, k) => states[1].filter((_, at) => at % 128 === k).join());
  assert.ok(new Set(columns).size > 120);
  assert.throws(
    () => multispin(5, 4, { temperature: 1 }),
    /multispin: rows must be an even integer of at least 4 \(a checkerboard\), got 5/,
  );
  assert.throws(() => multispin(4, 4, { temperature: 1, J: 0 }), /J must be finite and not 0, got 0/);
  assert.throws(
    () => multispin(4, 4, { temperature: 1 }).init(pinned(same, [1]), 1),
    /must be free, got a pinned one/,
  );
});
