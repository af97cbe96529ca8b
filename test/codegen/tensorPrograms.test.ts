// Operations on arrays at the very end of a memory: a load or a store beyond them would trap, and what stands
// before stays.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  gatherProgram,
  noiseProgram,
  scatterProgram,
  sortedScatterProgram,
  tapeProgram,
  totalProgram,
  widthClass,
  type TapeShape,
  type WasmProgram,
} from '../../src/codegen/index.js';
import { call } from '../../src/tensors/generated.js';
import { tape, vector } from '../../src/expressions/index.js';
import { WebAssembly } from '../../src/runtime/index.js';

const SIZE = 65536;
type Words = Float32Array | Int32Array;

/**
 * Runs the program as often as there are arrays, each time with another at the end of the memory: the result
 * is the same.
 */
function run(
  program: WasmProgram,
  arrays: Readonly<Record<string, Words>>,
  numbers: Readonly<Record<string, number>>,
  size: number,
  out = 'out',
): Float32Array {
  const results = Object.keys(arrays).map((last) => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const bytes = new Uint8Array(memory.buffer).fill(0xee);
    const values: Record<string, number> = { ...numbers };
    let top = 1024;
    for (const [name, { byteLength }] of Object.entries(arrays)) {
      values[name] = name === last ? SIZE - byteLength : top;
      if (name !== last) top += byteLength + 64;
    }
    for (const [name, { buffer, byteOffset, byteLength }] of Object.entries(arrays))
      bytes.set(new Uint8Array(buffer, byteOffset, byteLength), values[name]);
    call(
      program,
      { memory, words: new Int32Array(memory.buffer), job: 0 },
      program.fields.map((name) => values[name] ?? 0),
      size,
    );
    const [from, to] = [values[out], values[out] + arrays[out].byteLength];
    const around = [...bytes.subarray(from - 16, from), ...bytes.subarray(to, to + 16)];
    assert.ok(
      around.every((byte) => byte === 0xee),
      'beside the result',
    );
    return new Float32Array(memory.buffer.slice(from, to));
  });
  for (const result of results) assert.deepEqual(result, results[0]);
  return results[0];
}

const numbered = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => i + 1);

test('rows and totals of any width', () => {
  for (const width of [1, 2, 3, 4, 5, 7, 8, 15, 16, 19, 32, 33]) {
    for (const rows of [1, 3, 4, 9]) {
      const targets = Int32Array.from({ length: rows }, (_, m) => (5 * m + 2) % 4);
      const x = numbered(4 * width);
      const gathered = run(
        gatherProgram(widthClass(width)),
        { x, targets, out: new Float32Array(rows * width) },
        { width },
        rows,
      );
      assert.deepEqual(
        gathered,
        Float32Array.from(gathered, (_, at) => x[targets[Math.floor(at / width)] * width + (at % width)]),
      );

      const order = Int32Array.from(targets.keys()).sort((a, b) => targets[a] - targets[b]);
      const starts = Int32Array.from({ length: 5 }, (_, n) => targets.filter((target) => target < n).length);
      const out = new Float32Array(4 * width);
      const scattered = run(
        scatterProgram(widthClass(width)),
        { x: gathered, order, starts, out },
        { width },
        4,
      );
      const sums = new Float32Array(4 * width);
      gathered.forEach(
        (value, at) => (sums[targets[Math.floor(at / width)] * width + (at % width)] += value),
      );
      assert.deepEqual(scattered, sums);
      const sorted = Float32Array.from(
        gathered,
        (_, at) => gathered[order[Math.floor(at / width)] * width + (at % width)],
      );
      assert.deepEqual(
        run(sortedScatterProgram(widthClass(width)), { x: sorted, starts, out }, { width }, 4),
        sums,
      );

      const total = run(
        totalProgram(widthClass(width)),
        { x: gathered, out: new Float32Array(width) },
        { width },
        rows,
      );
      const column = (c: number): Float32Array => gathered.filter((_, at) => at % width === c);
      assert.deepEqual(
        total,
        Float32Array.from(total, (_, c) => column(c).reduce((sum, value) => sum + value, 0)),
      );
    }
  }
});

test('noise of any width', () => {
  for (const width of [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16, 17, 32]) {
    for (const nodes of [1, 2, 4, 5, 13]) {
      for (const law of ['normals', 'uniforms'] as const) {
        const [one, all] = [1, nodes].map((count) =>
          run(
            noiseProgram[law](width),
            { out: new Float32Array(count * width) },
            { firstStep: 3, purpose: 0, seed: 1, stream: 2 },
            count,
          ),
        );
        assert.deepEqual(all.slice(0, width), one, 'the first row of many');
        assert.equal(new Set(all).size, all.length);
      }
    }
  }
});

test('a tape with chains, rows or nothing in the lanes', () => {
  const [x, y] = [vector('x'), vector('y')];
  const program = tape([x.mul(2).add(y), y]);
  const sizes = [
    [1, 1, 1],
    [3, 2, 3],
    [4, 1, 1],
    [5, 3, 1],
    [7, 2, 3],
    [9, 2, 2],
    [2, 2, 4],
    [3, 1, 5],
    [2, 3, 8],
    [3, 2, 11],
    [1, 1, 17],
  ] as const;
  for (const [rows, components, chains] of sizes) {
    const lanes: TapeShape['lanes'][] = ['one'];
    if (chains < 4 && rows >= 4) lanes.push({ chains });
    if (chains >= 4) lanes.push({ vectors: 1 });
    if (chains >= 8) lanes.push({ vectors: 2 });
    const names = Int32Array.from({ length: rows }, (_, m) => (3 * m + 1) % 2);
    const input0 = numbered(rows * components * chains);
    for (const alike of [true, false]) {
      const input1 = numbered(2 * components * (alike ? 1 : chains));
      const expected = Float32Array.from(input0, (value, at) => {
        const [m, k, c] = [
          Math.floor(at / (components * chains)),
          Math.floor(at / chains) % components,
          at % chains,
        ];
        return (
          2 * value +
          (alike ? input1[names[m] * components + k] : input1[(names[m] * components + k) * chains + c])
        );
      });
      for (const each of lanes) {
        const shape: TapeShape = {
          components,
          lanes: each,
          inputs: [
            { rows: 'own', width: components, chains: chains === 1 ? 'one' : 'own' },
            { rows: 'named', width: components, chains: alike ? 'one' : 'own' },
          ],
        };
        const [output0, output1] = [new Float32Array(input0.length), new Float32Array(input0.length)];
        const arrays = { input0, input1, names1: names, output0, output1 };
        const result = run(tapeProgram(program, shape), arrays, { chains }, rows, 'output0');
        assert.deepEqual(result, expected, `${rows} x ${components} x ${chains}, ${JSON.stringify(each)}`);
      }
    }
  }
});
