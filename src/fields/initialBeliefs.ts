// Initial beliefs over q candidate roots.
//   uniform: p_k = 1/q, S = ln q
//   Dirichlet(a): density prod_k p_k^{a-1}, drawn as p_k = g_k / sum_m g_m with g_k ~ Gamma(a)
// a = 1 is the flat law on the simplex, small a near certainty, large a near uniform. Gamma(a), density
// g^{a-1} e^{-g} / Gamma(a), by rejection from a cubed normal:
//   g = d v,  v = (1 + x / sqrt(9 d))^3,  d = a - 1/3,  accepted when ln u < x^2 / 2 + d (1 - v + ln v)
//   for a >= 1; Gamma(a) = Gamma(a + 1) u^{1/a} in law for a < 1
// In logarithms, so that the tiny variates of small a do not underflow. Source: Marsaglia, Tsang, "A simple
// method for generating gamma variables", ACM TOMS 26 (2000) 363, DOI 10.1145/358407.358414.
import { byDefault, needed, type OptionsOf, readOptions } from '../numerics/options.js';
import { integer, positive } from '../numerics/rules.js';
import { type RandomSource, uniformGenerator } from '../randomness/index.js';
import { centredLogits } from './belief.js';
import { valueCount } from './checkField.js';
import { Field } from './field.js';
import { type FieldShape, shapeOptions } from './declaration.js';
import { type Seeded, seeded } from './initial.js';

const rootsOption = {
  /** The number q of candidate roots. */
  components: needed(integer(2)),
};
const beliefOptions = { ...shapeOptions, ...rootsOption };

/** The shape of a belief field. */
export type BeliefShape = FieldShape & OptionsOf<typeof rootsOption>;

/**
 * On every site the q roots are equally likely: logits 0, entropy ln q.
 *
 * @example fields.probabilities(fields.uniformBeliefs({ sites: 1, components: 4 })); // [0.25, 0.25, 0.25, 0.25]
 */
export function uniformBeliefs(options: BeliefShape): Field {
  const shape = readOptions('uniformBeliefs', options, beliefOptions);
  return new Field(new Float32Array(valueCount(shape)), { ...shape, codomain: 'simplex' });
}

const dirichletOptions = {
  /** Below 1 most beliefs are near certainty, above 1 near indecision; 1 by default: uniform on the simplex. */
  concentration: byDefault(1, positive),
};

/**
 * Independent beliefs from the symmetric Dirichlet law of this concentration, as centred logits.
 *
 * @throws RangeError unless the concentration is positive
 * @example fields.probabilities(fields.dirichletBeliefs({ sites: 1, components: 3, concentration: 1, seed: 7 })); // [0.1858, 0.8120, 0.002250]
 */
export function dirichletBeliefs(options: BeliefShape & Seeded & OptionsOf<typeof dirichletOptions>): Field {
  const { seed, concentration, ...shape } = readOptions('dirichletBeliefs', options, {
    ...beliefOptions,
    ...seeded,
    ...dirichletOptions,
  });
  const random = uniformGenerator(seed, 'dirichletBeliefs');
  const logits = new Float32Array(valueCount(shape)).map(() => logGammaVariate(concentration, random));
  return centredLogits(new Field(logits, { ...shape, codomain: 'simplex' }));
}

/** ln g for one Gamma(a) variate, a > 0. */
export function logGammaVariate(a: number, random: RandomSource): number {
  if (a < 1) return logGammaVariate(a + 1, random) + Math.log(1 - random()) / a;
  const d = a - 1 / 3;
  for (;;) {
    const x = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < (x * x) / 2 + d * (1 - v + Math.log(v))) return Math.log(d * v);
  }
}
