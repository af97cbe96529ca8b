// Glauber's rule on one site at a time: a proposal, to flip the spin or to take one of the other labels, is accepted with
// probability 1 / (1 + e^{dH/T}). For spins it has the transition probabilities of the heat bath. A step is a sweep.
// Sources: Glauber, J. Math. Phys. 4 (1963) 294, doi:10.1063/1.1703954; Barker, Aust. J. Phys. 18 (1965) 119,
// doi:10.1071/PH650119.
import type { Hamiltonian } from '../../energy/index.js';
import { moveSampler, type MoveState } from './heatBath.js';
import type { MoveOptions } from './moveEngine.js';
import type { Sampler } from '../sampler.js';

/**
 * A Glauber sampler of exp(-H/T) over spins +-1, or labels 0 ... q - 1; options, precision and errors as of `heatBath`.
 *
 * @example glauber(energy, { temperature: 2, order: 'random' })
 */
export const glauber = (energy: Hamiltonian, options: MoveOptions): Sampler<MoveState> => moveSampler('glauber', 'glauber', energy, options);
