// Checks of options that samplers and runs share, beside those of src/numerics/check.ts.
import { type Hamiltonian, requireEnergy } from '../energies/index.js';
import { checkOptions, type Rules, typed } from '../numerics/options.js';
import { anything, integer } from '../numerics/rules.js';
import type { NodeTemperature } from './schedules/nodeTemperature.js';

/** Checks what every sampler is given. */
export function checkSampler<Options extends object>(
  caller: string,
  energy: Hamiltonian,
  options: Options,
  rules: Rules<Options>,
): void {
  requireEnergy(caller, energy);
  checkOptions(caller, options, rules);
}

export const count = integer(1, Number.MAX_SAFE_INTEGER);
export const countOrZero = integer(0, Number.MAX_SAFE_INTEGER);

/** Checked where it becomes a schedule: `asSchedule`, `asNodeSchedule`. */
export const aTemperature = typed<NodeTemperature>(anything);
