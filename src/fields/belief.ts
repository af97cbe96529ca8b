// Belief of a site over q candidate Merkle roots: a point of the simplex, stored as logits.
//   p_k = e^{l_k} / sum_m e^{l_m}        S = - sum_k p_k ln p_k = ln sum_m e^{l_m} - sum_k p_k l_k
// A single state value has no Shannon entropy. The distribution p_i of node i has one, 0 <= S_i <= ln q.
// Logits that differ by a constant per site are the same belief. Units: nats. Source: EMTD 1.1, Definition
// 1.2, reading (a) of "local Shannon entropy" (EMTD-1.10).
import { byDefault, type OptionsOf, readOptions } from '../numerics/options.js';
import { integer } from '../numerics/rules.js';
import { logSum } from '../numerics/logSum.js';
import { Purpose, randomKey, uniforms } from '../randomness/index.js';
import { Field } from './field.js';
import { fieldFrom, type Seeded, seeded } from './initial.js';
import { requireField } from './requireField.js';

/**
 * Beliefs with these probabilities: [site][root] or [site][root][chain], as centred logits.
 *
 * @throws RangeError when a probability is not positive: certainty is a point at infinity of the logits; and
 * unless those of a site add up to 1, within 1e-5
 * @example
 * const beliefs = fields.beliefsFrom([[0.5, 0.5], [0.9, 0.1]]); // [site][root]
 * fields.beliefEntropy(beliefs); // [0.6931, 0.3251]
 */
export function beliefsFrom(
  probabilities: readonly (readonly number[])[] | readonly (readonly (readonly number[])[])[],
): Field {
  const field = fieldFrom(probabilities);
  const bad = field.values.find((p) => p <= 0);
  if (bad !== undefined) throw new RangeError(`beliefsFrom: probabilities must be positive, got ${bad}`);
  const { sites, components, chains, values } = field;
  for (let site = 0; site < sites; site++) {
    for (let chain = 0; chain < chains; chain++) {
      let sum = 0;
      for (let k = 0; k < components; k++) sum += values[(site * components + k) * chains + chain];
      if (Math.abs(sum - 1) > 1e-5)
        throw new RangeError(`beliefsFrom: probabilities of site ${site} must add up to 1, got ${sum}`);
    }
  }
  return centredLogits(field.with(values.map(Math.log), { codomain: 'simplex' }));
}

/**
 * The same beliefs with logits of sum zero: the coordinates of `softmaxLogJacobian`.
 *
 * @example fields.centredLogits(fieldFrom([[0, 2]], { codomain: 'simplex' })).values; // [-1, 1]
 */
export const centredLogits = (field: Field): Field =>
  field.with(
    mapBeliefs('centredLogits', field, new Float32Array(field.values.length), (logits) => {
      const mean = logits.reduce((sum, l) => sum + l, 0) / logits.length;
      return logits.map((l) => l - mean);
    }),
  );

/**
 * p = softmax(logits) in float64, [sites, roots, chains] row-major.
 *
 * @example fields.probabilities(fieldFrom([[0, Math.log(3)]], { codomain: 'simplex' })); // [0.25, 0.75]
 */
export const probabilities = (field: Field): Float64Array =>
  mapBeliefs('probabilities', field, new Float64Array(field.values.length), softmax);

/**
 * Shannon entropy S_i of the belief of each site in nats, [sites, chains] row-major: 0 <= S_i <= ln q.
 *
 * @throws RangeError unless the field is on the simplex
 * @example fields.beliefEntropy(fields.uniformBeliefs({ sites: 2, components: 4 })); // [1.386, 1.386]
 */
export const beliefEntropy = (field: Field): Float64Array =>
  perBelief('beliefEntropy', field, (logits) => {
    const top = Math.max(...logits);
    const p = softmax(logits);
    // ln z >= 0 and every l - top <= 0: no cancellation, never below zero
    return p.reduce((sum, pk, k) => sum - pk * (logits[k] - top), logSum(logits.map((l) => l - top)));
  });

/**
 * ln |dp / dl| = ln q + sum_k ln p_k of each belief for centred logits, [sites, chains] row-major: the
 * measure on the simplex.
 *
 * With sum_k l_k = 0 the map p = softmax(l) is one to one onto the open simplex, dp = (diag p - p p^T) dl.
 * Its volume factor is the product of the q - 1 nonzero eigenvalues of that matrix: the (q-1)-th elementary
 * symmetric polynomial, which is the sum of the principal minors of order q - 1. Each of these is (prod_{j !=
 * k} p_j)(1 - sum_{j != k} p_j) = prod_j p_j, so |dp / dl| = q p_1 p_2 ... p_q. The
 * same holds for the coordinates (l_1 ... l_{q-1}) -> (p_1 ... p_{q-1}): the additive log-ratio coordinates
 * of Aitchison, J. R. Statist. Soc. B 44 (1982) 139, DOI 10.1111/j.2517-6161.1982.tb01195.x.
 *
 * A density rho(p) on the simplex is rho(p(l)) |dp / dl| on logits. So a sampler that moves logits and should
 * have the law e^{- H(p) / T} with respect to the flat measure on the simplex uses
 *
 *     H(softmax(l)) - T sum_i sum_k ln p_ik,
 *
 * in an energy's language the site term `(l, T) => l.sub(l.logSumExp()).sum().mul(T).neg()`. Without that
 * term the law on the simplex is e^{- H / T} / (p_1 ... p_q). Where H stays finite at the corners this cannot
 * be normalised, and beliefs drift to certainty at any temperature. Free logits also diffuse along one
 * direction per site on which beliefs do not depend. The energy (kappa / 2)(sum_k l_k)^2 per site confines
 * it. It does not depend on p and changes nothing else.
 *
 * @throws RangeError unless the field is on the simplex
 * @example fields.softmaxLogJacobian(fields.uniformBeliefs({ sites: 1, components: 2 })); // [-0.6931]: ln (2 / 4)
 */
export const softmaxLogJacobian = (field: Field): Float64Array =>
  perBelief('softmaxLogJacobian', field, (logits) => {
    const logZ = logSum(logits);
    return logits.reduce((sum, l) => sum + l - logZ, Math.log(logits.length));
  });

const drawOptions = {
  /** Fields of different steps are independent; 0 by default. */
  step: byDefault(0, integer(0)),
};

/**
 * A random label for each site, by its belief. The most probable label would hide uncertainty: with uniform
 * beliefs all sites would have the same one.
 *
 * @example fields.drawLabels(fields.beliefsFrom([[0.99, 0.01], [0.01, 0.99]]), { seed: 7 }).values; // [0, 1]
 */
export function drawLabels(field: Field, options: Seeded & OptionsOf<typeof drawOptions>): Field {
  const { seed, step } = readOptions('drawLabels', options, { ...seeded, ...drawOptions });
  const { sites, chains, components: states, support } = field;
  const draw = { step, purpose: Purpose.initial, nodes: sites, lanes: chains };
  const u = uniforms(new Float64Array(sites * chains), randomKey(seed, 'drawLabels'), draw);
  let i = 0;
  const labels = perBelief('drawLabels', field, (logits) => inverseCumulative(softmax(logits), u[i++]));
  return new Field(Float32Array.from(labels), { support, codomain: 'potts', states, sites, chains });
}

export function softmax(logits: Float64Array): Float64Array {
  const top = Math.max(...logits);
  const weights = logits.map((l) => Math.exp(l - top));
  const z = weights.reduce((sum, w) => sum + w, 0);
  return weights.map((w) => w / z);
}

/** One number per belief, [sites, chains] row-major. */
function perBelief(caller: string, field: Field, value: (logits: Float64Array) => number): Float64Array {
  const values: number[] = [];
  eachBelief(caller, field, (logits) => values.push(value(logits)));
  return Float64Array.from(values);
}

function mapBeliefs<Out extends Float32Array | Float64Array>(
  caller: string,
  field: Field,
  out: Out,
  change: (logits: Float64Array) => Float64Array,
): Out {
  eachBelief(caller, field, (logits, place) => change(logits).forEach((x, k) => (out[place(k)] = x)));
  return out;
}

/** Visits the logits of every site and chain in order. `place(k)` is the index of logit k in the values. */
function eachBelief(
  caller: string,
  field: Field,
  visit: (logits: Float64Array, place: (k: number) => number) => void,
): void {
  requireField(caller, field, { codomain: ['simplex'] });
  const { sites, components, chains, values } = field;
  const logits = new Float64Array(components);
  for (let site = 0; site < sites; site++) {
    for (let chain = 0; chain < chains; chain++) {
      const place = (k: number): number => (site * components + k) * chains + chain;
      for (let k = 0; k < components; k++) logits[k] = values[place(k)];
      visit(logits, place);
    }
  }
}

/** The label k with sum_{m<k} p_m <= u < sum_{m<=k} p_m. */
function inverseCumulative(p: Float64Array, u: number): number {
  let k = 0;
  for (let rest = u - p[0]; rest >= 0 && k < p.length - 1; rest -= p[k]) k++;
  return k;
}
