// An option is declared once, as a property: its sentence as a comment, its rule, its default. Type, check
// and defaults follow.
//
//   export const langevinOptions = {
//     /** dt, in units of (field squared) / energy. *\/
//     timeStep: needed(positive),
//     /** The scheme; leimkuhler-matthews by default. *\/
//     method: byDefault('leimkuhler-matthews', oneOf('leimkuhler-matthews', 'euler-maruyama')),
//   };
//   export interface LangevinOptions extends Options, OptionsOf<typeof langevinOptions> {}
//   const { timeStep, method } = readOptions('langevin', options, langevinOptions);
//
// What breaks a rule, and a name without a rule, is refused:
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

/** Throws a named error unless the value keeps the rule; `Value` is the type of those that do. */
export interface Rule<Value = unknown> {
  (caller: string, name: string, value: never): void;
  /** For the type alone. */
  readonly value?: Value;
  readonly isNeeded?: true;
  readonly fallback?: Value;
}

/** The rule of an option that must be given. */
export interface Needed<Value> extends Rule<Value> {
  readonly isNeeded: true;
}

/** The rule of an option that has a value where it is not given. */
export interface Defaulted<Value> extends Rule<Value> {
  readonly fallback: Value;
}

/** The rules of options, by name. */
export type Declaration = Readonly<Record<string, Rule>>;

type ValueOf<R> = R extends Rule<infer Value> ? Value : never;
type NeededOf<D> = {
  readonly [Name in keyof D as D[Name] extends Needed<unknown> ? Name : never]: ValueOf<D[Name]>;
};
type OptionalOf<D> = {
  readonly [Name in keyof D as D[Name] extends Needed<unknown> ? never : Name]?: ValueOf<D[Name]>;
};

/** The options that a declaration declares; the comments come with them. */
export type OptionsOf<D> = {
  readonly [Name in keyof (NeededOf<D> & OptionalOf<D>)]: (NeededOf<D> & OptionalOf<D>)[Name];
};

/** Second base of each options type: with one base alone, TypeScript's messages would not say its name. */
export interface Options {}

/** Options with their defaults: what has neither a value nor a default is undefined. */
export type Filled<D extends Declaration> = {
  readonly [Name in keyof D]: D[Name] extends Needed<unknown> | Defaulted<unknown>
    ? ValueOf<D[Name]>
    : ValueOf<D[Name]> | undefined;
};

/**
 * The options, checked, with their defaults.
 * @throws as `checkOptions`
 */
export function readOptions<D extends Declaration>(
  caller: string,
  options: OptionsOf<D>,
  declaration: D,
): Filled<D> {
  checkOptions(caller, options, declaration as unknown as Rules<OptionsOf<D>>);
  return Object.fromEntries(
    Object.entries(declaration).map(([name, { fallback }]) => [
      name,
      options[name as keyof typeof options] ?? fallback,
    ]),
  ) as Filled<D>;
}

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
export const needed = <Value>(rule: Rule<Value>): Needed<Value> =>
  Object.assign((caller: string, name: string, value: never) => rule(caller, name, value), {
    isNeeded: true as const,
  });

/** The rule for an option that is `fallback` where it is not given. */
export const byDefault = <Value>(fallback: Value, rule: Rule<Value>): Defaulted<Value> =>
  Object.assign((caller: string, name: string, value: never) => rule(caller, name, value), { fallback });

/** A rule that says of which type are the values that keep it: `typed<Field>(aField)`. */
export const typed = <Value>(rule: Rule): Rule<Value> => rule as Rule<Value>;

export const anything: Rule = () => {};
export const positive: Rule<number> = requirePositive;
export const nonNegative: Rule<number> = requireNonNegative;
export const finite: Rule<number> = requireFinite;
export const aNumber: Rule<number> = (caller: string, name: string, value: unknown) => {
  if (typeof value !== 'number' || Number.isNaN(value))
    throw new TypeError(`${caller}: ${name} must be a number, got ${got(value)}`);
};
export const share: Rule<number> = requireShare;
export const integer =
  (least: number, most?: number): Rule<number> =>
  (caller: string, name: string, value: number) =>
    requireInteger(caller, name, value, least, most);

export const oneOf =
  <const Known extends string>(...known: readonly Known[]): Rule<Known> =>
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
  <Value>(type: 'function' | 'boolean' | 'string', words: string): Rule<Value> =>
  (caller: string, name: string, value: unknown) => {
    if (typeof value !== type) throw new TypeError(`${caller}: ${name} must be ${words}, got ${got(value)}`);
  };
export const aFunction: Rule = ofType('function', 'a function');
export const aBoolean = ofType<boolean>('boolean', 'true or false');
export const aString = ofType<string>('string', 'a string');
export const anObject: Rule = (caller: string, name: string, value: unknown) => {
  if (typeof value !== 'object' || value === null)
    throw new TypeError(`${caller}: ${name} must be an object, got ${got(value)}`);
};
export const aSignal: Rule<AbortSignal> = (caller: string, name: string, value: unknown) => {
  if (!(value instanceof AbortSignal))
    throw new TypeError(`${caller}: ${name} must be an AbortSignal, got ${got(value)}`);
};

/** Above 0 and below 1, as the probability of an interval. */
export const openShare: Rule<number> = requireOpenShare;

export const levelOption = {
  /** The probability with which the interval covers the true value; 0.95 by default. */
  level: byDefault(0.95, openShare),
};

/** Options of an estimate that has an interval and no other option. */
export interface LevelOption extends Options, OptionsOf<typeof levelOption> {}

/** @throws TypeError for another option, RangeError for a level outside (0, 1) */
export function levelOf(caller: string, options: LevelOption): number {
  return readOptions(caller, options, levelOption).level;
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
  <Value>(rule: Rule<Value>): Rule<readonly Value[]> =>
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
  <Value>(rule: Rule<Value>): Rule<Value | readonly Value[]> =>
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
