// What a field's gauge does to a move. An interaction of differences leaves the mean of the field free
// (a zero mode, which diffuses with variance 2 T t / N): a free field lets it, a centred one projects it
// out, a pinned one holds some nodes where they are.
import { mean, sub, tensor3d, where, zerosLike, type Tensor3D } from '@tensorflow/tfjs';
import type { Field } from '../../field/index.js';

/** The field after a move from `before`, as its gauge allows; to be called inside a tidy. */
export function constrained(gauge: Field['gauge'], moved: Tensor3D, before: Tensor3D): Tensor3D {
  if (gauge === 'free') return moved;
  if (gauge === 'centred') return sub(moved, mean(moved, 0, true));
  const nodes = moved.shape[0];
  const held = new Uint8Array(nodes);
  for (const node of gauge.pinned) held[node] = 1;
  return where(tensor3d(held, [nodes, 1, 1], 'bool').broadcastTo(moved.shape), before, moved);
}

/** What a gauge leaves of a force or of noise: nothing at pinned nodes, of a centred field no mean; to be called inside a tidy. */
export const tangent = (gauge: Field['gauge'], change: Tensor3D): Tensor3D =>
  (gauge === 'free' ? change : constrained(gauge, change, zerosLike(change)));
