// Overdamped Langevin dynamics dx = - grad H dt + sqrt(2 T) dW, of which exp(-H/T) is the stationary law
// (EMTD sections 1.3 and 3.2, with the noise that fluctuation-dissipation asks for). Two schemes:
//
//   Leimkuhler-Matthews  x' = x - grad H dt + sqrt(2 T dt) (xi_n + xi_(n+1)) / 2
//   Euler-Maruyama       x' = x - grad H dt + sqrt(2 T dt) xi_n
//
// The first (Appl. Math. Res. Express 2013, 34, doi:10.1093/amrx/abs010) has averages right to second
// order in dt, and exactly right for quadratic H. It is for equilibrium averages at constant T under
// additive noise: not for work, rates or detailed balance. The second is biased at first order.
import { langevinInputs, langevinUpdate, type LangevinMethod, type Update } from '../../codegen/index.js';
import { type Hamiltonian, requireEnergy } from '../../energies/index.js';
import {
  byDefault,
  type Filled,
  needed,
  type Options,
  type OptionsOf,
  readOptions,
} from '../../numerics/options.js';
import { oneOf, positive } from '../../numerics/rules.js';
import { aNodeTemperature } from '../check.js';
import { anEngine } from '../engine.js';
import { requireContinuous } from './continuousField.js';
import { asNodeSchedule } from '../schedules/nodeTemperature.js';
import type { Sampler } from '../sampler.js';
import { requireStable } from './stability.js';
import type { UpdateSetup } from './tensorLangevin.js';
import { updateSampler, type UpdateState } from './updateSampler.js';

export const overdampedOptions = {
  /** T, in units of energy; k_B = 1: one number, one per node, or a schedule. */
  temperature: needed(aNodeTemperature),
  /** dt, in units of (field squared) / energy: the mobility is 1. */
  timeStep: needed(positive),
  /** What runs it; `auto` by default. */
  engine: anEngine,
};

/** Options of overdamped dynamics. */
export interface OverdampedOptions extends Options, OptionsOf<typeof overdampedOptions> {}

export const langevinOptions = {
  ...overdampedOptions,
  /** The scheme; `leimkuhler-matthews` by default. */
  method: byDefault<LangevinMethod>('leimkuhler-matthews', oneOf('leimkuhler-matthews', 'euler-maruyama')),
};

/** Options of `langevin`. */
export interface LangevinOptions extends Options, OptionsOf<typeof langevinOptions> {}

/** Where a `langevin` sampler stands. */
export type LangevinState = UpdateState;

/**
 * A Langevin sampler of exp(-H/T). One step is the same on all engines to float32 rounding.
 *
 * With a temperature T_i for each node, dx_i = -d_i H dt + sqrt(2 T_i) dW_i, the law is not exp(-H/T): where
 * temperatures differ the stationary state carries heat, T_i <d_i^2 H> - <(d_i H)^2> per unit of time from
 * the bath of node i. For quadratic H, and to this order for others, Leimkuhler-Matthews then loses its
 * second order: each mode has the variance of dt = 0, but two modes of rates a and b have the covariance of
 * dt = 0 less a share dt (a - b)^2 / 4 (a + b), of first order. Euler-Maruyama
 * is of first order in both. `langevinCovariance` has all three exactly.
 *
 * @throws RangeError if timeStep is not positive or, at `init`, beyond the stability bound 2 / lambda_max of
 * the energy's curvature there (not tested for more than 2^20 numbers per chain); if a temperature is
 * negative, or there is not one per node; for an unknown method or engine; TypeError for an engine that
 * cannot run one of the terms, and at `init` for spins and labels
 * @example
 * const energy = hamiltonian(smallWorld(50, 4, 0.1, { seed: 1 }), [interaction()]);
 * const samples = await sample(langevin(energy, { temperature: 1, timeStep: 0.05 }),
 *   { chains: 16, burnIn: 200, steps: 2000, every: 10, seed: 1 });
 * interval(observe(samples, energyOf(energy)).map(mean)); // { estimate: 24.47, interval: [24.30, 24.63] }
 */
export function langevin(energy: Hamiltonian, options: LangevinOptions): Sampler<LangevinState> {
  requireEnergy('langevin', energy);
  const given = readOptions('langevin', options, langevinOptions);
  return overdamped('langevin', energy, given, langevinUpdate[given.method], {
    name: `langevin (${given.method}, dt = ${given.timeStep})`,
  });
}

/** A sampler by an update of overdamped dynamics, whose noise is sqrt(2 T dt) xi. */
export function overdamped(
  caller: string,
  energy: Hamiltonian,
  { temperature, timeStep, engine }: Filled<typeof overdampedOptions>,
  update: Update,
  others: Pick<UpdateSetup, 'name' | 'law' | 'slope'>,
): Sampler<UpdateState> {
  return updateSampler(
    energy,
    {
      caller,
      temperature: asNodeSchedule(caller, temperature, energy.graph.nodeCount),
      update,
      ...others,
      numbers: new Map([[langevinInputs.timeStep, timeStep]]),
      amplitude: (T) => Math.sqrt(2 * T * timeStep),
      needs: ['noise'],
      check: (field) => requireContinuous(caller, field, energy),
      checkStart: (field) => requireStable(caller, energy, field, timeStep),
    },
    engine,
  );
}
