// Named errors for arguments: every message says which function, which rule, and which value broke it.

/** A value in a message: strings in quotes, lists by their length. */
export function got(value: unknown): string {
  if (typeof value === 'string')
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}...` : value);
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return `a list of ${(value as ArrayLike<unknown>).length}`;
  return typeof value === 'object' && value !== null
    ? `an object (${value.constructor?.name ?? 'no class'})`
    : String(value);
}

/** Throws unless `value` is an integer in [least, most]. */
export function requireInteger(
  caller: string,
  name: string,
  value: number,
  least: number,
  most = 2 ** 31 - 1,
): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${caller}: ${name} must be an integer in [${least}, ${most}], got ${got(value)}`);
}

/** Throws unless `value` is a finite number above zero. */
export function requirePositive(caller: string, name: string, value: number): void {
  if (Number.isFinite(value) && value > 0) return;
  throw new RangeError(`${caller}: ${name} must be positive and finite, got ${got(value)}`);
}

/** Throws unless `value` is a finite number, zero or above. */
export function requireNonNegative(caller: string, name: string, value: number): void {
  if (Number.isFinite(value) && value >= 0) return;
  throw new RangeError(`${caller}: ${name} must be finite and not negative, got ${got(value)}`);
}

/** Throws unless each of these numbers, by name, is finite and above zero. */
export function requireAllPositive(caller: string, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) requirePositive(caller, name, value);
}

/** Throws unless `value` is a number that is not infinite. */
export function requireFinite(caller: string, name: string, value: number): void {
  if (!Number.isFinite(value)) throw new RangeError(`${caller}: ${name} must be finite, got ${got(value)}`);
}

/** Throws unless `value` is in [0, 1]. */
export function requireFraction(caller: string, name: string, value: number): void {
  if (!(typeof value === 'number' && value >= 0 && value <= 1))
    throw new RangeError(`${caller}: ${name} must be in [0, 1], got ${got(value)}`);
}

/** Throws unless `value` is above 0 and below 1. */
export function requireOpenFraction(caller: string, name: string, value: number): void {
  if (!(typeof value === 'number' && value > 0 && value < 1))
    throw new RangeError(`${caller}: ${name} must be in (0, 1), got ${got(value)}`);
}

/** Throws unless it is a list of numbers, none of them NaN. */
export function requireNumbers(caller: string, name: string, values: ArrayLike<number>): void {
  const isList = Array.isArray(values) || ArrayBuffer.isView(values);
  if (!isList) throw new TypeError(`${caller}: ${name} must be a list of numbers, got ${got(values)}`);
  for (let i = 0; i < values.length; i++) {
    if (typeof values[i] === 'number' && !Number.isNaN(values[i])) continue;
    throw new RangeError(`${caller}: ${name}[${i}] must be a number, got ${got(values[i])}`);
  }
}

/** Throws unless the list has one value per node, or per another unit. */
export function requireOnePer(
  caller: string,
  name: string,
  { length }: ArrayLike<unknown>,
  count: number,
  unit = 'node',
): void {
  if (length !== count)
    throw new RangeError(`${caller}: ${name} must have one value per ${unit} (${count}), got ${length}`);
}

/** How many records a run of `time` has, one at each `every`; one, at the end, where `every` is not given. */
export function requireRecords(caller: string, time: number, every: number = time): number {
  requirePositive(caller, 'every', every);
  const count = Math.round(time / every);
  if (count < 1 || Math.abs(time / every - count) > 1e-9 * count)
    throw new RangeError(`${caller}: time must be a multiple of every, got ${time} and ${every}`);
  return count;
}

/** @throws RangeError unless there are at least two values, each above the one before */
export function requireAscending(caller: string, name: string, values: readonly number[]): void {
  if (values.length < 2) throw new RangeError(`${caller}: needs at least two ${name}, got ${values.length}`);
  values.forEach((value, k) => {
    if (k > 0 && !(value > values[k - 1]))
      throw new RangeError(`${caller}: ${name} must ascend, got ${values[k - 1]} before ${value}`);
  });
}
