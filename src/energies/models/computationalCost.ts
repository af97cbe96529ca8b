// The computational cost of EMTD section 1.1, Definition 1.2, third term: mu times the integral of rho. The
// paper does not define rho. If rho is a normalised density (a probability, a conserved workload), its
// integral is the same in every state: a constant, without gradient. If it is a density of work, the integral
// is the total work and mu is its price: the grand-canonical form, with the number of active nodes. Two more
// forms have a gradient too.
import type { Expression } from '../../expressions/index.js';
import { byDefault, type Options, type OptionsOf, readOptions, typed } from '../../numerics/options.js';
import { aFunction, finite, requireOneOf } from '../../numerics/rules.js';
import { bond } from '../terms/bond.js';
import { globalSum } from '../terms/globalSum.js';
import { site } from '../terms/site.js';
import type { Term } from '../term.js';

/** The readings of the computational cost. */
export type CostForm = 'literal' | 'load-balancing' | 'grand-canonical' | 'messages';

type OfNode = (x: Expression) => Expression;

const costOptions = {
  /** Energy per unit of cost; 1 by default. */
  mu: byDefault(1, finite),
  /** Unnormalised workload of a node, positive; by default e^(first component). */
  workload: byDefault<OfNode>((x) => x.component(0).exp(), typed(aFunction)),
  /** Whether a node is at work, 0 to 1; by default (1 + s) / 2 of its first component, a spin. */
  activity: byDefault<OfNode>((x) => x.component(0).add(1).div(2), typed(aFunction)),
};

/** Options of `computationalCost`. */
export interface CostOptions extends Options, OptionsOf<typeof costOptions> {}

/**
 * The computational cost of EMTD, as written and in three repairs:
 *
 * literal          mu sum_i rho_i = mu, with rho_i = w_i / sum_j w_j, normalised
 * load-balancing   mu sum_i rho_i^2, least (mu / N) where all work equally
 * grand-canonical  mu sum_i n_i, a price on every active node
 * messages         mu sum_<ij> n_i n_j, a price on every link between active nodes
 *
 * @throws RangeError for an unknown form
 * @example
 * const priced = hamiltonian(ring(6), [energies.computationalCost('grand-canonical', { mu: 0.2 })]);
 * priced.energy64(Float64Array.of(1, 1, -1, -1, -1, -1)); // 0.4: two nodes at work
 */
export function computationalCost(form: CostForm, options: CostOptions = {}): Term {
  requireOneOf('computationalCost', 'form', form, [
    'literal',
    'load-balancing',
    'grand-canonical',
    'messages',
  ]);
  const { mu, workload: w, activity: n } = readOptions('computationalCost', options, costOptions);
  const parameters = { mu };
  const named = { name: `computational cost (${form})`, lowerBound: mu >= 0 ? 0 : -Infinity };
  switch (form) {
    case 'literal':
      return globalSum((nodes, m) => nodes.sum(w).div(nodes.sum(w)).mul(m), parameters, {
        ...named,
        lowerBound: mu,
      });
    case 'load-balancing':
      return globalSum(
        (nodes, m) =>
          nodes
            .sum((x) => w(x).square())
            .div(nodes.sum(w).square())
            .mul(m),
        parameters,
        named,
      );
    case 'grand-canonical':
      return site((x, m) => n(x).mul(m), parameters, { ...named, lowerBound: -Infinity });
    case 'messages':
      return bond((a, b, m) => n(a).mul(n(b)).mul(m), parameters, { ...named, lowerBound: -Infinity });
  }
}
