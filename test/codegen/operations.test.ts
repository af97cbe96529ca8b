// Every operation against what its record states: the compiled text against the float64 text, on WebAssembly
// and in WGSL; the derivative against differences; tensors against float64; LaTeX balanced. Nothing here
// names an operation.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { lower } from '../../src/codegen/language/lower.js';
import { evaluate, setBackend, tf } from '../../src/tensors/index.js';
import {
  type Accuracy,
  apply,
  compile,
  type Expression,
  gradient,
  latex,
  type Operation,
  operations,
  scalar,
  tape,
  vector,
} from '../../src/expressions/index.js';
import { type Gpu, openGpu, type Words } from '../../src/runtime/index.js';
import { randomKey, uniforms } from '../../src/randomness/index.js';
import { onEachBackend } from '../tensors/backends.js';
import { useSoftwareVulkan } from '../runtime/softwareVulkan.js';
import { mapOnGpu, mapOnWasm, type Rows } from './map.js';
import { cosh, sinh } from './newOperation.js';

const missing = useSoftwareVulkan();
if (missing) console.error(`SKIPPED, operations in WGSL: ${missing}`);

const COMPONENTS = 3;
const N = 20_000;

/** An operation on symbols of its own, vectors unless it takes scalars. */
interface Case {
  readonly symbols: readonly Expression[];
  readonly result: Expression;
  /** One column of arguments for every component of every symbol. */
  columns(count: number, within?: number): Float32Array[];
}

function caseOf(op: Operation, { over, value = 0 }: Accuracy): Case {
  const [x, y] = [vector('x'), vector('y')];
  const make = (...args: Expression[]): Expression | undefined => {
    try {
      const made = apply(op, args, value);
      return made.op === op && made.args.length === args.length ? made : undefined;
    } catch {
      return undefined;
    }
  };
  const s = scalar('s');
  const result =
    op.shape([x]) === 'vector' && op.shape([s]) === 'vector' ? make(s)! : (make(x) ?? make(x, y)!);
  const symbols = result.args;
  const ranges = symbols.flatMap(({ shape }, k) =>
    Array.from({ length: shape === 'vector' ? COMPONENTS : 1 }, () => over[Math.min(k, over.length - 1)]),
  );
  return {
    symbols,
    result,
    columns: (count, within = Infinity) => ranges.map((range, k) => draws(range, count, k, within)),
  };
}

/**
 * Numbers of a range, half of them even, half with even logarithms and both signs as far as there are two.
 */
function draws(
  [from, to]: readonly [number, number],
  count: number,
  stream: number,
  within: number,
): Float32Array {
  const [low, high] = [Math.max(from, -within), Math.min(to, within)];
  const u = uniforms(new Float64Array(2 * count), randomKey(7 + stream), {
    step: 0,
    purpose: 0,
    nodes: count,
    lanes: 2,
  });
  const top = Math.max(Math.abs(low), Math.abs(high));
  const bottom = low > 0 ? low : Math.min(1e-15, top / 2);
  return Float32Array.from({ length: count }, (_, i) => {
    if (i % 2 === 0) return low + (high - low) * u[2 * i];
    const size = bottom * (top / bottom) ** u[2 * i];
    return Math.min(high, Math.max(low, u[2 * i + 1] < 0.5 && low < 0 ? -size : size));
  });
}

/** The float64 text over rows, for the float32 arguments. */
function float64(
  outputs: readonly Expression[],
  symbols: readonly Expression[],
  columns: readonly ArrayLike<number>[],
): Float64Array[] {
  const run = compile(outputs, [symbols], COMPONENTS);
  const width = outputs.reduce((sum, { shape }) => sum + (shape === 'vector' ? COMPONENTS : 1), 0);
  const exact = Array.from({ length: width }, () => new Float64Array(columns[0].length));
  const out = new Float64Array(width);
  for (let i = 0; i < columns[0].length; i++) {
    run(
      out,
      0,
      Float64Array.from(columns, (column) => column[i]),
      0,
    );
    out.forEach((value, k) => (exact[k][i] = value));
  }
  return exact;
}

const lowered =
  ({ symbols, result }: Case): Rows =>
  (code, xs) => {
    const first = symbols.map((_, k) =>
      symbols.slice(0, k).reduce((sum, { shape }) => sum + (shape === 'vector' ? COMPONENTS : 1), 0),
    );
    return lower(code, tape([result]), COMPONENTS, (symbol, k) => xs[first[symbols.indexOf(symbol)] + k])[0];
  };

/** Units in the last place of a float32 of this size. */
const ulpOf = (size: number): number => 2 ** (Math.max(-126, Math.floor(Math.log2(size))) - 23);

function assertAccurate(
  name: string,
  { ulp, floor = 0 }: Accuracy,
  columns: readonly Float32Array[],
  values: readonly Float32Array[],
  exact: readonly Float64Array[],
): void {
  let worst = 0;
  let at: number[] = [];
  values.forEach((column, k) =>
    column.forEach((value, i) => {
      const error = Math.abs(value - exact[k][i]) / ulpOf(Math.max(Math.abs(exact[k][i]), floor));
      if (error <= worst) return;
      worst = error; // NaN too
      at = columns.map((argument) => argument[i]);
    }),
  );
  if (process.env['ULP']) console.log(name, worst);
  assert.ok(worst <= ulp, `${name}(${at.join(', ')}) is ${worst} ulp off, the record says ${ulp}`);
}

const each = Object.values({ ...operations, sinh, cosh }).flatMap((op) =>
  op.accuracy.map((accuracy) => {
    const { value, over } = accuracy;
    return {
      op,
      accuracy,
      name: `${op.name}${value === undefined ? '' : ` ${value}`} over ${over.map((range) => range.join(' to ')).join(', ')}`,
    };
  }),
);

describe('on WebAssembly each operation is as accurate as its record states', () => {
  for (const { op, accuracy, name } of each) {
    test(name, () => {
      const now = caseOf(op, accuracy);
      const columns = now.columns(N);
      assertAccurate(
        op.name,
        accuracy,
        columns,
        mapOnWasm(columns, lowered(now)),
        float64([now.result], now.symbols, columns),
      );
    });
  }
});

describe('in WGSL each operation is as accurate as its record states', { skip: missing ?? false }, () => {
  let gpu: Gpu;
  before(async () => void (gpu = await openGpu()));
  after(() => gpu?.close());
  for (const { op, accuracy, name } of each) {
    test(name, async () => {
      const now = caseOf(op, accuracy);
      const columns: Words[] = now.columns(2000);
      const { columns: values } = await mapOnGpu(gpu, columns, lowered(now));
      assertAccurate(
        op.name,
        accuracy,
        columns as Float32Array[],
        values,
        float64([now.result], now.symbols, columns as Float32Array[]),
      );
    });
  }
});

describe('the derivative of each operation is its finite difference', () => {
  for (const { op, accuracy, name } of each) {
    test(name, () => {
      const { symbols, result, columns: draw } = caseOf(op, accuracy);
      const weight = result.shape === 'vector' ? vector('weight') : scalar('weight');
      const energy = result.mul(weight).sum();
      const points = [
        ...draw(300, 4),
        ...Array.from({ length: weight.shape === 'vector' ? COMPONENTS : 1 }, (_, k) =>
          new Float32Array(300).fill(0.7 + k),
        ),
      ].map((x) => Float64Array.from(x));
      const inputs = [...symbols, weight];
      const slopes = float64(gradient(energy, symbols), inputs, points);
      const h = 1e-5;
      let compared = 0;
      slopes.forEach((slope, k) => {
        const shifted = (by: number): Float64Array =>
          float64(
            [energy],
            inputs,
            points.map((x, j) => (j === k ? x.map((value) => value + by) : x)),
          )[0];
        const [up, half, middle, halfDown, down] = [h, h / 2, 0, -h / 2, -h].map(shifted);
        slope.forEach((value, i) => {
          if (i % 2 === 1) return; // too near 0 for this h
          const [right, left, central, near] = [
            (up[i] - middle[i]) / h,
            (middle[i] - down[i]) / h,
            (up[i] - down[i]) / (2 * h),
            (half[i] - halfDown[i]) / h,
          ];
          const scale = Math.max(1, Math.abs(central), 1e-6 * Math.abs(middle[i]));
          // kinks, jumps and poles have no difference to compare with
          if (!(Math.abs(right - left) < 1e-2 * scale && Math.abs(near - central) < 1e-5 * scale)) return;
          compared++;
          assert.ok(
            Math.abs(value - central) < 1e-4 * scale,
            `slope ${k} at ${points.map((x) => x[i]).join()}: ${value} for ${central}`,
          );
        });
      });
      assert.ok(compared > 100, `${compared} slopes compared`);
    });
  }
});

onEachBackend('tensors of each operation are those of float64', async (backend) => {
  await setBackend(backend);
  for (const { op, accuracy, name } of each) {
    const { symbols, result, columns: draw } = caseOf(op, accuracy);
    const count = 50;
    const columns = draw(count, 20);
    const [exact] = [float64([result], symbols, columns)];
    tf.tidy(() => {
      let used = 0;
      const tensors = new Map(
        symbols.map((symbol) => {
          const width = symbol.shape === 'vector' ? COMPONENTS : 1;
          const own = columns.slice(used, (used += width));
          return [
            symbol,
            tf.tensor3d(
              Float32Array.from(
                { length: count * width },
                (_, at) => own[at % width][Math.floor(at / width)],
              ),
              [count, width, 1],
            ),
          ];
        }),
      );
      const program = tape([result]);
      // once by the backend's fastest way, once by tfjs's operations, as where it records them for a gradient
      const { value: plain } = tf.valueAndGrads((...xs: tf.Tensor[]) =>
        evaluate(
          program,
          new Map(symbols.map((symbol, k) => [symbol, xs[k] as tf.Tensor3D])),
          COMPONENTS,
        )[0].sum(),
      )([...tensors.values()]);
      const total = exact.reduce((sum, column) => sum + column.reduce((a, b) => a + b, 0), 0);
      const size = exact.reduce((sum, column) => sum + column.reduce((a, b) => a + Math.abs(b), 0), 0);
      assert.ok(
        Math.abs(plain.dataSync()[0] - total) < 1e-5 * size,
        `${name}: ${plain.dataSync()[0]} for ${total}`,
      );
      const values = evaluate(program, tensors, COMPONENTS)[0].dataSync();
      values.forEach((value, at) => {
        const is = exact[at % exact.length][Math.floor(at / exact.length)];
        assert.ok(
          Math.abs(value - is) <= 1e-5 * Math.max(Math.abs(is), accuracy.floor ?? 0, 1e-3),
          `${name}: ${value} for ${is}`,
        );
      });
    });
  }
});

test('each operation has the symmetry that it states', () => {
  for (const { op, accuracy, name } of each) {
    const { symbols, result, columns: draw } = caseOf(op, accuracy);
    const columns = draw(100, 20).map((column) => Float64Array.from(column));
    const at = (values: readonly Float64Array[]): Float64Array => float64([result], symbols, values)[0];
    const [here, mirrored] = [columns, columns.map((column) => column.map((x) => -x))].map(at);
    const swapped = at([...columns.slice(columns.length / 2), ...columns.slice(0, columns.length / 2)]);
    const doubled = at(columns.map((column) => column.map((x) => 2 * x)));
    const stated = {
      even: mirrored,
      odd: mirrored.map((x) => -x),
      commutative: swapped,
      linear: doubled.map((x) => x / 2),
    };
    if (op.symmetry) here.forEach((value, i) => assert.equal(stated[op.symmetry!][i] + 0, value + 0, name));
  }
});

test('LaTeX of each operation is balanced, alone and inside others', () => {
  for (const { op, accuracy } of each) {
    const { result } = caseOf(op, accuracy);
    for (const formula of [result, result.mul(2).add(1).square()]) {
      const text = latex(formula);
      assert.ok(text.includes('x') || text.includes('s'), text);
      assert.equal(text.match(/\{/g)?.length ?? 0, text.match(/\}/g)?.length ?? 0, text);
      assert.equal(text.match(/\\left/g)?.length ?? 0, text.match(/\\right/g)?.length ?? 0, text);
    }
  }
});
