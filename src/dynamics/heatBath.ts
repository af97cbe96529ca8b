// The heat bath (Gibbs sampler) on one site at a time: a node takes the value v with probability
//   e^{-H(v)/T} / sum over w of e^{-H(w)/T},
// the others held; for spins +-1, +1 with probability 1 / (1 + e^{(H(+1) - H(-1)) / T}). A step is a sweep.
// Sources: Creutz, Phys. Rev. D 21 (1980) 2308, doi:10.1103/PhysRevD.21.2308; Geman and Geman, IEEE Trans. Pattern
// Anal. Mach. Intell. 6 (1984) 721, doi:10.1109/TPAMI.1984.4767596.
import type { MoveRule } from '../codegen/index.js';
import type { Hamiltonian } from '../energy/index.js';
import { compiledMoves, type CompiledMoveState } from './compiledMoves.js';
import { interpretedMoves, type InterpretedState } from './interpretedMoves.js';
import { checkMoveOptions, moveEngineFor, type MoveOptions } from './moveEngine.js';
import type { Sampler } from './sampler.js';
import { asSchedule } from './schedule.js';
import { siteRule } from './siteRule.js';

export type MoveState = InterpretedState | CompiledMoveState;

/**
 * A heat bath sampler of exp(-H/T) over spins +-1, or labels 0 ... q - 1. In compiled code a probability p is float32's of
 * float32 energies, and the uniform that it is compared with is rounded to 24 bits: the chance is p to 2^-24.
 *
 * @throws RangeError if the temperature is negative, for states, orders and engines that are none; TypeError for a term
 *         that the engine cannot run; at `init` for a field of other values, or centred
 * @example
 * const ising = hamiltonian(torus(64, 64), [bond((a, b) => a.mul(b).sum().neg())]);
 * await sample(heatBath(ising, { temperature: 2.5 }), { chains: 16, steps: 1000 });
 */
export const heatBath = (energy: Hamiltonian, options: MoveOptions): Sampler<MoveState> => moveSampler('heatBath', 'heat bath', energy, options);

export function moveSampler(caller: string, rule: Exclude<MoveRule, 'metropolis'>, energy: Hamiltonian, options: MoveOptions): Sampler<MoveState> {
  const { states, order = 'colouring', engine = 'auto' } = options;
  checkMoveOptions(caller, { order, engine, states });
  const chosen = moveEngineFor(caller, energy, { states, order, engine });
  const name = `${rule} (${states === undefined ? 'spins' : `${states} labels`}, ${order} order${chosen === 'interpreter' ? '' : `, ${chosen}`})`;
  const settings = { name, temperature: asSchedule(options.temperature), order };
  if (chosen !== 'interpreter') return compiledMoves(energy, rule, states, { ...settings, caller, engine: chosen }) as Sampler<MoveState>;
  return interpretedMoves(energy, siteRule(caller, rule, states), settings) as Sampler<MoveState>;
}
