// Which field stands where on each ladder of a parallel tempering, and how often a field came from the lowest
// rung to the highest and back: the measure of how well a ladder mixes. Source: Katzgraber, Trebst, Huse,
// Troyer, J. Stat. Mech. (2006) P03018, doi:10.1088/1742-5468/2006/03/P03018.

/**
 * `[rungs, ladders]`: the field on each rung, its stage (1 since it was at the bottom, 2 since it then was at
 * the top).
 */
export interface RungsState {
  readonly at: Int32Array;
  readonly stages: Uint8Array;
  /** Round trips by ladder. */
  readonly trips: Float64Array;
}

/** Every field on the rung of its own number. */
export const startRungs = (rungs: number, ladders: number): RungsState => ({
  at: Int32Array.from({ length: rungs * ladders }, (_, place) => Math.floor(place / ladders)),
  stages: new Uint8Array(rungs * ladders),
  trips: new Float64Array(ladders),
});

export const copyRungs = (rungs: RungsState): RungsState => structuredClone(rungs);

/**
 * Rungs k and k + 1 of a ladder change places. A trip counts from the bottom: fields that start higher begin
 * there.
 */
export function swapRungs({ at, stages, trips }: RungsState, k: number, ladder: number): void {
  const ladders = trips.length;
  const [low, high] = [k * ladders + ladder, (k + 1) * ladders + ladder];
  [at[low], at[high]] = [at[high], at[low]];
  const stageOf = (place: number): number => at[place] * ladders + ladder;
  if (high + ladders >= at.length && stages[stageOf(high)] === 1) stages[stageOf(high)] = 2;
  if (k > 0) return;
  if (stages[stageOf(low)] === 2) trips[ladder]++;
  stages[stageOf(low)] = 1; // has been at the bottom
}
