// Overdamped Langevin dynamics dx = - grad H dt + sqrt(2 T) dW, of which exp(-H/T) is the stationary law
// (EMTD sections 1.3 and 3.2, with the noise that fluctuation-dissipation asks for). Two schemes:
//
//   Leimkuhler-Matthews  x' = x - grad H dt + sqrt(2 T dt) (xi_n + xi_(n+1)) / 2
//   Euler-Maruyama       x' = x - grad H dt + sqrt(2 T dt) xi_n
//
// The first (Appl. Math. Res. Express 2013, 34, doi:10.1093/amrx/abs010) has averages right to second
// order in dt, and exactly right for quadratic H. It is for equilibrium averages at constant T under
// additive noise: not for work, rates or detailed balance. The second is biased at first order.
import type { LangevinMethod } from '../codegen/index.js';
import type { Hamiltonian } from '../energy/index.js';
import { compiledLangevin, type CompiledState } from './compiledLangevin.js';
import { engineFor, type Engine } from './engine.js';
import { inMemory, onGpu } from './heldField.js';
import type { Sampler } from './sampler.js';
import { asSchedule, type Schedule, type Temperature } from './schedule.js';
import { tensorLangevin, type TensorState } from './tensorLangevin.js';

export interface LangevinOptions {
  /** In units of energy; a number or a schedule. */
  readonly temperature: Temperature;
  /** dt, in units of (field squared) / energy: the mobility is 1. */
  readonly timeStep: number;
  readonly method?: LangevinMethod;
  /** What runs it: `auto` compiles energies made of expressions for all cores, and takes tensors for others. */
  readonly engine?: Engine;
}

/** The options, checked and with a name. */
export interface LangevinSetup {
  readonly name: string;
  readonly temperature: Schedule;
  readonly timeStep: number;
  readonly method: LangevinMethod;
}

export type LangevinState = TensorState | CompiledState;

/**
 * A Langevin sampler of exp(-H/T). One step is the same on all engines to float32 rounding.
 *
 * @throws RangeError if timeStep is not positive or, at `init`, beyond the stability bound 2 / lambda_max
 *         of the energy's curvature there (not asked of more than 2^20 numbers a chain); if the temperature is negative; for an
 *         unknown method or engine;
 *         TypeError for an engine that cannot run one of the terms
 * @example langevin(energy, { temperature: 1, timeStep: 0.1 })
 */
export function langevin(energy: Hamiltonian, options: LangevinOptions): Sampler<LangevinState> {
  const { timeStep, method = 'leimkuhler-matthews' } = options;
  const temperature = asSchedule(options.temperature);
  if (!(timeStep > 0 && Number.isFinite(timeStep))) {
    throw new RangeError(`langevin: timeStep must be positive, got ${timeStep}`);
  }
  if (method !== 'leimkuhler-matthews' && method !== 'euler-maruyama') {
    throw new RangeError(`langevin: method must be leimkuhler-matthews or euler-maruyama, got ${method as string}`);
  }
  const setup: LangevinSetup = { name: `langevin (${method}, dt = ${timeStep})`, temperature, timeStep, method };
  switch (engineFor('langevin', energy, options.engine)) {
    case 'tensors': return tensorLangevin(energy, setup) as Sampler<LangevinState>;
    case 'webgpu': return compiledLangevin(energy, setup, onGpu) as Sampler<LangevinState>;
    case 'wasm': return compiledLangevin(energy, setup, inMemory) as Sampler<LangevinState>;
  }
}
