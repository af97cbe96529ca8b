// How long the statistical suite runs. `npm run test:physics` sets EMTD_PHYSICS=full; plain `npm test` runs
// the same tests on fewer seeds, shorter. EMTD_SEED=anything repeats all of them on other randomness.
export const full = process.env['EMTD_PHYSICS'] === 'full';

/** The length of a run: at full length, or in the fast subset. */
export const long = (atFull: number, fast: number): number => (full ? atFull : fast);

/** The seed of a part of a test. */
export const seedOf = (...names: readonly (string | number)[]): string =>
  [process.env['EMTD_SEED'] ?? 'physics', ...names].join(', ');
