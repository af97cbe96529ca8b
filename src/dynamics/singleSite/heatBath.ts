// The heat bath (Gibbs sampler) on one site at a time: a node takes the value v with probability
//   e^{-H(v)/T} / sum over w of e^{-H(w)/T},
// the others held; for spins +-1, +1 with probability 1 / (1 + e^{(H(+1) - H(-1)) / T}). A step is a sweep.
// Sources: Creutz, Phys. Rev. D 21 (1980) 2308, doi:10.1103/PhysRevD.21.2308; Geman and Geman, IEEE Trans. Pattern
// Anal. Mach. Intell. 6 (1984) 721, doi:10.1109/TPAMI.1984.4767596.
import type { MoveRule } from '../../codegen/index.js';
import type { Hamiltonian } from '../../energy/index.js';
import { compiledMoves, type CompiledMoveState } from './compiledMoves.js';
import { interpretedMoves, type InterpretedState } from './interpretedMoves.js';
import { checkMoveOptions, moveEngineFor, type MoveOptions } from './moveEngine.js';
import { asNodeSchedule } from '../langevin/nodeTemperature.js';
import type { Sampler } from '../sampler.js';
import { siteRule } from './siteRule.js';

export type MoveState = InterpretedState | CompiledMoveState;

/**
 * A heat bath sampler of exp(-H/T) over spins +-1, or labels 0 ... q - 1. In compiled code a probability p is float32's of
 * float32 energies, and the uniform that it is compared with is rounded to 24 bits: the chance is p to 2^-24.
 *
 * With a temperature T_i of its own for every node, node i takes its value with probability e^{-H(v)/T_i} / sum over w: each
 * node has a bath of its own, and where these differ the stationary law is no exp(-H/T), depends on the order of the moves and
 * carries heat from the hot nodes to the cold (`stationaryLaw` of `transitionMatrix` has it exactly on small graphs).
 *
 * @throws RangeError if a temperature is negative, for temperatures that are not one a node, for states, orders and engines that are none; TypeError for a term
 *         that the engine cannot run; at `init` for a field of other values, or centred
 * @example
 * const ising = hamiltonian(torus(64, 64), [bond((a, b) => a.mul(b).sum().neg())]);
 * await sample(heatBath(ising, { temperature: 2.5 }), { chains: 16, steps: 1000 });
 */
export const heatBath = (energy: Hamiltonian, options: MoveOptions): Sampler<MoveState> => moveSampler('heatBath', 'heat bath', energy, options);

export function moveSampler(caller: string, rule: Exclude<MoveRule, 'metropolis'>, energy: Hamiltonian, options: MoveOptions): Sampler<MoveState> {
  const { states, order = 'colouring', engine = 'auto' } = options;
  checkMoveOptions(caller, { order, engine, states });
  const temperature = asNodeSchedule(caller, options.temperature, energy.graph.nodeCount);
  const chosen = moveEngineFor(caller, energy, { states, order, engine });
  const name = `${rule} (${states === undefined ? 'spins' : `${states} labels`}, ${order} order${chosen === 'interpreter' ? '' : `, ${chosen}`})`;
  if (chosen === 'interpreter') return interpretedMoves(energy, siteRule(caller, rule, states), { name, temperature, order }) as Sampler<MoveState>;
  return compiledMoves(energy, rule, states, { name, temperature, order, caller, engine: chosen }) as Sampler<MoveState>;
}
