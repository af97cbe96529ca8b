// Sums of positive numbers of any size, stored as their logarithms.

const NEGLIGIBLE = 45; // a million times exp(-45) is below rounding

/** ln of the sum of exp(x_i); -Infinity for none. */
export function logSum(x: Float64Array): number {
  let most = -Infinity;
  for (const each of x) if (each > most) most = each;
  if (most === -Infinity) return most;
  let sum = 0;
  for (const each of x) if (each > most - NEGLIGIBLE) sum += Math.exp(each - most);
  return most + Math.log(sum);
}

/** ln of the sum over i of exp(a_i + b_(total - i)). */
export function pairedSum(a: Float64Array, b: Float64Array, total: number): number {
  let most = -Infinity;
  for (let i = 0; i <= total; i++) {
    const each = a[i] + b[total - i];
    if (each > most) most = each;
  }
  if (most === -Infinity) return most;
  let sum = 0;
  for (let i = 0; i <= total; i++) {
    const each = a[i] + b[total - i] - most;
    if (each > -NEGLIGIBLE) sum += Math.exp(each);
  }
  return most + Math.log(sum);
}

/** The first entries, as many as a has, of the convolution of two lists of equal length. */
export const convolution = (a: Float64Array, b: Float64Array): Float64Array =>
  a.map((_, total) => pairedSum(a, b, total));
