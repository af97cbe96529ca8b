// Numbers as displays write them: short.

/** At most four significant digits. */
export function formatNumber(x: number): string {
  return String(Number(x.toPrecision(4)));
}

/** @example countText(50, 'node') // '50 nodes' */
export const countText = (n: number, what: string, plural = `${what}s`): string =>
  `${numeral(n)} ${n === 1 ? what : plural}`;

/** Digits in groups of three from five digits on: 1000, 20,000. */
export const numeral = (n: number): string => (Math.abs(n) < 1e4 ? String(n) : n.toLocaleString('en-GB'));

/** @example byteSize(3200) // '3.2 kB' */
export function byteSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1000 ** power).toPrecision(3))} ${units[power]}`;
}

/**
 * Least, greatest and mean of the finite values, NaN if there are none, and how many are not finite. Sums run
 * in float64.
 */
export function summaryOf(
  values: ArrayLike<number>,
): Readonly<Record<'least' | 'greatest' | 'mean' | 'notFinite', number>> {
  let [least, greatest, sum, notFinite] = [Infinity, -Infinity, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const x = values[i];
    if (!Number.isFinite(x)) {
      notFinite++;
      continue;
    }
    if (x < least) least = x;
    if (x > greatest) greatest = x;
    sum += x;
  }
  const finite = values.length - notFinite;
  return finite === 0
    ? { least: NaN, greatest: NaN, mean: NaN, notFinite }
    : { least, greatest, mean: sum / finite, notFinite };
}

/** @example rangeText([1, 2, 6]) // '1 to 6, mean 3'; one number where all are equal */
export function rangeText(values: ArrayLike<number>): string {
  if (values.length === 0) return 'none';
  const { least, greatest, mean, notFinite } = summaryOf(values);
  const bad = notFinite === 0 ? '' : `, ${numeral(notFinite)} not finite`;
  if (Number.isNaN(mean)) return bad.slice(2);
  const finite =
    least === greatest
      ? formatNumber(least)
      : `${formatNumber(least)} to ${formatNumber(greatest)}, mean ${formatNumber(mean)}`;
  return `${finite}${bad}`;
}
