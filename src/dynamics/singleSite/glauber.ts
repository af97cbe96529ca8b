// Glauber's rule on one site at a time: a proposal, to flip the spin or to take one of the other labels, is
// accepted with probability 1 / (1 + e^{dH/T}). For spins it has the transition probabilities of the heat
// bath. A step is a sweep. Sources: Glauber, J. Math. Phys. 4 (1963) 294, doi:10.1063/1.1703954; Barker,
// Aust. J. Phys. 18 (1965) 119, doi:10.1071/PH650119.
import type { Hamiltonian } from '../../energies/index.js';
import type { Sampler } from '../sampler.js';
import { spinsOrLabels } from './movedField.js';
import { type MoveOptions, moveSampler, type MoveState, readMoves } from './moveSampler.js';
import { reduced, type SiteRule } from './siteRule.js';

/**
 * A Glauber sampler of exp(-H/T) over spins +-1, or labels 0 ... q - 1; options, precision and errors are
 * those of `heatBath`.
 *
 * @example
 * const ising = hamiltonian(torus(8, 8), [bond((a, b) => a.mul(b).sum().neg())]);
 * const samples = await sample(dynamics.glauber(ising, { temperature: 5, order: 'random' }), { chains: 16, burnIn: 100, steps: 500, seed: 1 });
 * interval(observe(samples, energyOf(ising)).map(mean)); // { estimate: -27.55, interval: [-27.95, -27.16] }
 * exact.kaufmanIsing(8, 8, { temperature: 5 }).meanEnergy; // -27.42
 */
export const glauber = (energy: Hamiltonian, options: MoveOptions): Sampler<MoveState> => {
  const given = readMoves('glauber', energy, options);
  const { states } = given;
  return moveSampler(
    energy,
    { ...spinsOrLabels('glauber', states), draws: 'none', choose: choose(states) },
    'glauber',
    given,
  );
};

const choose =
  (states: number | undefined): SiteRule['choose'] =>
  ([value], _, uniform, change, temperature, out) => {
    let chance = uniform;
    if (states === undefined) out[0] = -value;
    else {
      const pick = Math.floor(uniform * (states - 1));
      chance = uniform * (states - 1) - pick;
      out[0] = pick < value ? pick : pick + 1;
    }
    return chance * (1 + Math.exp(reduced(change(out), temperature))) < 1;
  };
