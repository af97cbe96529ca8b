// The heat bath (Gibbs sampler) on one site at a time: a node takes the value v with probability
//   e^{-H(v)/T} / sum over w of e^{-H(w)/T},
// the others held; for spins +-1, +1 with probability 1 / (1 + e^{(H(+1) - H(-1)) / T}). A step is a sweep.
// Sources: Creutz, Phys. Rev. D 21 (1980) 2308, doi:10.1103/PhysRevD.21.2308; Geman and Geman, IEEE Trans.
// Pattern Anal. Mach. Intell. 6 (1984) 721, doi:10.1109/TPAMI.1984.4767596.
import type { Hamiltonian } from '../../energies/index.js';
import type { Sampler } from '../sampler.js';
import { spinsOrLabels } from './movedField.js';
import { type MoveOptions, moveSampler, type MoveState, readMoves } from './moveSampler.js';
import { pickLabel, reduced, type SiteRule } from './siteRule.js';

/**
 * A heat bath sampler of exp(-H/T) over spins +-1, or labels 0 ... q - 1. In compiled code a probability p is
 * float32's of float32 energies, and the uniform that it is compared with is rounded to 24 bits: the chance
 * is p to 2^-24.
 *
 * With a temperature T_i of its own for every node, node i takes its value with probability e^{-H(v)/T_i} /
 * sum over w: each node has a bath of its own. Where these differ the stationary law is not exp(-H/T),
 * depends on the order of the moves and carries heat from the hot nodes to the cold (`stationaryLaw` of
 * `transitionMatrix` has it exactly on small graphs).
 *
 * @throws RangeError for negative temperatures, for other than one temperature per node, for unknown states,
 * orders and engines; TypeError for a term that the engine cannot run; at `init` for a field of other values,
 * or centred
 * @example
 * const ising = hamiltonian(torus(8, 8), [bond((a, b) => a.mul(b).sum().neg())]);
 * const samples = await sample(heatBath(ising, { temperature: 2.5 }), { chains: 16, burnIn: 200, steps: 2000, seed: 1 });
 * interval(observe(samples, energyOf(ising)).map(mean)); // { estimate: -78.58, interval: [-79.49, -77.66] }
 * exact.kaufmanIsing(8, 8, { temperature: 2.5 }).meanEnergy; // -78.23
 */
export const heatBath = (energy: Hamiltonian, options: MoveOptions): Sampler<MoveState> => {
  const given = readMoves('heatBath', energy, options);
  const { states } = given;
  const choose = states === undefined ? chooseSpin : chooseLabel(states);
  return moveSampler(
    energy,
    { ...spinsOrLabels('heatBath', states), draws: 'none', choose },
    'heat bath',
    given,
  );
};

const chooseSpin: SiteRule['choose'] = ([spin], _, uniform, change, temperature, out) => {
  out[0] = -spin;
  const difference = -spin * change(out); // E(+1) - E(-1)
  out[0] = uniform * (1 + Math.exp(reduced(difference, temperature))) < 1 ? 1 : -1;
  return out[0] !== spin;
};

const chooseLabel =
  (states: number): SiteRule['choose'] =>
  ([label], _, uniform, change, temperature, out) => {
    const energies = Array.from({ length: states }, (_, k) => {
      out[0] = k;
      return k === label ? 0 : change(out);
    });
    out[0] = pickLabel(energies, uniform, temperature);
    return out[0] !== label;
  };
