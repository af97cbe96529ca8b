// What samples must be: counts that are those of their states and, for a run to go on from them, records that
// fit each other and the state. The state is checked by its sampler.
import { got, requireInteger } from '../numerics/check.js';
import { lengthOf, requirePlace } from './checkState.js';
import type { Samples } from './sampleResult.js';

type Records = Pick<
  Samples,
  'begin' | 'every' | 'steps' | 'temperatures' | 'nodeTemperatures' | 'states' | 'state'
>;

/**
 * @throws TypeError unless it is samples; RangeError unless each record has nodes x components x chains
 * numbers
 */
export function requireCounts(
  caller: string,
  samples: Pick<Samples, 'states' | 'nodes' | 'components' | 'chains'>,
  name = 'the samples',
): void {
  if (!Array.isArray(samples?.states))
    throw new TypeError(
      `${caller}: ${name} must have a list of states, as sample() returns them, got ${got(samples)}`,
    );
  const { states, nodes, components, chains } = samples;
  for (const [what, count] of Object.entries({ nodes, components, chains })) {
    requireInteger(caller, `${what} of ${name}`, count, 1, Number.MAX_SAFE_INTEGER);
  }
  const size = nodes * components * chains;
  const wrong = states.findIndex((values) => values?.length !== size);
  if (wrong < 0) return;
  const rule = `states[${wrong}] of ${name} must have nodes x components x chains = ${nodes} x ${components} x ${chains} numbers`;
  throw new RangeError(`${caller}: ${rule}, got ${states[wrong]?.length}`);
}

/** @throws TypeError, RangeError for samples to go on whose records do not fit each other or their state */
export function requireRecords(
  caller: string,
  { begin = 0, every, steps, temperatures, nodeTemperatures, states, state }: Records,
): void {
  requirePlace(caller, state);
  requireInteger(caller, 'begin of the samples', begin, 0, state.step);
  requireInteger(caller, 'every of the samples', every, 1, Number.MAX_SAFE_INTEGER);
  if (!Array.isArray(states))
    throw new TypeError(`${caller}: states of the samples must be a list, got ${got(states)}`);
  const lists = { steps, temperatures, states, ...(nodeTemperatures !== undefined && { nodeTemperatures }) };
  for (const [name, list] of Object.entries(lists)) {
    if (!Array.isArray(list))
      throw new TypeError(`${caller}: ${name} of the samples must be a list, got ${got(list)}`);
    if (list.length !== states.length)
      throw new RangeError(
        `${caller}: ${name} of the samples must have one per record (${states.length}), got ${list.length}`,
      );
  }
  steps.forEach((step, k) =>
    requireInteger(
      caller,
      `steps[${k}] of the samples`,
      step,
      k === 0 ? begin : steps[k - 1] + 1,
      state.step,
    ),
  );
  const length = lengthOf(caller, 'values', state.shape);
  const wrong = states.findIndex((values) => !(values instanceof Float32Array && values.length === length));
  if (wrong >= 0)
    throw new RangeError(
      `${caller}: states[${wrong}] of the samples must be ${length} numbers in a Float32Array, got ${got(states[wrong])}`,
    );
  const broken = states.findIndex((values) => !allFinite(values));
  if (broken >= 0)
    throw new RangeError(
      `${caller}: states[${broken}] of the samples must be finite, got ${(states[broken] as Float32Array).find((x) => !Number.isFinite(x))}`,
    );
}

/** Whether all x - x are 0, as they are unless x is NaN or infinite. */
export function allFinite(values: Float32Array): boolean {
  let differences = 0;
  for (let i = 0; i < values.length; i++) differences += values[i] - values[i];
  return differences === 0;
}
