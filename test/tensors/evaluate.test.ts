import assert from 'node:assert/strict';
import { fc } from '../property.js';
import { bind } from '../../src/tensors/bind.js';
import { evaluateByOperations } from '../../src/tensors/eager.js';
import { evaluate, gather, normals, rowIndex, rowsOf, tf, type Rows } from '../../src/tensors/index.js';
import {
  compile,
  constant,
  Expression,
  gradient,
  scalar,
  tape,
  vector,
} from '../../src/expressions/index.js';
import { randomKey } from '../../src/randomness/index.js';
import { arbitraryEnergy, symbols } from '../expressions/arbitrary.js';
import { onEachBackend } from './backends.js';

const { a, b, J } = symbols;
/** By symbol. */
const of = (known: Inputs): Map<Expression, tf.Tensor3D | Rows> =>
  new Map([
    [a, known.a],
    [b, known.b],
    [J, known.J],
  ]);
const [ROWS, D, CHAINS] = [4, 3, 5];

interface Inputs {
  readonly a: tf.Tensor3D;
  readonly b: tf.Tensor3D;
  readonly J: tf.Tensor3D;
}
/** Vectors around 0, and a scalar for each row. */
const inputs = (step: number): Inputs => {
  const make = (purpose: number, shape: readonly [number, number, number]): tf.Tensor3D =>
    normals(randomKey(13), { step, purpose, shape });
  return { a: make(0, [ROWS, D, CHAINS]), b: make(1, [ROWS, D, CHAINS]), J: make(2, [ROWS, 1, 1]) };
};

/** The same in float64, one row and chain after another, in the order of the tensor. */
function reference(outputs: readonly Expression[], known: Inputs, nudge = 0): number[][] {
  const f = compile(outputs, [[a], [b], [J]], D);
  const widths = outputs.map(({ shape }) => (shape === 'vector' ? D : 1));
  const [A, B, K] = [known.a, known.b, known.J].map((t) => t.dataSync());
  const results = widths.map((width) => new Array<number>(ROWS * width * CHAINS));
  const out = new Float64Array(widths.reduce((x, y) => x + y, 0));
  for (let m = 0; m < ROWS; m++) {
    for (let c = 0; c < CHAINS; c++) {
      const at = (source: ArrayLike<number>): Float64Array =>
        Float64Array.from({ length: D }, (_, k) => source[(m * D + k) * CHAINS + c] * (1 + nudge));
      f(out, 0, at(A), 0, at(B), 0, Float64Array.of(K[m] * (1 - nudge)), 0);
      let from = 0;
      widths.forEach((width, o) => {
        for (let k = 0; k < width; k++) results[o][(m * width + k) * CHAINS + c] = out[from++];
      });
    }
  }
  return results;
}

function assertClose(
  actual: ArrayLike<number>,
  expected: readonly number[],
  tolerance: number,
  what: string,
): void {
  assert.equal(actual.length, expected.length, what);
  expected.forEach((value, i) => {
    if (Number.isNaN(value)) return assert.ok(Number.isNaN(actual[i]), `${what}: ${actual[i]} for NaN`);
    const error = actual[i] === value ? 0 : Math.abs(actual[i] - value);
    assert.ok(error <= tolerance * (1 + Math.abs(value)), `${what}: ${actual[i]} for ${value}`);
  });
}

const OPERATIONS: Record<string, Expression> = {
  add: a.add(J),
  sub: J.sub(a),
  mul: a.mul(b),
  div: a.div(b.square().add(1)),
  neg: a.neg(),
  max: a.max(J),
  'max of a constant': a.max(0.3),
  min: J.min(b),
  less: a.less(J),
  'less of a constant': constant(0).less(a),
  square: a.square(),
  cube: a.pow(3),
  'power 7': a.pow(7),
  'power -2': a.square().add(1).pow(-2),
  'power 1/2': a.square().pow(0.5),
  'power -3/2': a.square().add(1).pow(-1.5),
  'power 2.3': a.square().pow(2.3),
  'power 0.3 of a negative number': a.abs().neg().pow(0.3),
  exp: a.exp(),
  log: a.abs().log(),
  'log of a negative number': a.square().neg().log(),
  sqrt: a.abs().sqrt(),
  sin: a.mul(5).sin(),
  cos: a.mul(5).cos(),
  tanh: a.mul(3).tanh(),
  abs: a.abs(),
  sign: a.sign(),
  'sign of zero': a.mul(a.less(0)).sign(),
  xlogx: a.abs().xlogx(),
  'xlogx of zero': a.mul(a.less(0)).neg().xlogx(),
  'xlogx of a negative number': a.square().neg().xlogx(),
  sum: a.sum(),
  'sum of a scalar that spreads': a.mul(0).add(J).sum(),
  logSumExp: a.mul(30).logSumExp(),
  component: a.component(2),
  place: gradient(a.component(1).square(), [a])[0],
  spread: gradient(a.sum().mul(J), [a])[0],
  'sum of a spread': gradient(a.sum().mul(J), [a])[0].mul(1).add(0).dot(1),
  constant: constant(2.5),
  symbol: a,
  softmax: a.softmax(),
  entropy: a.softmax().entropy(),
};

onEachBackend('every operation agrees with float64', () => {
  tf.tidy(() => {
    const known = inputs(0);
    for (const [name, expression] of Object.entries(OPERATIONS)) {
      const program = tape([expression]);
      const expected = reference([expression], known)[0];
      // on wasm these are two ways
      for (const [value] of [
        evaluate(program, of(known), D),
        evaluateByOperations(program, bind(program, of(known), D)),
      ]) {
        assert.deepEqual(value.shape, [ROWS, expression.shape === 'vector' ? D : 1, CHAINS], name);
        assertClose(value.dataSync(), expected, 2e-6, name);
      }
    }
  });
});

onEachBackend('random expressions and their derivatives agree with float64', () => {
  let steady = 0;
  fc.assert(
    fc.property(arbitraryEnergy, fc.nat(1000), (energy, step) => {
      tf.tidy(() => {
        const outputs = [energy, ...gradient(energy, [a, b, J])];
        const known = inputs(step);
        const expected = reference(outputs, known);
        // where a relative change of 1e-6 in the inputs shows, float32 cannot be right to 1e-5
        const nudged = [1e-6, -1e-6].map((nudge) => reference(outputs, known, nudge));
        const values = evaluate(tape(outputs), of(known), D);
        values.forEach((value, o) => {
          const sound = expected[o].map((x, i) =>
            nudged.every((n) => Math.abs(n[o][i] - x) < 1e-5 * (1 + Math.abs(x))),
          );
          if (sound.every(Boolean)) steady++;
          const actual = value.dataSync();
          expected[o].forEach((x, i) => {
            if (sound[i])
              assert.ok(
                Math.abs(actual[i] - x) < 1e-4 * (1 + Math.abs(x)),
                `output ${o}: ${actual[i]} for ${x}`,
              );
          });
        });
      });
    }),
    { numRuns: 150, seed: 4 },
  );
  assert.ok(steady > 400, `only ${steady} of 600 outputs were testable`);
});

onEachBackend("tfjs's gradient of a tape is the tape of the gradient", () => {
  const energy = a
    .sub(b)
    .squaredNorm()
    .mul(J)
    .add(a.softmax().entropy())
    .add(a.component(1).tanh().mul(J))
    .add(a.abs().pow(1.5).sum());
  const slope = tape(gradient(energy, [a]));
  tf.tidy(() => {
    const known = inputs(3);
    const byTfjs = tf.grad((x: tf.Tensor) =>
      evaluate(tape([energy]), of({ ...known, a: x as tf.Tensor3D }), D)[0].sum(),
    )(known.a);
    assertClose(byTfjs.dataSync(), [...evaluate(slope, of(known), D)[0].dataSync()], 1e-5, 'gradient');
  });
});

onEachBackend('inputs of one row or one chain are the same all along', () => {
  tf.tidy(() => {
    const [vx, vk, sk] = [vector('x'), vector('k'), scalar('k')];
    const [x, k] = [tf.tensor3d([1, 2], [1, 2, 1]), tf.tensor3d([3, 4], [2, 1, 1])];
    const [value] = evaluate(
      tape([vx.squaredNorm().mul(sk)]),
      new Map([
        [vx, x],
        [sk, k],
        [scalar('c'), tf.zeros([1, 1, 2])],
      ]),
      2,
    );
    assert.deepEqual(
      [value.shape, [...value.dataSync()]],
      [
        [2, 1, 2],
        [15, 15, 20, 20],
      ],
    );
    const [wide] = evaluate(
      tape([vk.add(vx)]),
      new Map([
        [vx, x],
        [vk, k],
      ]),
      2,
    );
    assert.deepEqual(
      [wide.shape, [...wide.dataSync()]],
      [
        [2, 2, 1],
        [4, 5, 5, 6],
      ],
    );
  });
});

onEachBackend('rows are gathered as they are read, in blocks of any shape', () => {
  for (const [rows, d, chains] of [
    [1000, 2, 1],
    [700, 1, 1],
    [7, 3, 300],
    [90, 2, 5],
    [3, 1, 256],
    [0, 2, 4],
    [513, 4, 1],
  ] as const) {
    tf.tidy(() => {
      const index = rowIndex(
        Array.from({ length: rows }, (_, m) => (m * m) % 11),
        11,
      );
      const values = normals(randomKey(5), { step: 0, purpose: 0, shape: [11, d, chains] });
      const k = normals(randomKey(5), { step: 1, purpose: 0, shape: [rows, 1, 1] });
      const [x, h] = [vector('x'), scalar('k')];
      const program = tape([x.mul(3).square().mul(h), x.sum().sub(h).div(5)]);
      const actual = evaluate(
        program,
        new Map<Expression, tf.Tensor3D | Rows>([
          [x, rowsOf(values, index)],
          [h, k],
        ]),
        d,
      );
      const expected = evaluateByOperations(
        program,
        bind(
          program,
          new Map([
            [x, gather(values, index)],
            [h, k],
          ]),
          d,
        ),
      );
      actual.forEach((value, i) => {
        assert.deepEqual(value.shape, [rows, i === 0 ? d : 1, chains]);
        assertClose(value.dataSync(), [...expected[i].dataSync()], 1e-6, `${rows} ${d} ${chains}`);
      });
    });
  }
});

onEachBackend('10,000 evaluations leave no tensor and no memory behind', () => {
  const energy = a.sub(b).squaredNorm().mul(J).add(a.component(1).pow(3).max(0.5));
  const program = tape(gradient(energy, [a]));
  const known = inputs(0);
  const size = (): number =>
    (tf.backend() as unknown as { wasm?: { asm: { memory: { buffer: ArrayBuffer } } } }).wasm?.asm.memory
      .buffer.byteLength ?? 0;
  const once = (): void => evaluate(program, of(known), D).forEach((t) => t.dispose());
  once();
  const [tensors, bytes] = [tf.memory().numTensors, size()];
  for (let i = 0; i < 10_000; i++) once();
  assert.equal(tf.memory().numTensors, tensors);
  assert.equal(size(), bytes);
  tf.dispose({ ...known });
});

onEachBackend('bad input is named', () => {
  tf.tidy(() => {
    const known = inputs(0);
    const program = tape([a.mul(J)]);
    assert.throws(() => evaluate(program, new Map([[a, known.a]]), D), {
      name: 'ReferenceError',
      message: 'evaluate: no tensor for the symbol "J"',
    });
    assert.throws(() => evaluate(program, of({ ...known, J: tf.ones([3, 1, 1]) }), D), {
      name: 'RangeError',
      message: 'evaluate: scalar "J" must be [4 or 1, 1, 5 or 1], got [3, 1, 1]',
    });
    assert.throws(
      () => evaluate(program, of(known), 2),
      /evaluate: vector "a" must be \[4 or 1, 2, 5 or 1\], got \[4, 3, 5\]/,
    );
    assert.throws(() => evaluate(program, of({ ...known, J: tf.ones([4, 1, 1], 'int32') }), D), {
      name: 'TypeError',
      message: 'evaluate: "J" must be float32, got int32',
    });
    const gone = tf.zeros([4, 1, 1]) as tf.Tensor3D;
    gone.dispose();
    assert.throws(
      () => evaluate(program, of({ ...known, J: gone }), D),
      /evaluate: the tensor of "J" is disposed/,
    );
    const rows = rowsOf(known.a, rowIndex([0, 0, 0, 0], 3));
    assert.throws(
      () => evaluate(program, of(known).set(a, rows), D),
      /evaluate: rows of "a" are of 3 targets, got 4/,
    );
    assert.throws(
      () => evaluate(tape([a.component(3)]), of(known), D),
      /evaluate: component 3 is beyond the field's 3 components/,
    );
  });
});
