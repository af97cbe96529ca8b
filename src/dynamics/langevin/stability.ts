// The largest stable time step of the drift x' = x - grad H dt: dt < 2 / lambda_max, lambda_max the
// largest eigenvalue of the Hessian. Power iteration on differences of gradients,
// H'' v = (grad H(x + e v) - grad H(x - e v)) / 2 e; it approaches lambda_max from below, so that a
// time step beyond the bound returned here is certainly unstable.
import type { Tensor3D } from '#tfjs';
import type { Hamiltonian } from '../../energies/index.js';
import { normals, tf } from '../../tensors/index.js';
import type { Field } from '../../fields/index.js';
import { Purpose, randomKey } from '../../randomness/index.js';

const ITERATIONS = 24;
/** Displacement of one site, root mean square: float32 gradients lose nothing, quartics little. */
const DISPLACEMENT = 1e-2;

/**
 * 2 / lambda_max at the given values, in units of time; Infinity where all second derivatives of the energy
 * are zero.
 *
 * @example
 * await tensors.ready();
 * const energy = hamiltonian(ring(10), [interaction()]);
 * dynamics.stabilityBound(energy, tf.zeros([10, 1, 1])); // 0.2505
 */
export function stabilityBound(energy: Hamiltonian, values: Tensor3D): number {
  const shape = [values.shape[0], values.shape[1], 1] as const;
  return tf.tidy(() => {
    const x = values.slice([0, 0, 0], [...shape]);
    let direction: Tensor3D = normals(randomKey(0, 'stability'), {
      step: 0,
      purpose: Purpose.initial,
      shape,
    });
    let curvature = 0;
    for (let iteration = 0; iteration < ITERATIONS; iteration++) {
      [direction, curvature] = tf.tidy(() => {
        const size = Math.sqrt(direction.square().mean().dataSync()[0]);
        if (size === 0) return [direction.clone(), 0];
        const shift = tf.mul(direction, tf.scalar(DISPLACEMENT / size)) as Tensor3D;
        const change = tf.sub(
          energy.gradient(tf.add(x, shift)),
          energy.gradient(tf.sub(x, shift)),
        ) as Tensor3D;
        const next = tf.mul(change, tf.scalar(0.5 / DISPLACEMENT)) as Tensor3D;
        return [next, Math.sqrt(next.square().mean().dataSync()[0])];
      }) as [Tensor3D, number];
    }
    return curvature > 0 ? 2 / curvature : Infinity;
  });
}

/**
 * For more numbers than these the bound costs as much time as hundreds of steps, and more memory than the
 * run.
 */
const MOST = 2 ** 20;

/**
 * @param boundOf the bound of the time step, by `rule`, from 2 / lambda_max at the field's first chain
 * @throws RangeError for a time step beyond the bound at this field
 */
export function requireStable(
  caller: string,
  energy: Hamiltonian,
  { values, sites, components, chains }: Field,
  timeStep: number,
  rule = '2 / lambda_max',
  boundOf = (bound: number): number => bound,
): void {
  if (sites * components > MOST) return; // the run finds out
  const first = chains === 1 ? values : values.filter((_, at) => at % chains === 0);
  const bound = boundOf(tf.tidy(() => stabilityBound(energy, tf.tensor3d(first, [sites, components, 1]))));
  if (timeStep <= bound) return;
  throw new RangeError(
    `${caller}: timeStep must be below ${rule} = ${bound.toPrecision(3)} ` +
      `(largest curvature of the energy at the initial field), got ${timeStep}`,
  );
}
