// Metropolis-Hastings on one site at a time: a move is taken with probability
//   min(1, e^{-dH/T} q(x|x') / q(x'|x)).
// A step is a sweep: as many attempts as there are nodes. Chains are independent. Sources: Metropolis et al.,
// J. Chem. Phys. 21 (1953) 1087, doi:10.1063/1.1699114; EMTD sections 3.1, 3.2.
import type { MoveOrder } from '../../codegen/index.js';
import { type Hamiltonian, requireEnergy } from '../../energies/index.js';
import type { Sampler } from '../sampler.js';
import { byDefault, needed, type Options, type OptionsOf, readOptions } from '../../numerics/options.js';
import { aNodeTemperature } from '../check.js';
import { anEngine } from '../engine.js';
import { anOrder, moveSampler, type MoveState } from './moveSampler.js';
import { aProposal, isUniform, proposedBy } from './proposal.js';
import { reduced } from './siteRule.js';

const metropolisOptions = {
  /** T, in units of energy; k_B = 1: one number, one per node, or a schedule. */
  temperature: needed(aNodeTemperature),
  /**
   * How a new value is drawn: `flip`, `relabel(q)`, `gaussian(width)`, `logNormal(width)`, or one of your
   * own.
   */
  proposal: needed(aProposal),
  /**
   * Sites drawn at random with replacement (default), in order, or by classes that do not interact. The
   * latter two keep the stationary law, but not detailed balance, and need not reach it: a move that costs
   * nothing is always taken. Flips of an Ising ring by classes, for example, move every domain wall at the
   * speed of light, and the number of walls that go to the left less those that go to the right never
   * changes. The heat bath and Glauber's rule, which may refuse such moves, are
   * ergodic in any order. `random` by default.
   */
  order: byDefault<MoveOrder>('random', anOrder),
  /** `wasm` and `webgpu` run `flip` and `relabel` only, and draw other numbers for labels; `auto` by default. */
  engine: anEngine,
};

/** Options of `metropolis`. */
export interface MetropolisOptions extends Options, OptionsOf<typeof metropolisOptions> {}

/** Where a `metropolis` sampler stands. */
export type MetropolisState = MoveState;

/**
 * A Metropolis sampler of exp(-H/T). With a temperature of its own for every node the stationary law is
 * another: see `heatBath`.
 *
 * @throws as `heatBath`; TypeError for a proposal that the engine cannot run
 * @example
 * const ising = hamiltonian(torus(8, 8), [bond((a, b) => a.mul(b).sum().neg())]);
 * const samples = await sample(metropolis(ising, { temperature: 2.5, proposal: dynamics.flip }),
 *   { chains: 16, burnIn: 200, steps: 2000, seed: 1 });
 * interval(observe(samples, energyOf(ising)).map(mean)); // { estimate: -77.98, interval: [-78.69, -77.28] }
 * mean(samples.acceptance!); // 0.2825
 */
export function metropolis(energy: Hamiltonian, options: MetropolisOptions): Sampler<MetropolisState> {
  requireEnergy('metropolis', energy);
  const { proposal, ...given } = readOptions('metropolis', options, metropolisOptions);
  const propose = proposedBy('metropolis', proposal);
  return moveSampler(
    energy,
    {
      ...proposal,
      caller: 'metropolis',
      moves: `the proposal "${proposal.name}"`,
      choose: (value, draw, uniform, change, temperature, out) =>
        uniform < Math.exp(propose(value, draw, out) - reduced(change(out), temperature)),
    },
    'metropolis',
    given,
    proposal.name,
    isUniform(proposal),
  );
}
