// Custom terms: any tfjs function of the whole field. Its gradient is tfjs's own, so it runs on the tensor
// engine only, in float32, and has no local change.
import { tf } from '../../tensors/index.js';
import type { Tensor, Tensor1D, Tensor3D } from '#tfjs';
import { latexText } from '../../display/index.js';
import { declared } from './declare.js';
import { shownTerm } from '../shownTerm.js';
import type { Term, TermOptions } from '../term.js';

/** Energy of each chain, [chains], from values [nodes, components, chains]. */
export type CustomEnergy = (values: Tensor3D) => Tensor1D;

/**
 * A term of the energy as a function of tfjs tensors, for what is neither bond, site, star nor global sum.
 *
 * @throws TypeError if the function does not return one energy per chain, and from its float64 and
 * local-change methods: the term runs on the tensor engine only. A hash of the energy sees the text of the
 * function, not the values that it closes over
 * @example
 * await tensors.ready();
 * const term = energies.custom((x) => x.square().sum([0, 1])); // x: tensor [nodes, components, chains]
 * hamiltonian(ring(3), [term]).energy(tf.ones([3, 1, 2])).dataSync(); // [3, 3]
 */
export function custom(
  energy: CustomEnergy,
  { latex, ...options }: TermOptions & { readonly latex?: string } = {},
): Term {
  const properties = declared('custom', options);
  const refuse = (): never => {
    throw new TypeError(
      `custom: the term "${properties.name}" runs on the tensor engine only (float32, no local change)`,
    );
  };
  const checked = (values: Tensor3D): Tensor1D => {
    const [result, chains] = [energy(values), values.shape[2]];
    if (result.shape.length !== 1 || result.shape[0] !== chains) {
      throw new TypeError(
        `custom: "${properties.name}" must return [chains] = [${chains}], got [${result.shape.join()}]`,
      );
    }
    return result;
  };
  const slope = tf.grad((values: Tensor) => checked(values as Tensor3D).sum());
  const term: Term = shownTerm({
    ...properties,
    parameters: {},
    indexedBy: 'none',
    source: String(energy),
    latex: () => latex ?? `${latexText(properties.name)}(x)`,
    with: () => term,
    on: () => ({
      energy64: refuse,
      addGradient64: refuse,
      track: refuse,
      energy: (values) => tf.tidy(() => checked(values)),
      gradient: (values) => tf.tidy(() => slope(values) as Tensor3D),
      dispose() {},
    }),
  });
  return term;
}
