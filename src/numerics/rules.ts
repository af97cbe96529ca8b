// Rules of options, each with the type of the values that keep it. How options are declared: options.ts.
import {
  got,
  requireFinite,
  requireInteger,
  requireNonNegative,
  requireOpenFraction,
  requirePositive,
  requireFraction,
} from './check.js';
import { near } from './near.js';
import { byDefault, type Options, type OptionsOf, readOptions, type Rule } from './options.js';

export const anything: Rule = () => {};
export const positive: Rule<number> = requirePositive;
export const nonNegative: Rule<number> = requireNonNegative;
export const finite: Rule<number> = requireFinite;
export const aNumber: Rule<number> = (caller: string, name: string, value: unknown) => {
  if (typeof value !== 'number' || Number.isNaN(value))
    throw new TypeError(`${caller}: ${name} must be a number, got ${got(value)}`);
};
export const fraction: Rule<number> = requireFraction;
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
export const openFraction: Rule<number> = requireOpenFraction;

export const levelOption = {
  /** The probability with which the interval covers the true value; 0.95 by default. */
  level: byDefault(0.95, openFraction),
};

/** Options of an estimate that has an interval and no other option. */
export interface LevelOption extends Options, OptionsOf<typeof levelOption> {}

/** @throws TypeError for another option, RangeError for a level outside (0, 1) */
export function levelOf(caller: string, options: LevelOption): number {
  return readOptions(caller, options, levelOption).level;
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
