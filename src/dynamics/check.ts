// Checks of options that samplers and runs share, beside those of src/numerics/check.ts.
import { requireInteger } from '../numerics/check.js';

export function requireOneOf(caller: string, what: string, known: readonly string[], value: string): void {
  if (!known.includes(value)) throw new RangeError(`${caller}: ${what} must be one of ${known.join(', ')}, got ${value}`);
}

/** @throws RangeError unless burnIn is an integer of at least 0, and the others of at least 1 */
export function requireCounts(caller: string, counts: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(counts)) {
    requireInteger(caller, name, value, name === 'burnIn' ? 0 : 1, Number.MAX_SAFE_INTEGER);
  }
}

/** @throws RangeError unless there are at least two values, each above the one before */
export function requireAscending(caller: string, name: string, values: readonly number[]): void {
  if (values.length < 2) throw new RangeError(`${caller}: needs at least two ${name}, got ${values.length}`);
  values.forEach((value, k) => {
    if (k > 0 && !(value > values[k - 1])) throw new RangeError(`${caller}: ${name} must ascend, got ${values[k - 1]} before ${value}`);
  });
}
