// Initial beliefs over q candidate roots.
//   uniform: p_k = 1/q, S = ln q
//   Dirichlet(a): density prod_k p_k^{a-1}, drawn as p_k = g_k / sum_m g_m with g_k ~ Gamma(a)
// a = 1 is the flat law on the simplex, small a near certainty, large a near uniform.
import { uniformGenerator } from '../random/index.js';
import { centredLogits } from './belief.js';
import { valueCount } from './checkField.js';
import { Field } from './field.js';
import type { FieldShape } from './declaration.js';
import { logGammaVariate } from './gamma.js';
import type { Seeded } from './initial.js';

/** The shape of a belief field: `components` is the number q of candidate roots. */
export type BeliefShape = FieldShape & { readonly components: number };

/** On every site the q roots are equally likely: logits 0, entropy ln q. */
export const uniformBeliefs = (shape: BeliefShape): Field =>
  new Field(new Float32Array(valueCount(shape)), { ...shape, codomain: 'simplex' });

/**
 * Independent beliefs from the symmetric Dirichlet law of this concentration, as centred logits.
 *
 * @throws RangeError unless the concentration is positive
 */
export function dirichletBeliefs({ seed, concentration = 1, ...shape }: BeliefShape & Seeded & {
  readonly concentration?: number;
}): Field {
  if (!(concentration > 0 && concentration < Infinity)) {
    throw new RangeError(`dirichletBeliefs: concentration must be positive, got ${concentration}`);
  }
  const random = uniformGenerator(seed, 'dirichletBeliefs');
  const logits = new Float32Array(valueCount(shape)).map(() => logGammaVariate(concentration, random));
  return centredLogits(new Field(logits, { ...shape, codomain: 'simplex' }));
}
