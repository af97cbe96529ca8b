// Initial beliefs over q candidate roots.
//   uniform: p_k = 1/q, S = ln q
//   Dirichlet(a): density prod_k p_k^{a-1}, drawn as p_k = g_k / sum_m g_m with g_k ~ Gamma(a)
// a = 1 is the flat law on the simplex, small a near certainty, large a near uniform. Source: Marsaglia,
// Tsang, "A simple method for generating gamma variables", ACM TOMS 26 (2000) 363, DOI 10.1145/358407.358414.
import { type RandomSource, uniformGenerator } from '../random/index.js';
import { centredLogits } from './belief.js';
import { valueCount } from './checkField.js';
import { Field, type FieldShape } from './field.js';
import type { Seeded } from './initial.js';

/** The shape of a belief field: `components` is the number q of candidate roots. */
export type BeliefShape = FieldShape & { readonly components: number };

/** Every site holds the q roots equally likely: logits 0, entropy ln q. */
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
  const logits = Float32Array.from({ length: valueCount(shape) }, () => logGamma(concentration, random));
  return centredLogits(new Field(logits, { ...shape, codomain: 'simplex' }));
}

/** ln g with g ~ Gamma(a); through a + 1 when a < 1, in logarithms so that tiny g do not underflow. */
function logGamma(a: number, random: RandomSource): number {
  if (a < 1) return logGamma(a + 1, random) + Math.log(1 - random()) / a;
  const d = a - 1 / 3;
  for (;;) {
    const x = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < x * x / 2 + d * (1 - v + Math.log(v))) return Math.log(d * v);
  }
}
