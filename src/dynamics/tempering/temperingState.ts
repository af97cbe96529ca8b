// Where a parallel tempering stands, and what a state must be for a run to go on from it. The states of the
// rungs are checked by their samplers.
import { got, requireInteger } from '../../numerics/check.js';
import { aSeed, type Seed } from '../../randomness/index.js';
import { requireRecords } from '../checkRecords.js';
import { requirePlace } from '../checkState.js';
import type { Samples } from '../sampleResult.js';
import type { SavedState } from '../sampler.js';
import type { RungsState } from './roundTrips.js';

/** Where a `parallelTempering` run stands. */
export interface TemperingState {
  /** Rounds done. */
  readonly round: number;
  /**
   * Steps done in these rounds. After a stop inside a round, the sampler of a temperature may be further on.
   */
  readonly step: number;
  readonly seed: Seed;
  readonly saved: readonly SavedState[];
  readonly rungs: RungsState;
}

const CALLER = 'parallelTempering';

/**
 * @throws TypeError, RangeError for a state of another ladder, and for one whose parts do not fit each other
 */
export function requireTemperingState(
  { round, step, seed, saved, rungs }: TemperingState,
  temperatures: number,
): void {
  requireInteger(CALLER, 'the round of the state', round, 0, Number.MAX_SAFE_INTEGER);
  aSeed(CALLER, 'the seed of the state', seed as never);
  if (!Array.isArray(saved))
    throw new TypeError(`${CALLER}: saved must be a list of states, got ${got(saved)}`);
  if (saved.length !== temperatures)
    throw new RangeError(
      `${CALLER}: cannot resume a ladder of ${saved.length} temperatures on one of ${temperatures}`,
    );
  for (const each of saved as readonly SavedState[]) {
    if (typeof each !== 'object' || each === null)
      throw new TypeError(`${CALLER}: saved must be a list of states, got ${got(each)}`);
    requirePlace(CALLER, each);
    requireInteger(CALLER, 'the step of the state', step, 0, each.step);
  }
  requireRungs(rungs, temperatures, (saved as readonly SavedState[])[0].shape[2]);
}

/** On each ladder every field stands on one rung. */
function requireRungs(rungs: Partial<RungsState> | null, count: number, ladders: number): void {
  const { at, stages, trips } = rungs ?? {};
  const refuse = (rule: string, value: unknown): never => {
    throw new RangeError(`${CALLER}: rungs.${rule}, got ${got(value)}`);
  };
  const size = count * ladders;
  if (!(at instanceof Int32Array && at.length === size))
    return refuse(`at must be an Int32Array of ${size}`, at);
  if (!(stages instanceof Uint8Array && stages.length === size))
    return refuse(`stages must be a Uint8Array of ${size}`, stages);
  if (!(trips instanceof Float64Array && trips.length === ladders))
    return refuse(`trips must be a Float64Array of ${ladders}`, trips);
  for (let ladder = 0; ladder < ladders; ladder++) {
    const fields = at.filter((_, place) => place % ladders === ladder).sort();
    fields.forEach(
      (field, rung) =>
        field === rung || refuse(`at must have each of ${count} fields once on a ladder`, field),
    );
  }
  const stage = stages.find((each) => each > 2);
  if (stage !== undefined) refuse('stages must be 0, 1 or 2', stage);
  const trip = trips.find((each) => !(Number.isInteger(each) && each >= 0));
  if (trip !== undefined) refuse('trips must be counts', trip);
}

/** @throws TypeError, RangeError for a run to go on whose records do not fit its state */
export function requireTemperingRecords(
  samples: readonly Samples[],
  swaps: readonly unknown[],
  temperatures: number,
): void {
  const lists = { samples: [samples, temperatures], swaps: [swaps, temperatures - 1] } as const;
  for (const [name, [list, length]] of Object.entries(lists)) {
    if (!Array.isArray(list) || list.length !== length)
      throw new RangeError(`${CALLER}: ${name} to resume must be a list of ${length}, got ${got(list)}`);
  }
  for (const each of samples) requireRecords(CALLER, each);
}
