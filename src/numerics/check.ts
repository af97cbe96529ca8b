// Named errors for arguments: every message says which function, which rule, and which value broke it.

/** Throws unless `value` is an integer in [least, most]. */
export function requireInteger(
  caller: string, name: string, value: number, least: number, most = 2 ** 31 - 1,
): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${caller}: ${name} must be an integer in [${least}, ${most}], got ${String(value)}`);
}

/** Throws unless `value` is a finite number above zero. */
export function requirePositive(caller: string, name: string, value: number): void {
  if (Number.isFinite(value) && value > 0) return;
  throw new RangeError(`${caller}: ${name} must be positive and finite, got ${String(value)}`);
}

/** Throws unless `value` is a finite number, zero or above. */
export function requireNonNegative(caller: string, name: string, value: number): void {
  if (Number.isFinite(value) && value >= 0) return;
  throw new RangeError(`${caller}: ${name} must be finite and not negative, got ${String(value)}`);
}
