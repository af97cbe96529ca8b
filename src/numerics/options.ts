// The one check of options: each option has a rule; a name without a rule is refused.
//   langevin: unknown option "temprature"; did you mean "temperature"?
//   langevin: timeStep is missing
//   langevin: timeStep must be positive and finite, got "0.02"
import {
  got,
  requireFinite,
  requireInteger,
  requireNonNegative,
  requireOpenShare,
  requirePositive,
  requireShare,
} from './check.js';

/** Throws a named error unless the value keeps the rule. */
export type Rule = ((caller: string, name: string, value: never) => void) & { readonly isNeeded?: true };

/** A rule for each option of a type: TypeScript finds one that is left out. */
export type Rules<Options> = { readonly [Name in keyof Options]-?: Rule };

/**
 * @throws TypeError for options that are not an object, for a name without a rule, for a needed option that
 * is missing; and what the rules throw
 */
export function checkOptions<Options extends object>(
  caller: string,
  options: Options,
  rules: Rules<Options>,
): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(
      `${caller}: options must be an object with ${Object.keys(rules).join(', ')}, got ${got(options)}`,
    );
  }
  for (const name of Object.keys(options)) requireKnown(caller, 'option', name, Object.keys(rules));
  for (const [name, rule] of Object.entries<Rule>(rules)) {
    const value = options[name as keyof Options];
    if (value !== undefined) rule(caller, name, value as never);
    else if (rule.isNeeded) throw new TypeError(`${caller}: ${name} is missing`);
  }
}

/** The rule for an option that must be given. */
export const needed = (rule: Rule): Rule =>
  Object.assign((caller: string, name: string, value: never) => rule(caller, name, value), {
    isNeeded: true as const,
  });

export const anything: Rule = () => {};
export const positive: Rule = requirePositive;
export const nonNegative: Rule = requireNonNegative;
export const finite: Rule = requireFinite;
export const aNumber: Rule = (caller: string, name: string, value: unknown) => {
  if (typeof value !== 'number' || Number.isNaN(value))
    throw new TypeError(`${caller}: ${name} must be a number, got ${got(value)}`);
};
export const share: Rule = requireShare;
export const integer =
  (least: number, most?: number): Rule =>
  (caller: string, name: string, value: number) =>
    requireInteger(caller, name, value, least, most);

export const oneOf =
  (...known: readonly string[]): Rule =>
  (caller: string, name: string, value: unknown) =>
    requireOneOf(caller, name, value, known);

/** @throws RangeError for any other value; it names the nearest known one */
export function requireOneOf(caller: string, name: string, value: unknown, known: readonly string[]): void {
  if (known.includes(value as string)) return;
  const hint = typeof value === 'string' ? near(value, known) : undefined;
  throw new RangeError(
    `${caller}: ${name} must be one of ${known.join(', ')}, got ${got(value)}${hint ? `; did you mean "${hint}"?` : ''}`,
  );
}

const ofType =
  (type: 'function' | 'boolean' | 'string', words: string): Rule =>
  (caller: string, name: string, value: unknown) => {
    if (typeof value !== type) throw new TypeError(`${caller}: ${name} must be ${words}, got ${got(value)}`);
  };
export const aFunction = ofType('function', 'a function');
export const aBoolean = ofType('boolean', 'true or false');
export const aString = ofType('string', 'a string');
export const anObject: Rule = (caller: string, name: string, value: unknown) => {
  if (typeof value !== 'object' || value === null)
    throw new TypeError(`${caller}: ${name} must be an object, got ${got(value)}`);
};
export const aSignal: Rule = (caller: string, name: string, value: unknown) => {
  if (!(value instanceof AbortSignal))
    throw new TypeError(`${caller}: ${name} must be an AbortSignal, got ${got(value)}`);
};

/** Above 0 and below 1, as the probability of an interval. */
export const openShare: Rule = requireOpenShare;

/** Options of an estimate that has an interval and no other option. */
export interface LevelOption {
  /** The probability with which the interval covers the true value; 0.95 by default. */
  readonly level?: number;
}

/** @throws TypeError for another option, RangeError for a level outside (0, 1) */
export function levelOf(caller: string, options: LevelOption): number {
  checkOptions(caller, options, { level: openShare });
  return options.level ?? 0.95;
}

/** @throws TypeError for any other name; it names the nearest known one */
export function requireKnown(caller: string, what: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const hint = near(name, known);
  const advice = hint === undefined ? `known: ${known.join(', ')}` : `did you mean "${hint}"?`;
  throw new TypeError(`${caller}: unknown ${what} "${name}"; ${advice}`);
}

/** The known name with the fewest letters to change, where these are at most a third. */
export function near(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((other) => ({ other, distance: editDistance(name.toLowerCase(), other.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  return ranked.length > 0 &&
    ranked[0].distance <= Math.max(1, Math.floor(Math.max(name.length, ranked[0].other.length) / 3))
    ? ranked[0].other
    : undefined;
}

/** Letters to insert, delete or replace, or neighbours to swap (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwapped) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[b.length];
}

const isList = (value: unknown): value is ArrayLike<never> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);

export const aList: Rule = (caller: string, name: string, value: unknown) => {
  if (!isList(value)) throw new TypeError(`${caller}: ${name} must be a list, got ${got(value)}`);
};

/** The rule for a list, each value of which keeps another rule. */
export const each =
  (rule: Rule): Rule =>
  (caller: string, name: string, values: ArrayLike<unknown>) => {
    aList(caller, name, values as never);
    for (let at = 0; at < values.length; at++) {
      try {
        rule(caller, name, values[at] as never);
      } catch {
        rule(caller, `${name}[${at}]`, values[at] as never);
      }
    }
  };

/** The rule for one value, or for each value of a list. */
export const oneOrEach =
  (rule: Rule): Rule =>
  (caller: string, name: string, value: unknown) =>
    (isList(value) ? each(rule) : rule)(caller, name, value as never);

/** The rule for a value that may also be a function: a function passes. */
export const functionOr =
  (rule: Rule): Rule =>
  (caller: string, name: string, value: unknown) => {
    if (typeof value !== 'function') rule(caller, name, value as never);
  };
/** The rule for a value that may also be a list: a list passes. */
export const listOr =
  (rule: Rule): Rule =>
  (caller: string, name: string, value: unknown) => {
    if (!isList(value)) rule(caller, name, value as never);
  };

/** The rules for an option that has options of its own. */
export const nested =
  <Options extends object>(rules: Rules<Options>): Rule =>
  (caller: string, name: string, value: Options) =>
    checkOptions(`${caller}: ${name}`, value, rules);
