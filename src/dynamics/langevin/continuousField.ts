// What samplers of whole fields on tensors share: which fields they move, what a gauge does to a move, and
// how they advance. An interaction of differences leaves the mean of the field free (a zero mode, which
// diffuses with variance 2 T t / N): a free field lets it, a centred one projects it out, a pinned one holds
// some nodes where they are.
import type { Tensor3D } from '#tfjs';
import { tf } from '../../tensors/index.js';
import { requireCodomain, type Hamiltonian } from '../../energies/index.js';
import type { Field } from '../../fields/index.js';
import { FieldDiverged } from '../compiled/index.js';
import { makeSampler, stepByStep, type RunPosition, type Recipe } from '../makeSampler.js';
import { SamplerStopped, type Sampler, type ValuesShape } from '../sampler.js';

/** @throws TypeError for spins and labels, and for a term that declares these */
export function requireContinuous(caller: string, { codomain }: Field, { terms }: Hamiltonian): void {
  if (codomain === 'spin' || codomain === 'potts')
    throw new TypeError(`${caller}: moves continuous fields, got a ${codomain} field`);
  requireCodomain(caller, terms, 'real');
}

/** The field after a move from `before`, as its gauge allows; to be called inside a tidy. */
export function constrained(gauge: Field['gauge'], moved: Tensor3D, before: Tensor3D): Tensor3D {
  if (gauge === 'free') return moved;
  if (gauge === 'centred') return tf.sub(moved, tf.mean(moved, 0, true));
  const nodes = moved.shape[0];
  const held = new Uint8Array(nodes);
  for (const node of gauge.pinned) held[node] = 1;
  return tf.where(tf.tensor3d(held, [nodes, 1, 1], 'bool').broadcastTo(moved.shape), before, moved);
}

/**
 * What a gauge leaves of a force or of noise: nothing at pinned nodes, of a centred field no mean; to be
 * called inside a tidy.
 */
export const tangent = (gauge: Field['gauge'], change: Tensor3D): Tensor3D =>
  gauge === 'free' ? change : constrained(gauge, change, tf.zerosLike(change));

/** A number, or one per node, that broadcasts over [nodes, components, chains]. */
export function numberTensor(value: number | ArrayLike<number>): Tensor3D {
  const flat = typeof value === 'number' ? [value] : Array.from(value);
  return tf.tensor3d(flat, [flat.length, 1, 1]);
}

/** Values [nodes, components, chains] on the backend, until they are disposed of. */
export const keptTensor = (values: ArrayLike<number>, shape: ValuesShape): Tensor3D =>
  tf.keep(tf.tensor3d(Float32Array.from(values), [...shape]));

export const numbersOf = async (tensor: Tensor3D): Promise<Float32Array> =>
  (await tensor.data<'float32'>()).slice();

/**
 * A sampler whose `step` makes a new state and leaves the old one. Each call of `advance` tests once, at its
 * end, whether the field is finite. If not, it makes the steps again one by one, to find the last whole state
 * and the term.
 */
export function tensorSampler<State extends RunPosition & { readonly values: Tensor3D }>(
  recipe: Omit<Recipe<State>, 'advance' | 'values' | 'dispose'> & { step(state: State): State },
): Sampler<State> {
  const { caller, energy, step } = recipe;
  const dispose = (state: object): void =>
    tf.dispose(Object.values(state).filter((value) => value instanceof tf.Tensor));
  const isFinite = async ({ values }: State): Promise<boolean> => {
    const differences = tf.tidy(() => values.sub(values).sum()); // x - x is 0 unless x is NaN or infinite
    const [sum] = await differences.data();
    differences.dispose();
    return sum === 0;
  };

  return makeSampler<State>({
    ...recipe,
    dispose,
    values: ({ values }) => numbersOf(values),
    async advance(from, steps, signal) {
      const quick = stepByStep<State>((state) => {
        const next = step(state);
        if (state !== from) dispose(state);
        return next;
      });
      const to = await quick(from, steps, signal).catch((error: unknown) => {
        if (error instanceof SamplerStopped && error.state !== from) dispose(from);
        throw error;
      });
      if (to === from) return from;
      if (await isFinite(to)) {
        dispose(from);
        return to;
      }
      dispose(to);
      for (let state = from; ; ) {
        const next = step(state);
        if (!(await isFinite(next))) {
          const [before, after] = await Promise.all([state, next].map(({ values }) => numbersOf(values)));
          dispose(next);
          throw new SamplerStopped(
            new FieldDiverged(caller, energy, state.shape, before, after, state.step),
            state,
          );
        }
        dispose(state);
        state = next;
      }
    },
  });
}
