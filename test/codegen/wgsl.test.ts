// Programs in WGSL, run on software Vulkan, against Philox's known answers and float64 arithmetic.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fc } from '../property.js';
import { Code } from '../../src/codegen/language/code.js';
import { lower } from '../../src/codegen/language/lower.js';
import { normalsOf, philox } from '../../src/codegen/language/philoxWords.js';
import { wgslProgram, type WgslOptions } from '../../src/codegen/wgsl/wgsl.js';
import { compile, gradient, tape } from '../../src/expressions/index.js';
import { type Gpu, openGpu, type Words } from '../../src/runtime/index.js';
import { normals, philox4x32, randomKey } from '../../src/randomness/index.js';
import { arbitraryEnergy, arbitraryVector, symbols } from '../expressions/arbitrary.js';
import { useSoftwareVulkan } from '../runtime/softwareVulkan.js';
import { mapOnGpu, type Rows, runOnGpu } from './map.js';

const missing = useSoftwareVulkan();
if (missing) console.error(`SKIPPED, WGSL: ${missing}`);

const float = (name: string) => ({ name, holds: 'float' as const });
const word = (name: string) => ({ name, holds: 'word' as const });

describe('WGSL of the vector language', { skip: missing ?? false }, () => {
  let gpu: Gpu;
  before(async () => void (gpu = await openGpu()));
  after(() => gpu?.close());

  const run = (...of: Parameters<typeof runOnGpu> extends [Gpu, ...infer Rest] ? Rest : never) =>
    runOnGpu(gpu, ...of);
  const map = (inputs: readonly Words[], f: Rows, options?: WgslOptions) => mapOnGpu(gpu, inputs, f, options);
  const wordsOf = (values: Float32Array): Uint32Array => new Uint32Array(values.buffer);

  test("Philox's words are those of the reference, its known answers too", async () => {
    const rows = 200;
    const seeds = Uint32Array.from({ length: 6 * rows }, (_, k) =>
      k < 12 ? [0, 0xffffffff][Math.floor(k / 6)] : philox4x32([k, 0, 0, 0], [1, 2])[0],
    );
    // the third known answer: digits of pi
    seeds.set([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0], 12);
    const inputs = [0, 1, 2, 3, 4, 5].map((k) =>
      Uint32Array.from({ length: rows }, (_, i) => seeds[6 * i + k]),
    );
    const { columns } = await map(inputs, (_, [c0, c1, c2, c3, seed, stream]) => [
      ...philox([c0, c1, c2, c3], { seed, stream }),
    ]);
    for (let i = 0; i < rows; i++) {
      const [counter, key] = [
        [0, 1, 2, 3].map((k) => seeds[6 * i + k]),
        [seeds[6 * i + 4], seeds[6 * i + 5]],
      ];
      assert.deepEqual(
        columns.map((column) => wordsOf(column)[i]),
        [...philox4x32(counter, key)],
      );
    }
    assert.deepEqual(
      columns.map((column) => wordsOf(column)[1]),
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    );
    assert.deepEqual(
      columns.map((column) => wordsOf(column)[2]),
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    );
  });

  test('normals are those of the reference to float32 rounding, the tails too', async () => {
    const rows = 4096;
    const key = randomKey(5);
    const nodes = Uint32Array.from({ length: rows }, (_, i) => i);
    const { columns } = await map([nodes], (code, [node]) =>
      normalsOf(
        philox([code.word(3), node, code.word(0), code.word(0)], {
          seed: code.word(key.seed),
          stream: code.word(key.stream),
        }),
      ),
    );
    const exact = normals(new Float64Array(4 * rows), key, { step: 3, purpose: 0, nodes: rows, lanes: 4 });
    columns.forEach((column, k) =>
      column.forEach((z, i) => {
        const error = Math.abs(z - exact[4 * i + k]);
        assert.ok(error < 1e-6 + 1e-6 * Math.abs(z), `row ${i}, lane ${k}: ${z} for ${exact[4 * i + k]}`);
      }),
    );
    // the largest and the smallest radius
    const ends = Uint32Array.of(0, 0xffffffff, 1, 0xfffffffe);
    const {
      columns: [radius],
    } = await map([ends], (code, [w]) => [normalsOf([w, code.word(0x80000000), w, w])[0].abs()]);
    ends.forEach((w, i) => {
      const exactRadius = Math.sqrt(-2 * Math.log((w + 0.5) / 2 ** 32));
      assert.ok(Math.abs(radius[i] - exactRadius) < 4e-7 * exactRadius, `${radius[i]} for ${exactRadius}`);
    });
  });

  test('random expressions and their gradients are those of the float64 interpreter', async () => {
    const components = 2;
    const points = fc.array(fc.tuple(arbitraryVector(components), arbitraryVector(components)), {
      minLength: 8,
      maxLength: 8,
    });
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryEnergy, points, fc.constantFrom(1, 4), async (energy, pairs, lanes) => {
        const outputs = [energy, ...gradient(energy, [symbols.a, symbols.b])];
        const J = 0.75;
        const inputs = [0, 1].flatMap((side) =>
          [0, 1].map((k) => Float32Array.from(pairs, (pair) => pair[side][k])),
        );
        const { columns } = await map(
          inputs,
          (code, xs) =>
            lower(code, tape(outputs), components, (symbol, k) =>
              symbol === symbols.J ? code.float(J) : xs[(symbol === symbols.a ? 0 : 2) + k],
            ).flat(),
          { lanes: lanes as 1 | 4 },
        );
        const reference = compile(outputs, [[symbols.a, symbols.b, symbols.J]], components);
        const out = new Float64Array(columns.length);
        pairs.forEach((_, i) => {
          const at = Float64Array.from([...inputs.map((input) => input[i]), J]);
          const near = Float64Array.from(at, (value) => value + 1e-6);
          reference(out, 0, at, 0);
          const exact = [...out];
          reference(out, 0, near, 0);
          // jumps and steep places say nothing of float32
          const steep = exact.some((value, k) => !(Math.abs(value - out[k]) < 1e-3));
          if (steep) return;
          compared++;
          const scale = Math.max(1, ...exact.map(Math.abs));
          exact.forEach((value, k) => {
            const slack = 2e-4 * scale + 10 * Math.abs(value - out[k]);
            assert.ok(Math.abs(columns[k][i] - value) < slack, `output ${k}: ${columns[k][i]} for ${value}`);
          });
        });
      }),
      { numRuns: 60, seed: 11 },
    );
    assert.ok(compared > 300, `${compared} points compared`);
  });

  test('what is not finite comes through least and most, and is seen', async () => {
    const x = Float32Array.of(1, NaN, Infinity, -Infinity, 2);
    const { columns } = await map([x], (code, [a]) => [
      a.min(0),
      a.max(0),
      a.mul(0),
      code.float(NaN).where(a.lt(0), code.float(-Infinity)),
    ]);
    assert.deepEqual(
      columns.map((column) => [...column].map(String)),
      [
        ['0', 'NaN', '0', '-Infinity', '0'],
        ['1', 'NaN', 'Infinity', '0', '2'],
        ['0', 'NaN', 'NaN', 'NaN', '0'],
        ['-Infinity', '-Infinity', '-Infinity', 'NaN', '-Infinity'],
      ],
    );
  });

  test('words, shifts and conversions are those of 32-bit arithmetic', async () => {
    const x = Uint32Array.of(0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 12345);
    const y = Uint32Array.of(7, 0xffffffff, 2, 3, 0xffffffff, 0xfedcba98);
    const { columns } = await map([x, y], (code, [a, b]) => [
      a.mulHigh(b),
      a.mul(b),
      a.sub(b),
      a.shrSigned(3),
      a.shr(3),
      a.xor(b),
      a.toFloat(),
      a.toFloatUnsigned(),
      code.word(1).where(a.lt(b), 0),
      code.float(2.5).nearest().add(a.toFloat().mul(0.5).nearest()).toWord(),
    ]);
    const {
      columns: [folded],
    } = await map([x], (code) => [code.word(0xc0000000).shl(1).sub(-1)]);
    assert.equal(wordsOf(folded)[0], 0x80000001);
    const product = [...x].map((a, i) => BigInt(a) * BigInt(y[i]));
    const words = columns.map((column) => [...wordsOf(column)]);
    assert.deepEqual(
      words[0],
      product.map((p) => Number(p >> 32n)),
    );
    assert.deepEqual(
      words[1],
      product.map((p) => Number(p & 0xffffffffn)),
    );
    assert.deepEqual(
      words[2],
      [...x].map((a, i) => (a - y[i]) >>> 0),
    );
    assert.deepEqual(
      words[3],
      [...x].map((a) => ((a | 0) >> 3) >>> 0),
    );
    assert.deepEqual(
      words[4],
      [...x].map((a) => a >>> 3),
    );
    assert.deepEqual(
      words[5],
      [...x].map((a, i) => (a ^ y[i]) >>> 0),
    );
    assert.deepEqual(
      [...columns[6]],
      [...x].map((a) => Math.fround(a | 0)),
    );
    assert.deepEqual([...columns[7]], [...x].map(Math.fround));
    assert.deepEqual(
      words[8],
      [...x].map((a, i) => Number((a | 0) < (y[i] | 0))),
    );
    assert.deepEqual([...words[9]].slice(0, 2), [2, 2]);
  });

  test('rows of four in lanes: gathers, loops, parameters of the job, a result that stops the run', async () => {
    // next = scale x plus the sum of the neighbours of a ring, two components, slots of four nodes side by
    // side
    const code = new Code();
    const trace = code.variable('trace', code.float(0));
    code.loop('i', code.argument('begin'), code.argument('end'), 4, (i) => {
      const own = code.gather(float('x'), undefined, i, 2);
      const sums = own.map((x) => code.variable('sum', x.mul(code.argument('scale', 'float'))));
      const first = i.shr(2).mul(2);
      code.loop('slot', first, first.add(2), 1, (slot) => {
        const other = code.gather(float('x'), word('slots'), slot.mul(4), 2);
        other.forEach((x, k) => code.set(sums[k], code.get(sums[k]).add(x)));
      });
      const moved = sums.map((sum) => code.get(sum));
      moved.forEach((value) => code.set(trace, code.get(trace).add(value.mul(0))));
      const left = code.argument('end').sub(i);
      code.if(
        left.lt(4),
        () =>
          [1, 2, 3].forEach((count) =>
            code.if(left.eq(count), () => code.storeRows(float('next'), i, moved, count)),
          ),
        () => code.storeRows(float('next'), i, moved),
      );
    });
    const result = code.variable('result', code.any(code.get(trace).eq(0).not()));
    const program = wgslProgram('ring', code, result, { lanes: 4 });
    const rows = 102;
    const x = Float32Array.from({ length: 2 * rows }, (_, i) => i % 13);
    const slots = Uint32Array.from({ length: 8 * Math.ceil(rows / 4) }, (_, at) => {
      const [group, slot, lane] = [Math.floor(at / 8), Math.floor(at / 4) % 2, at % 4];
      return (4 * group + lane + (slot === 0 ? 1 : rows - 1)) % rows;
    });
    const data = { x, slots, next: new Float32Array(2 * rows + 2).fill(-1) };
    const done = await run(program, rows, data, { scale: 10 }, 3);
    assert.deepEqual([done.steps, done.code], [3, 0]);
    const expected = Array.from(
      x,
      (value, at) => 10 * value + x[(at + 2) % (2 * rows)] + x[(at + 2 * rows - 2) % (2 * rows)],
    );
    assert.deepEqual([...(done.after['next'] as Float32Array)], [...expected, -1, -1]);
    x[77] = Infinity;
    const stopped = await run(program, rows, data, { scale: 10 }, 100);
    assert.deepEqual([stopped.steps, stopped.code], [1, 1]);
  });

  test('what only lanes can do is refused by name', () => {
    const code = new Code();
    const row = code.load(float('x'), code.argument('begin'));
    code.store(float('y'), code.argument('begin'), code.transpose([row, row, row, row])[1]);
    assert.throws(
      () => wgslProgram('transposed', code, undefined, { lanes: 4 }),
      /wgsl: shuffle is between lanes/,
    );
    const sums = new Code();
    const [low] = sums.load(float('x'), sums.argument('begin')).promote();
    sums.store({ name: 'y', holds: 'double' }, sums.argument('begin'), low.add(1));
    assert.throws(
      () => wgslProgram('sums', sums),
      /wgsl: (constant|promote) makes a float64, which WGSL does not have/,
    );
  });
});

test('the text is readable', () => {
  const code = new Code();
  code.loop('i', code.argument('begin'), code.argument('end'), 1, (i) => {
    const x = code.load(float('x'), i);
    code.store(float('y'), i, x.mul(x).add(0.1).mul(code.argument('J', 'float')));
  });
  assert.equal(
    wgslProgram('square', code).code,
    `// square
struct Job {
  rows: u32,
  J: f32,
}
struct Now { step: u32 }
@group(0) @binding(0) var<uniform> job: Job;
@group(1) @binding(0) var<uniform> now: Now;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let row = id.x + id.y * groups.x * 64u;
  if (row >= job.rows) { return; }
  let x_0 = x[row];
  y[row] = ((x_0 * x_0) + 0.1f) * job.J;
}
`,
  );
});
