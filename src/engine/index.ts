// INTERIM stand-in until the engine room lands
import * as tf from '@tensorflow/tfjs';
import type { Tensor1D, Tensor3D } from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import type { Tape } from '../expression/index.js';
import { normals as fill, type Key } from '../random/index.js';
tf.env().set('PROD', true);
export { tf };
export async function ready(): Promise<void> { if (tf.getBackend() !== 'cpu') await tf.setBackend('cpu'); await tf.ready(); }
export interface RowIndex { targets: Int32Array; size: number }
export const rowIndex = (targets: Int32Array, size: number): RowIndex => ({ targets, size });
export function gather(v: Tensor3D, { targets }: RowIndex): Tensor3D {
  const [, d, c] = v.shape; const w = d * c; const s = v.dataSync(); const out = new Float32Array(targets.length * w);
  targets.forEach((t, m) => out.set(s.subarray(t * w, (t + 1) * w) as Float32Array, m * w));
  return tf.tensor3d(out, [targets.length, d, c]);
}
export function scatter(v: Tensor3D, { targets, size }: RowIndex): Tensor3D {
  const [, d, c] = v.shape; const w = d * c; const s = v.dataSync(); const out = new Float32Array(size * w);
  targets.forEach((t, m) => { for (let k = 0; k < w; k++) out[t * w + k] += s[m * w + k]; });
  return tf.tensor3d(out, [size, d, c]);
}
export const total = (v: Tensor3D): Tensor1D => tf.sum(v, [0, 1]) as Tensor1D;
export function normals(key: Key, { step, purpose, shape }: { step: number; purpose: number; shape: readonly [number, number, number] }): Tensor3D {
  const out = new Float32Array(shape[0] * shape[1] * shape[2]);
  return tf.tensor3d(fill(out, key, { step, purpose, nodes: shape[0], lanes: shape[1] * shape[2] }), [...shape]);
}
export function evaluate(tape: Tape, inputs: Record<string, Tensor3D>, components: number): Tensor3D[] {
  const v: Tensor3D[] = [];
  const any = Object.values(inputs).reduce((m, t) => Math.max(m, t.shape[0]), 1);
  const ch = Object.values(inputs).reduce((m, t) => Math.max(m, t.shape[2]), 1);
  for (const { op, shape, args, value, name } of tape.instructions) {
    const [x, y] = args.map((a) => v[a]);
    const f = (): tf.Tensor => { switch (op) {
      case 'input': return inputs[name]; case 'constant': return tf.fill([1, 1, 1], value);
      case 'add': return tf.add(x, y); case 'sub': return tf.sub(x, y); case 'mul': return tf.mul(x, y); case 'div': return tf.div(x, y);
      case 'max': return tf.maximum(x, y); case 'min': return tf.minimum(x, y); case 'less': return tf.cast(tf.less(x, y), 'float32');
      case 'neg': return tf.neg(x); case 'pow': return value === 2 ? tf.square(x) : tf.pow(x, value);
      case 'exp': return tf.exp(x); case 'log': return tf.log(x); case 'sqrt': return tf.sqrt(x); case 'sin': return tf.sin(x); case 'cos': return tf.cos(x);
      case 'tanh': return tf.tanh(x); case 'abs': return tf.abs(x); case 'sign': return tf.sign(x);
      case 'xlogx': return tf.where(tf.equal(x, 0), tf.zerosLike(x), tf.mul(x, tf.log(x)));
      case 'sum': return tf.sum(full(x), 1, true); case 'logSumExp': return tf.logSumExp(full(x), 1, true);
      case 'component': return tf.slice(full(x), [0, value, 0], [full(x).shape[0], 1, full(x).shape[2]]);
      case 'place': return tf.pad(x, [[0, 0], [value, components - 1 - value], [0, 0]]);
      case 'spread': return tf.tile(x, [1, components, 1]);
    } };
    void shape; v.push(f() as Tensor3D);
  }
  function full(x: Tensor3D): Tensor3D { return x.shape[1] === components ? x : tf.tile(x, [1, components, 1]); }
  return tape.outputs.map((o) => { const s = tape.instructions[o].shape === 'vector' ? components : 1; return tf.broadcastTo(v[o], [any, s, ch]) as Tensor3D; });
}
