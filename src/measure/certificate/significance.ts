// How certain a finding must be. A certificate makes at most eight families of tests; of all certificates of
// correct runs at most 1 % may raise any finding. So (Bonferroni) each family has a false-alarm probability
// of 0.01 / 8, and each of its n tests 0.01 / 8 n, however the tests depend on each other. 1 % rather than
// the usual 5 %, because a notebook may have many certificates, and because the t and F laws hold for
// averages of many records, not exactly.

/** Probability that a certificate flags a correct run, at most. */
const FALSE_ALARMS = 0.01;

/**
 * Temperature, by component, by node (fields); temperature, energy, value, frozen by node (labels); drift,
 * agreement of chains, twins, total variation.
 */
const FAMILIES = 8;

/** The false-alarm probability allowed for each of the `tests` tests of a family. */
export const threshold = (tests = 1): number => FALSE_ALARMS / FAMILIES / tests;

/** One test: the probability of the data by chance, under a correct run. */
export interface Test<Subject> {
  readonly subject: Subject;
  readonly pValue: number;
}

/** The tests of a family that fail, the least probable first. */
export function failing<T extends Test<unknown>>(family: readonly T[]): T[] {
  const limit = threshold(family.length);
  return family.filter(({ pValue }) => pValue < limit).toSorted((a, b) => a.pValue - b.pValue);
}
