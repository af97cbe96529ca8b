// Holds the arguments of the public functions to their declared types at run time, for JavaScript, `any` and JSON.
// The build writes the calls of `declared` (tools/declared): nobody writes one by hand. Rules beyond the type, as positive,
// stand in the functions.
//   mean: values[3] must be a number, got NaN
import { got } from './check.js';
import { near, requireKnown } from './options.js';

/** What a declaration says of a value. A list of numbers may be a typed array. */
export type Shape =
  | 'any' | 'finite' | 'number' | 'any number' | 'string' | 'boolean' | 'function' | 'bigint' | 'symbol' | 'null' | 'undefined' | 'object'
  | { readonly is: readonly (string | number | boolean)[] }
  | { readonly list: Shape }
  | { readonly tuple: readonly Shape[] }
  | { readonly iterable: Shape }
  | { readonly table: Shape }
  | { readonly global: string }
  | { readonly tensor: true }
  | { readonly name: string; readonly has: Readonly<Record<string, Shape>>; readonly may?: Readonly<Record<string, Shape>>; readonly options?: true }
  | { readonly either: readonly Shape[] };

/** A function's name, then a name and a shape for each parameter; a name ends in "?" if it may be left out, begins with "..." if it takes the rest. */
export type Signature = readonly [caller: string, ...parameters: (readonly [name: string, shape: Shape])[]];

type Fits = (value: unknown) => boolean;

/** A signature with the checks that it asks for. */
export interface Prepared { readonly signature: Signature; readonly fits: readonly Fits[] }

export const prepared = (...signature: Signature): Prepared =>
  ({ signature, fits: (signature.slice(1) as [string, Shape][]).map(([name, shape]) => fitsParameter(name, shape)) });

/** @throws TypeError for the first argument that does not have its declared type; RangeError for a number that is not finite, a word that is not known */
export function declared({ signature, fits }: Prepared, ...values: unknown[]): void {
  for (let at = 0; at < fits.length; at++) {
    if (!fits[at](values[at])) refuse(signature[0], ...(signature[at + 1] as [string, Shape]), values[at]);
  }
}

function fitsParameter(name: string, shape: Shape): Fits {
  const fits = fitsOf(name.startsWith('...') ? { list: shape } : shape);
  return name.endsWith('?') ? (value) => value === undefined || fits(value) : fits;
}

const isList = (value: unknown): value is ArrayLike<unknown> => Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
const isObject = (value: unknown): value is Record<string, unknown> => (typeof value === 'object' || typeof value === 'function') && value !== null;
const isPlain = (value: object): boolean => [Object.prototype, null].includes(Object.getPrototypeOf(value) as null);
/** A built-in's own mark; `instanceof` would refuse an object of another realm, as a notebook's cell is. */
const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

function isGlobal(value: unknown, name: string): boolean {
  if (tagOf(value) === name) return true;
  const known = (globalThis as Record<string, unknown>)[name];
  return typeof known === 'function' && value instanceof known;
}

function fitsOf(shape: Shape): Fits {
  if (typeof shape === 'string') return fitsWord(shape);
  if ('is' in shape) return (value) => shape.is.includes(value as string);
  if ('list' in shape) {
    const fits = fitsOf(shape.list);
    if (shape.list === 'finite') return (value) => (Array.isArray(value) ? isFiniteArray(value) : isList(value) && isFiniteTyped(value as Float64Array));
    const isOfNumbers = fits(0) || fits(0n);
    return (value) => (isOfNumbers ? isList(value) : Array.isArray(value)) && all(value as ArrayLike<unknown>, fits);
  }
  if ('tuple' in shape) {
    const parts = shape.tuple.map(fitsOf);
    return (value) => isList(value) && value.length === parts.length && parts.every((fits, at) => fits(value[at]));
  }
  if ('iterable' in shape) return (value) => isObject(value) && Symbol.iterator in value && (!isList(value) || all(value, fitsOf(shape.iterable)));
  if ('table' in shape) {
    const fits = fitsOf(shape.table);
    return (value) => isObject(value) && tagOf(value) === 'Object' && Object.values(value).every(fits);
  }
  if ('global' in shape) return (value) => isGlobal(value, shape.global);
  if ('tensor' in shape) return (value) => isObject(value) && 'dataId' in value && value.isDisposed !== true;
  if ('either' in shape) {
    const parts = shape.either.map(fitsOf);
    return (value) => parts.some((fits) => fits(value));
  }
  if (Object.values(shape.has).every((of) => of === 'any') && !shape.may) return fitsClass(Object.keys(shape.has));
  const members = [...Object.entries(shape.has), ...Object.entries(shape.may ?? {}).map(([name, of]) => [name, optional(of)] as const)]
    .map(([name, of]) => [name, of === 'any' ? undefined : fitsOf(of)] as const);
  const known = new Set(members.map(([name]) => name));
  const required = Object.keys(shape.has);
  return (value) => isObject(value) && isOptions(value, required)
    && members.every(([name, fits]) => (!required.includes(name) || name in value) && (fits === undefined || fits(value[name])))
    && (!shape.options || !isPlain(value) || Object.keys(value).every((name) => known.has(name)));
}

/** An object with these names, which a minifier leaves as they are; a class that fitted once is known again. */
function fitsClass(names: readonly string[]): Fits {
  let known: unknown;
  return (value) => {
    if (!isObject(value)) return false;
    const own: unknown = Object.getPrototypeOf(value);
    if (own === known && own !== Object.prototype) return true;
    if (!names.every((name) => name in value)) return false;
    known = own;
    return true;
  };
}

const optional = (shape: Shape): Shape => (shape === 'any' ? shape : { either: ['undefined', shape] });
/** Where no name is needed, anything would do: a date, a list, a promise. */
const isOptions = (value: object, needed: readonly string[]): boolean =>
  typeof value === 'object' && (isList(value) ? needed.includes('length') : needed.length > 0 || tagOf(value) === 'Object');

function all(values: ArrayLike<unknown>, fits: Fits): boolean {
  for (let at = 0; at < values.length; at++) if (!fits(values[at])) return false;
  return true;
}

/** Apart from the next, so that each is compiled for one kind of memory. */
function isFiniteArray(values: readonly unknown[]): boolean {
  for (let at = 0; at < values.length; at++) if (!Number.isFinite(values[at])) return false;
  return true;
}

/** x - x is NaN where x is not finite. */
function isFiniteTyped(values: Float64Array): boolean {
  let sum = 0;
  if (typeof values[0] === 'bigint') return false;
  for (let at = 0; at < values.length; at++) sum += values[at] - values[at];
  return sum === 0;
}

function fitsWord(word: string): Fits {
  if (word === 'any') return () => true;
  if (word === 'finite') return (value) => Number.isFinite(value);
  if (word === 'number') return (value) => typeof value === 'number' && value === value;
  if (word === 'any number') return (value) => typeof value === 'number';
  if (word === 'null') return (value) => value === null;
  if (word === 'object') return (value) => isObject(value) && typeof value === 'object';
  return (value) => typeof value === word;
}

/** Throws for the innermost place that does not fit. */
function refuse(caller: string, name: string, shape: Shape, value: unknown): never {
  const isRest = name.startsWith('...');
  const parts = typeof shape === 'object' && 'either' in shape ? shape.either : [shape];
  const isOfOptions = isObject(value) && parts.some((part) => typeof part === 'object' && 'options' in part); // whose names stand alone
  const path = isOfOptions ? 'options' : name.replace('...', '').replace('?', '');
  return refuseAt(caller, path, isRest ? { list: shape } : shape, value);
}

function refuseAt(caller: string, path: string, shape: Shape, value: unknown): never {
  const inner = innerFault(shape, value);
  if (inner) {
    if (inner.unknown) requireKnown(path === 'options' ? caller : `${caller}: ${path}`, 'option', inner.name, inner.unknown);
    if (inner.value === undefined && inner.isMissing) throw new TypeError(`${caller}: ${at(path, inner.name)} is missing`);
    refuseAt(caller, at(path, inner.name), inner.shape, inner.value);
  }
  const literals = (typeof shape === 'object' && 'either' in shape ? shape.either : [shape]).flatMap((part) => (typeof part === 'object' && 'is' in part ? part.is : []));
  const hint = typeof value === 'string' && near(value, literals.map(String));
  // a number that is not finite, and another word, are out of the range of a type that fits
  const OfRange = (typeof value === 'number' && wordsOf(shape).includes('number')) || (typeof value === 'string' && literals.length > 0) ? RangeError : TypeError;
  const what = isDisposed(shape, value) ? 'a disposed tensor' : got(value);
  const type = shape === 'finite' && (typeof value === 'number' || typeof value === 'string') ? 'finite' : wordsOf(shape);
  throw new OfRange(`${caller}: ${path} must be ${type}, got ${what}${hint ? `; did you mean "${hint}"?` : ''}`);
}

const at = (path: string, name: string): string => (/^\d+$/.test(name) ? `${path}[${name}]` : path === 'options' ? name : `${path}.${name}`);
const isDisposed = (shape: Shape, value: unknown): boolean => typeof shape === 'object' && 'tensor' in shape && isObject(value) && value.isDisposed === true;

interface Fault { name: string; shape: Shape; value: unknown; isMissing?: boolean; unknown?: readonly string[] }

/** The first entry of a list or member of an object that does not fit, where the value as such is of that kind. */
function innerFault(shape: Shape, value: unknown): Fault | undefined {
  if (typeof shape === 'string') return undefined;
  if ('either' in shape) {
    const faults = shape.either.map((part) => ({ part, fault: innerFault(part, value) })).filter(({ fault }) => fault !== undefined);
    return faults.sort((a, b) => namesIn(b.part, value) - namesIn(a.part, value))[0]?.fault;
  }
  if (isList(value)) {
    const of = 'list' in shape ? shape.list : 'iterable' in shape ? shape.iterable : undefined;
    const parts = 'tuple' in shape && shape.tuple.length === value.length ? shape.tuple : undefined;
    for (let k = 0; k < value.length; k++) {
      const each = parts?.[k] ?? of;
      if (each !== undefined && !fitsOf(each)(value[k])) return { name: String(k), shape: each, value: value[k] };
    }
    return undefined;
  }
  if (!isObject(value) || typeof value !== 'object') return undefined;
  if ('table' in shape) {
    const found = Object.entries(value).find(([, each]) => !fitsOf(shape.table)(each));
    return found && { name: found[0], shape: shape.table, value: found[1] };
  }
  if (!('has' in shape) || !(isPlain(value) || shape.options)) return undefined;
  if (shape.options && !isOptions(value, Object.keys(shape.has))) return undefined;
  const known = { ...shape.has, ...shape.may };
  const stranger = shape.options && isPlain(value) ? Object.keys(value).find((name) => !(name in known)) : undefined;
  if (stranger !== undefined) return { name: stranger, shape, value: undefined, unknown: Object.keys(known) };
  for (const [name, of] of Object.entries(shape.has)) {
    if (value[name] === undefined && !fitsOf(of)(undefined)) return { name, shape: of, value: undefined, isMissing: true };
    if (!fitsOf(of)(value[name])) return { name, shape: of, value: value[name] };
  }
  for (const [name, of] of Object.entries(shape.may ?? {})) {
    if (value[name] !== undefined && !fitsOf(of)(value[name])) return { name, shape: of, value: value[name] };
  }
  return undefined;
}

/** How many of a type's names the value has. */
const namesIn = (shape: Shape, value: unknown): number =>
  typeof shape === 'object' && 'has' in shape ? Object.keys({ ...shape.has, ...shape.may }).filter((name) => name in (value as object)).length : 0;

const article = (name: string): string => `${/^[aeio]/i.test(name) ? 'an' : 'a'} ${name}`; // a Uint8Array
const words: Readonly<Record<string, string>> = {
  finite: 'a finite number', number: 'a number', 'any number': 'a number', string: 'a string', boolean: 'true or false', function: 'a function', bigint: 'a bigint', symbol: 'a symbol',
  null: 'null', undefined: 'undefined', object: 'an object', any: 'given',
};
const plurals: Readonly<Record<string, string>> = { finite: 'finite numbers', number: 'numbers', 'any number': 'numbers', string: 'strings', boolean: 'booleans', function: 'functions' };

/** What makes an object that is not written down. */
const makers: Readonly<Record<string, string>> = {
  Graph: 'a graph, such as ring(10)', Hamiltonian: 'an energy, as hamiltonian(graph, [term]) makes it', Term: 'a term, such as bond(...)',
  Latency: 'a latency, such as constantLatency(0.1)', Proposal: 'a proposal, such as flip or gaussian(0.5)', Schedule: 'a schedule',
};

/** The type in words. */
function wordsOf(shape: Shape): string {
  if (typeof shape === 'string') return words[shape];
  if ('is' in shape) return shape.is.length === 1 ? String(shape.is[0]) : `one of ${shape.is.join(', ')}`;
  if ('list' in shape) {
    if (typeof shape.list === 'string') return shape.list in plurals ? `a list of ${plurals[shape.list]}` : 'a list';
    return 'global' in shape.list ? `a list of ${shape.list.global}` : 'a list';
  }
  if ('tuple' in shape) return `a list of ${shape.tuple.length}`;
  if ('iterable' in shape) return 'a list';
  if ('table' in shape) return 'an object of values by name';
  if ('global' in shape) return article(shape.global);
  if ('tensor' in shape) return 'a tensor';
  if ('either' in shape) return [...new Set(shape.either.map(wordsOf))].join(' or ');
  if (shape.name in makers) return makers[shape.name];
  return shape.name === '' || shape.options ? `an object with ${Object.keys({ ...shape.has, ...shape.may }).slice(0, 6).join(', ')}` : article(shape.name);
}
