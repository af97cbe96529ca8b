// Rules of options that samplers and runs share, beside those of src/numerics/rules.ts.
import { typed } from '../numerics/options.js';
import { anything, integer } from '../numerics/rules.js';
import type { NodeTemperature } from './schedules/nodeTemperature.js';
import type { Temperature } from './schedules/schedule.js';

export const count = integer(1, Number.MAX_SAFE_INTEGER);
export const countOrZero = integer(0, Number.MAX_SAFE_INTEGER);

/** Checked where it becomes a schedule: `asSchedule`, `asNodeSchedule`. */
export const aTemperature = typed<Temperature>(anything);
export const aNodeTemperature = typed<NodeTemperature>(anything);
