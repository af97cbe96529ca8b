// The cost for a node to take a ledger that a peer offers, by what the node knows of its peers:
//   as drawn:  cost = dE
//   hastings:  cost = dE - T ln( w(old) / w(new) )
// with w(k) the rate at which ledger k is offered to it: sum over peers that hold k of (ring rate / degree),
// plus the clients' share. With no clients w(old) is 0 for a node whose peers all hold another ledger: by
// Hastings' ratio it may never join them while T > 0. Source: Hastings, Biometrika 57 (1970) 97,
// doi:10.1093/biomet/57.1.97.
import type { Hamiltonian } from '../../energies/index.js';
import { byDefault, type Filled, needed, typed } from '../../numerics/options.js';
import { each, finite, nonNegative, oneOf } from '../../numerics/rules.js';
import { reproducibleLog } from '../../randomness/index.js';
import type { Neighbourhood } from './neighbourhood.js';

export const offerCostOptions = {
  /** By ledger: the value of the field that it stands for. */
  values: needed(typed<ArrayLike<number>>(each(finite))),
  /** Transactions of clients per second and node, every ledger with equal probability; 0 by default. */
  injection: byDefault(0, nonNegative),
  /** `asDrawn` by default, as in the paper; `hastings` has the ratio of proposals and needs an injection. */
  rule: byDefault('asDrawn', oneOf('hastings', 'asDrawn')),
};

export type OfferCost = (
  peers: Neighbourhood,
  node: number,
  old: number,
  offered: number,
  T: number,
) => number;

export function offerCost(
  energy: Hamiltonian,
  { values, rule, injection }: Filled<typeof offerCostOptions>,
): OfferCost {
  const state = new Float64Array(energy.graph.nodeCount);
  const { change } = energy.track(state);
  const clients = injection / values.length;
  return (peers, node, old, offered, T) => {
    if (offered === old) return 0;
    peers.each(node, (peer, held) => (state[peer] = values[held]));
    state[node] = values[old];
    const dE = change(node, [values[offered]]);
    if (rule === 'asDrawn' || T === 0) return dE;
    const [back, forth] = [clients + peers.offered(node, old), clients + peers.offered(node, offered)];
    return dE - T * reproducibleLog(back / forth);
  };
}
