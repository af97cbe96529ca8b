// Metropolis-Hastings on one site at a time: a move is taken with probability
// min(1, e^{-dH/T} q(x|x') / q(x'|x)) (Metropolis et al. 1953, doi:10.1063/1.1699114; EMTD sections 3.1,
// 3.2). A step is a sweep: as many attempts as there are nodes. Chains are independent.
import type { MoveOrder } from '../../codegen/index.js';
import type { Hamiltonian } from '../../energy/index.js';
import { compiledMoves, type CompiledMoveState } from './compiledMoves.js';
import { interpretedMoves, type InterpretedState } from './interpretedMoves.js';
import { checkMoveOptions, type MoveEngine, moveEngineFor } from './moveEngine.js';
import { isUniform, type Proposal } from './proposal.js';
import { asNodeSchedule, type NodeTemperature } from '../langevin/nodeTemperature.js';
import type { Sampler } from '../sampler.js';
import { reduced, type SiteRule } from './siteRule.js';

export interface MetropolisOptions {
  /** One for all nodes, or one per node: [nodes], or a schedule of such arrays. */
  readonly temperature: NodeTemperature;
  readonly proposal: Proposal;
  /**
   * Sites drawn at random with replacement (default), in order, or by classes that do not interact. The latter two keep the
   * stationary law, but not detailed balance, and need not reach it: a move that costs nothing is always taken, so that flips of an
   * Ising ring by classes move every domain wall at the speed of light, and as many walls go to the left, less those that go
   * to the right, as in the beginning, for ever. The heat bath and Glauber's rule, which may refuse such moves, are ergodic in any order.
   */
  readonly order?: MoveOrder;
  /**
   * `interpreter`: float64, any proposal and energy. `wasm`: code compiled for `flip` and `relabel` with an energy made of
   * expressions, which draws other numbers for labels; `webgpu` the same, by classes, without `globalSum`. `auto` (default): wasm
   * where that can be.
   */
  readonly engine?: MoveEngine;
}

export type MetropolisState = InterpretedState | CompiledMoveState;

/**
 * A Metropolis sampler of exp(-H/T). With a temperature of its own for every node the stationary law is another: see `heatBath`.
 *
 * @throws RangeError if a temperature is negative, for temperatures that are not one a node, for an unknown order or engine; TypeError for an energy or a
 *         proposal that the engine cannot run, at `init` if the field's codomain is not the proposal's; RangeError for
 *         a centred field (single-site moves shift the mean)
 * @example metropolis(energy, { temperature: 2, proposal: flip })
 */
export function metropolis(energy: Hamiltonian, options: MetropolisOptions): Sampler<MetropolisState> {
  const { proposal, order = 'random', engine = 'auto' } = options;
  checkMoveOptions('metropolis', { order, engine });
  if (engine !== 'auto' && engine !== 'interpreter' && !isUniform(proposal)) {
    throw new TypeError(`metropolis: the proposal "${proposal.name}" runs on engine 'interpreter' only`);
  }
  const temperature = asNodeSchedule('metropolis', options.temperature, energy.graph.nodeCount);
  const name = `metropolis (${proposal.name}, ${order} order`;
  const chosen = engine === 'auto' && !isUniform(proposal) ? 'interpreter' : moveEngineFor('metropolis', energy, { states: proposal.states, order, engine });
  if (chosen === 'interpreter') return interpretedMoves(energy, ruleOf(proposal), { name: `${name})`, temperature, order }) as Sampler<MetropolisState>;
  return compiledMoves(energy, 'metropolis', proposal.states, {
    name: `${name}, ${chosen})`, temperature, order, caller: 'metropolis', engine: chosen,
  }) as Sampler<MetropolisState>;
}

function ruleOf(proposal: Proposal): SiteRule {
  const { codomain, states, draws } = proposal;
  return {
    caller: 'metropolis', moves: `the proposal "${proposal.name}"`, codomain, ...(states === undefined ? {} : { states }), draws,
    choose(value, draw, uniform, change, temperature, out) {
      const logRatio = proposal.propose(value, draw, out);
      return uniform < Math.exp(logRatio - reduced(change(out), temperature));
    },
  };
}
