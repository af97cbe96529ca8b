// The result of a measurement: a number and its interval at the stated level.

/** An estimate with its interval, both in the units of the quantity. */
export interface Estimate {
  readonly estimate: number;
  readonly interval: readonly [low: number, high: number];
}

/** @throws RangeError unless 0 < level < 1 */
export function checkLevel(caller: string, level: number): void {
  if (!(level > 0 && level < 1)) throw new RangeError(`${caller}: level must be in (0, 1), got ${level}`);
}
