// Overdamped Langevin dynamics dx = - grad H dt + sqrt(2 T) dW, of which exp(-H/T) is the stationary law
// (EMTD sections 1.3 and 3.2, with the noise that fluctuation-dissipation asks for). Two schemes:
//
//   Leimkuhler-Matthews  x' = x - grad H dt + sqrt(2 T dt) (xi_n + xi_(n+1)) / 2
//   Euler-Maruyama       x' = x - grad H dt + sqrt(2 T dt) xi_n
//
// The first (Appl. Math. Res. Express 2013, 34, doi:10.1093/amrx/abs010) has averages right to second
// order in dt, and exactly right for quadratic H. It is for equilibrium averages at constant T under
// additive noise: not for work, rates or detailed balance. The second is biased at first order.
import { langevinInputs, langevinUpdate, type LangevinMethod } from '../../codegen/index.js';
import type { Hamiltonian } from '../../energy/index.js';
import { requirePositive } from '../../numerics/check.js';
import { type Engine, requireOneOf } from '../engine.js';
import { asNodeSchedule, type NodeTemperature } from './nodeTemperature.js';
import type { Sampler } from '../sampler.js';
import { requireStable } from './stability.js';
import { updateSampler, type UpdateState } from './updateSampler.js';

export interface LangevinOptions {
  /** In units of energy; a number or a schedule, or one per node: [nodes], or a schedule of such arrays. */
  readonly temperature: NodeTemperature;
  /** dt, in units of (field squared) / energy: the mobility is 1. */
  readonly timeStep: number;
  readonly method?: LangevinMethod;
  /** What runs it: `auto` compiles energies made of expressions for all cores, and takes tensors for others. */
  readonly engine?: Engine;
}

export type LangevinState = UpdateState;

/**
 * A Langevin sampler of exp(-H/T). One step is the same on all engines to float32 rounding.
 *
 * With a temperature T_i of its own for every node, dx_i = -d_i H dt + sqrt(2 T_i) dW_i, there is no exp(-H/T): where they differ
 * the stationary state carries heat, T_i <d_i^2 H> - <(d_i H)^2> a unit of time from the bath of node i. For quadratic
 * H, and to this order for others, Leimkuhler-Matthews then loses its second order: each mode has the variance of dt = 0, but two
 * modes of rates a and b have the covariance of dt = 0 less a share dt (a - b)^2 / 4 (a + b), of first order. Euler-Maruyama
 * is of first order in both. `langevinCovariance` has all three exactly.
 *
 * @throws RangeError if timeStep is not positive or, at `init`, beyond the stability bound 2 / lambda_max
 *         of the energy's curvature there (not asked of more than 2^20 numbers a chain); if a temperature is negative, or there is not one a node; for an
 *         unknown method or engine;
 *         TypeError for an engine that cannot run one of the terms
 * @example langevin(energy, { temperature: 1, timeStep: 0.1 })
 */
export function langevin(energy: Hamiltonian, options: LangevinOptions): Sampler<LangevinState> {
  const { timeStep, method = 'leimkuhler-matthews' } = options;
  const temperature = asNodeSchedule('langevin', options.temperature, energy.graph.nodeCount);
  requirePositive('langevin', 'timeStep', timeStep);
  requireOneOf('langevin', 'method', Object.keys(langevinUpdate), method);
  return updateSampler(energy, {
    caller: 'langevin', name: `langevin (${method}, dt = ${timeStep})`, temperature,
    update: langevinUpdate[method],
    numbers: new Map([[langevinInputs.timeStep, timeStep]]),
    amplitude: (T) => Math.sqrt(2 * T * timeStep),
    check: (field) => requireStable('langevin', energy, field, timeStep),
  }, options.engine);
}
