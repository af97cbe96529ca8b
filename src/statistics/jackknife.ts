// The jackknife: error and bias of a statistic that is not a mean, from g independent groups of data.
//   pseudo-value of group i:   g theta - (g - 1) theta_(-i),   theta_(-i) without group i
// Their mean is theta without its bias of order 1/g, and they scatter like g independent estimates of it.
// Source: Quenouille, Biometrika 43 (1956) 353, DOI 10.1093/biomet/43.3-4.353; Tukey, Ann. Math. Statist. 29
// (1958) 614.
import { requireFinite } from '../numerics/check.js';
import { aFunction, aList } from '../numerics/rules.js';

/**
 * The pseudo-values of a statistic, one per group; `interval` gives their mean with its error.
 *
 * @throws RangeError with fewer than 4 groups, and for a statistic that is not a finite number
 * @example
 * const draws = [1, 2, 3, 6];
 * jackknife(draws, mean); // [1, 2, 3, 6]
 */
export function jackknife<Group>(
  groups: readonly Group[],
  statistic: (groups: readonly Group[]) => number,
): number[] {
  aList('jackknife', 'groups', groups as never);
  aFunction('jackknife', 'statistic', statistic as never);
  const g = groups.length;
  if (g < 4) throw new RangeError(`jackknife: needs at least 4 groups, got ${g}`);
  const valueOf = (some: readonly Group[]): number => {
    const value = statistic(some);
    requireFinite('jackknife', 'what the statistic returns', value);
    return value;
  };
  const all = valueOf(groups);
  return groups.map((_, i) => g * all - (g - 1) * valueOf(groups.toSpliced(i, 1)));
}
