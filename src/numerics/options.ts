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
import { got } from './check.js';
import { near } from './near.js';

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
    Object.entries(declaration).map(([name, { fallback }]) => {
      const { [name]: value = fallback } = options as Readonly<Record<string, unknown>>;
      return [name, value];
    }),
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

/** The rules for an option that has options of its own. */
export const nested =
  <Options extends object>(rules: Rules<Options>): Rule =>
  (caller: string, name: string, value: Options) =>
    checkOptions(`${caller}: ${name}`, value, rules);

/** @throws TypeError for any other name; it names the nearest known one */
export function requireKnown(caller: string, what: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const hint = near(name, known);
  const advice = hint === undefined ? `known: ${known.join(', ')}` : `did you mean "${hint}"?`;
  throw new TypeError(`${caller}: unknown ${what} "${name}"; ${advice}`);
}
