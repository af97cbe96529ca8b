// Wrong calls made of a valid one by one change: a value of another type, a number that has no meaning, a list of another
// length, an option that is misspelt or missing.
import * as lab from '../../src/index.js';
import type { Declared, Signature } from './declared.js';
import { cannotBeNegative, mustBeWhole, namesAPlace, namesPlaces } from './numbers.js';
import { likeNoOptions, pool, type PoolName } from './pool.js';
import { isMade, isPlain } from './record.js';

export interface Wrong { readonly path: string; readonly what: string; readonly args: () => unknown[] }
type Change = { readonly path: string; readonly what: string; readonly value: unknown };
type Numbers = readonly number[] | Float64Array;

const missing = Symbol('missing');
const mostByValue = 36;
const most = 60;

/** The wrong calls that can be made of this one. */
export function wrongCalls(args: readonly unknown[], { names, parameters }: Signature): Wrong[] {
  const sizes = args.flatMap((arg) => sizesIn(arg));
  const changes = parameters.flatMap((declared, at) => [
    ...(declared.isOptional || at >= args.length ? [] : [{ path: names[at], what: 'missing', value: missing }]),
    ...changesOf(args[at], declared, names[at], sizes),
  ].map((change) => ({ at, ...change })));
  const isByType = ({ what }: Change): boolean => what in pool;
  const byValue = spread(changes.filter((change) => !isByType(change)), mostByValue);
  const byType = spread(changes.filter(isByType), most - byValue.length);
  return [...byValue, ...byType].map(({ at, path, what, value }) => ({
    path, what,
    args: () => (value === missing ? args.slice(0, at).map(copy) : Array.from({ length: Math.max(args.length, at + 1) }, (_, i) => (i === at ? copy(value) : copy(args[i])))),
  }));
}

/** The valid arguments, of which a call may keep nothing for the next. */
export function copy(value: unknown): unknown {
  if (isMade(value)) return value;
  if (Array.isArray(value)) return value.map(copy);
  if (ArrayBuffer.isView(value) && 'slice' in value) return (value as unknown as Float64Array).slice();
  return isPlain(value) ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, copy(each)])) : value;
}

function changesOf(value: unknown, declared: Declared, path: string, sizes: readonly number[], depth = 0): Change[] {
  if (declared.takesAll) return [];
  const name = path.split('.').at(-1)!;
  const byType = (Object.keys(pool) as PoolName[])
    .filter((each) => !declared.takes(each) && !(likeNoOptions.includes(each) && isOptions(value, declared)))
    .map((each) => ({ path, what: each as string, value: pool[each] as unknown }));
  const some = depth === 0 ? byType : spread(byType, 9, path.length);
  if (typeof value === 'number') return [...numbers(value, path, name), ...some];
  if (value instanceof lab.tf.Tensor) return [{ path, what: 'disposed', value: pool.tensor }, ...some];
  if (isNumbers(value)) return [...lists(value, declared, path, name, sizes), ...some];
  if (Array.isArray(value) && !isMade(value)) return [...inList(value, declared, path, sizes, depth), ...some];
  if (isOptions(value, declared)) return [...options((value ?? {}) as Record<string, unknown>, declared, path, sizes, depth), ...some];
  return [...others(value, declared, path, sizes), ...some];
}

const isOptions = (value: unknown, declared: Declared): boolean => isPlain(value) || (value === undefined && !declared.isOpen && declared.takes('object'));

function numbers(value: number, path: string, name: string): Change[] {
  return [
    { path, what: 'NaN', value: NaN },
    { path, what: '1e400', value: 1e400 },
    ...(cannotBeNegative.has(name) || namesAPlace.has(name) || mustBeWhole.has(name) ? [{ path, what: '-1', value: -1 }] : []),
    ...(mustBeWhole.has(name) || namesAPlace.has(name) ? [{ path, what: 'half more', value: value + 0.5 }] : []),
    ...(namesAPlace.has(name) ? [{ path, what: 'out of range', value: 1e6 }] : []),
  ];
}

const isNumbers = (value: unknown): value is Numbers =>
  !isMade(value) && ((Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'number')) ||
    (ArrayBuffer.isView(value) && !(value instanceof Uint8Array) && !(value instanceof DataView)));

function lists(value: Numbers, declared: Declared, path: string, name: string, sizes: readonly number[]): Change[] {
  const list = [...value];
  const kind = (given: number[]): unknown => (Array.isArray(value) ? given : Reflect.construct(value.constructor, [given]));
  const isWhole = !Array.isArray(value) && Number.isNaN([...(kind([NaN]) as Float64Array)][0]) === false;
  return [
    { path, what: 'no entries', value: kind([]) },
    ...(isWhole ? [] : [{ path, what: 'NaN inside', value: kind([NaN, ...list.slice(1)]) }]),
    ...(isWhole ? [] : [{ path, what: '1e400 inside', value: kind([...list.slice(0, -1), 1e400]) }]),
    ...(declared.takes('words') ? [] : [{ path, what: 'text inside', value: ['0.02', ...list.slice(1)] }]),
    ...(sizes.filter((size) => size === list.length).length > 1 && list.length > 1
      ? [{ path, what: 'one too few', value: kind(list.slice(1)) }, { path, what: 'one too many', value: kind([...list, list[0]]) }] : []),
    ...(namesPlaces.has(name) ? [{ path, what: 'out of range inside', value: kind([1e6, ...list.slice(1)]) }, { path, what: '0.5 inside', value: kind([0.5, ...list.slice(1)]) }] : []),
  ];
}

function inList(value: readonly unknown[], declared: Declared, path: string, sizes: readonly number[], depth: number): Change[] {
  const inside = declared.inside('0');
  const first = inside && value.length > 0 && depth < 2 ? changesOf(value[0], inside, `${path}.0`, sizes, depth + 1) : [];
  return [
    ...(value.length > 0 ? [{ path, what: 'no entries', value: [] }] : []),
    ...spread(first, 14).map((change) => ({ ...change, value: [change.value === missing ? undefined : change.value, ...value.slice(1)] })),
  ];
}

function options(value: Record<string, unknown>, declared: Declared, path: string, sizes: readonly number[], depth: number): Change[] {
  const given = Object.keys(value).filter((name) => value[name] !== undefined);
  const without = (name: string): Record<string, unknown> => Object.fromEntries(Object.entries(value).filter(([each]) => each !== name));
  const known = [...new Set([...given, ...declared.names])];
  const misspelt = given.filter((name) => name.length > 3 && !declared.isOpen).flatMap((name) => [
    { path: `${path}.${name}`, what: 'a letter less', value: { ...without(name), [name.slice(0, 2) + name.slice(3)]: value[name] } },
    ...(swapped(name) === name ? [] : [{ path: `${path}.${name}`, what: 'letters in another order', value: { ...without(name), [swapped(name)]: value[name] } }]),
  ]);
  return [
    ...misspelt,
    ...(declared.isOpen || !declared.hasOptional ? [] : [{ path, what: 'unknown option', value: { ...value, nonsense: 1 } }]),
    ...known.flatMap((name) => {
      const inside = declared.inside(name);
      if (inside === undefined || depth > 1) return [];
      const changed = changesOf(value[name], inside, `${path}.${name}`, sizes, depth + 1)
        .map((change) => ({ ...change, value: { ...value, [name]: change.value } }));
      return [...(inside.isOptional || !given.includes(name) ? [] : [{ path: `${path}.${name}`, what: 'missing', value: without(name) }]), ...changed];
    }),
  ];
}

/** Another graph's, where two arguments have the same size. */
function others(value: unknown, declared: Declared, path: string, sizes: readonly number[]): Change[] {
  const [own] = sizesIn(value);
  if (own === undefined || own === 5 || sizes.filter((size) => size === own).length < 2) return [];
  return (['graph', 'energy', 'field'] as const).filter((name) => declared.takes(name) && pool[name].constructor === (value as object).constructor)
    .map((name) => ({ path, what: `${name} of another size`, value: pool[name] }));
}

/** How many nodes, edges or entries it is about. */
function sizesIn(value: unknown): number[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isNumbers(value)) return [value.length];
  if (isPlain(value)) return Object.values(value).flatMap(sizesIn);
  const { graph, nodeCount, edgeCount, sites } = value as { graph?: unknown; nodeCount?: unknown; edgeCount?: unknown; sites?: unknown };
  return [...new Set([nodeCount, edgeCount, sites, ...sizesIn(graph)])].filter((each) => typeof each === 'number');
}

const swapped = (name: string): string => name.slice(0, 1) + name[2] + name[1] + name.slice(3);

/** At most `count` of them, from everywhere. */
function spread<Item>(items: readonly Item[], count: number, from = 0): Item[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, k) => items[(Math.floor((k * items.length) / count) + from) % items.length]);
}
