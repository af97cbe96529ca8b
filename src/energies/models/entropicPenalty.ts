// The entropic penalty of EMTD section 1.1, Definition 1.2, second term: lambda sum_i Laplacian S_i, with S_i
// the local Shannon entropy of node i in nats. As written it vanishes identically on every undirected graph
// (the columns of the Laplacian sum to zero), so there are four more readings, which do not vanish.
import type { Expression } from '../../expressions/index.js';
import { byDefault, type Options, type OptionsOf, readOptions, typed } from '../../numerics/options.js';
import { aFunction, finite, requireOneOf } from '../../numerics/rules.js';
import { bond } from '../terms/bond.js';
import { site } from '../terms/site.js';
import { star } from '../terms/star.js';
import type { Term } from '../term.js';

/** The readings of the entropic penalty. */
export type EntropicForm = 'literal' | 'dirichlet' | 'plain' | 'squared-laplacian' | 'random-walk';

type OfNode = (x: Expression) => Expression;

const entropicOptions = {
  /** Weight in units of energy per nat (per nat squared for the squared forms); 1 by default. */
  lambda: byDefault(1, finite),
  /** S_i of the node's value; by default the entropy of the belief softmax(x_i). */
  entropy: byDefault<OfNode>((x) => x.softmax().entropy(), typed(aFunction)),
};

/** Options of `entropicPenalty`. */
export interface EntropicOptions extends Options, OptionsOf<typeof entropicOptions> {}

/**
 * The entropic penalty of EMTD, as written and in four repairs. S_i is the entropy of node i, sums over j run
 * over its neighbours:
 *
 * literal            lambda sum_i sum_(j~i) (S_j - S_i) = 0
 * dirichlet          lambda sum_<ij> (S_i - S_j)^2, the default repair: penalises gradients of entropy
 * plain              lambda sum_i S_i
 * squared-laplacian  lambda sum_i (sum_(j~i) (S_j - S_i))^2
 * random-walk        lambda sum_i (mean_(j~i) S_j - S_i), of either sign
 *
 * @throws RangeError for an unknown form
 * @example
 * const energy = hamiltonian(complete(2), [energies.entropicPenalty('dirichlet', { lambda: 1 })]);
 * energy.energy64(Float64Array.of(0, 0, 20, -20)); // 0.4805 = (ln 2)^2: one node undecided, one certain
 */
export function entropicPenalty(form: EntropicForm, options: EntropicOptions = {}): Term {
  requireOneOf('entropicPenalty', 'form', form, [
    'literal',
    'dirichlet',
    'plain',
    'squared-laplacian',
    'random-walk',
  ]);
  const { lambda, entropy: S } = readOptions('entropicPenalty', options, entropicOptions);
  const parameters = { lambda };
  const named = (lowerBound = -Infinity) => ({ name: `entropic penalty (${form})`, lowerBound });
  const floor = lambda >= 0 ? 0 : -Infinity;
  switch (form) {
    case 'literal':
      return star((x, nb, l) => nb.sum((y) => S(y).sub(S(x))).mul(l), parameters, named());
    case 'dirichlet':
      return bond((a, b, l) => S(a).sub(S(b)).square().mul(l), parameters, named(floor));
    case 'plain':
      return site((x, l) => S(x).mul(l), parameters, named(floor));
    case 'squared-laplacian':
      return star(
        (x, nb, l) =>
          nb
            .sum((y) => S(y).sub(S(x)))
            .square()
            .mul(l),
        parameters,
        named(floor),
      );
    case 'random-walk':
      return star(
        (x, nb, l) =>
          nb
            .mean((y) => S(y))
            .sub(S(x))
            .mul(l),
        parameters,
        named(),
      );
  }
}
