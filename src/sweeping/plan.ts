// What a sweep runs: every combination of the values, the last name changing fastest; where `until` asks for
// more, further seeds. A run is addressed by the hash of its code and its parameters, the seed among them;
// the order of the names does not matter.
import { got } from '../numerics/check.js';
import { sha256Of } from '../numerics/sha256.js';
import { studentInterval } from '../statistics/index.js';
import type { Until } from './seeds.js';

/** What a run may vary. */
export type Value = number | string | boolean;
/** One value by name: what a run gets. */
export type Parameters = Readonly<Record<string, Value>>;
/** The values to combine, by name. */
export type Over = Readonly<Record<string, readonly Value[]>>;
/** What a run gives: numbers by name. */
export type Numbers = Readonly<Record<string, number>>;

/** A run, and where its result is found. */
export interface Planned {
  readonly key: string;
  readonly parameters: Parameters;
}

/** @throws RangeError or TypeError for values that cannot be combined, named by their place */
export function requireOver(over: Over): void {
  if (Object.keys(over).length === 0) throw new RangeError('sweep: over needs at least one name, got none');
  for (const [name, values] of Object.entries(over)) {
    if (!Array.isArray(values) || values.length === 0)
      throw new TypeError(`sweep: over.${name} must be a list of one value or more, got ${got(values)}`);
    values.forEach((value, k) => {
      if (typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return;
      throw new TypeError(
        `sweep: over.${name}[${k}] must be a finite number, text, true or false, got ${got(value)}`,
      );
    });
    const twice = values.find((value, k) => values.indexOf(value) < k);
    if (twice !== undefined) throw new RangeError(`sweep: over.${name} has ${got(twice)} twice`);
  }
}

export const countOf = (over: Over): number =>
  Object.values(over).reduce((product, values) => product * values.length, 1);

/** The combination at a place of the order. */
export function parametersAt(over: Over, index: number): Parameters {
  let rest = index;
  const entries = Object.entries(over)
    .reverse()
    .map(([name, values]) => {
      const value = values[rest % values.length];
      rest = Math.floor(rest / values.length);
      return [name, value] as const;
    });
  return Object.fromEntries(entries.reverse());
}

export const keyOf = (code: string, parameters: Parameters): string =>
  sha256Of(JSON.stringify([code, Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1))])).slice(
    0,
    32,
  );

/**
 * Every run, as far as it is known: those of all combinations, then the seeds that `until` adds, which follow
 * from the results.
 */
export function planned(
  over: Over,
  code: string,
  until: Until | undefined,
  resultOf: (key: string) => Numbers | undefined,
): Planned[] {
  const make = (parameters: Parameters): Planned => ({ key: keyOf(code, parameters), parameters });
  const runs = Array.from({ length: countOf(over) }, (_, k) => make(parametersAt(over, k)));
  if (!until) return runs;
  const { seed, ...others } = over as Over & { readonly seed: readonly number[] };
  for (let point = 0; point < countOf(others); point++) {
    const at = parametersAt(others, point);
    const ofPoint = seed.map((one) => make({ ...at, seed: one }));
    while (ofPoint.length < until.most) {
      const results = ofPoint.map(({ key }) => resultOf(key)?.[until.of]);
      if (!results.every((x) => x !== undefined) || isNarrow(results, until)) break;
      const next = Math.max(...seed) + 1 + ofPoint.length - seed.length;
      const count = Math.min(seed.length, until.most - ofPoint.length);
      const more = Array.from({ length: count }, (_, k) => make({ ...at, seed: next + k }));
      ofPoint.push(...more);
      runs.push(...more);
    }
  }
  return runs;
}

function isNarrow(values: readonly number[], { level, halfWidth }: Until): boolean {
  const [low, high] = studentInterval(values, level).interval;
  return (high - low) / 2 <= halfWidth;
}
