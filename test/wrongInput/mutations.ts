// Wrong calls made of a valid one by one change that TypeScript lets pass, or that JSON or CSV may bring: a
// number that has no meaning, a list of another length, counts that are not those of their arrays, another
// graph or energy, a disposed tensor, a misspelt option.
import * as lab from '../lab.js';
import { cannotBeNegative, cannotBeZero, mustBeWhole, namesAPlace, namesPlaces } from './numbers.js';
import { isMade, isPlain } from './record.js';

export interface Wrong {
  readonly path: string;
  readonly what: string;
  readonly args: () => unknown[];
}
type Change = { readonly path: string; readonly what: string; readonly value: unknown };
type Numbers = readonly number[] | Float64Array;

const most = 60;
await lab.ready();
const gone = lab.tf.zeros([5, 1, 1]);
gone.dispose();
const field = lab.normalField({ sites: 5, seed: 1 });
const energyOn = (graph: lab.Graph): lab.Hamiltonian => lab.hamiltonian(graph, [lab.interaction({ J: 7 })]);

/** The wrong calls that can be made of this one. */
export function wrongCalls(args: readonly unknown[], names: readonly string[]): Wrong[] {
  const sizes = args.flatMap((arg) => sizesIn(arg));
  const isSampled = args.some(isSamples);
  const changes = args.flatMap((arg, at) =>
    changesOf(arg, names[at] ?? names.at(-1) ?? '', sizes, isSampled).map((change) => ({ at, ...change })),
  );
  return spread(changes, most).map(({ at, path, what, value }) => ({
    path,
    what,
    args: () => args.map((arg, i) => copy(i === at ? value : arg)),
  }));
}

/** The valid arguments, of which a call may keep nothing for the next. */
export function copy(value: unknown): unknown {
  if (isMade(value)) return value;
  if (Array.isArray(value)) return value.map(copy);
  if (ArrayBuffer.isView(value) && 'slice' in value) return (value as unknown as Float64Array).slice();
  return isPlain(value)
    ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, copy(each)]))
    : value;
}

function changesOf(
  value: unknown,
  path: string,
  sizes: readonly number[],
  isSampled: boolean,
  depth = 0,
): Change[] {
  const inner = (part: unknown, name: string): Change[] =>
    changesOf(part, `${path}.${name}`, sizes, isSampled, depth + 1);
  if (typeof value === 'number') return numbers(value, path);
  if (value instanceof lab.tf.Tensor) return [{ path, what: 'disposed', value: gone }];
  if (isSamples(value)) return counts(value, path);
  if (isNumbers(value)) return lists(value, path, sizes);
  if (isMade(value)) return others(value, path, sizes, isSampled);
  if (Array.isArray(value) && value.length > 0) {
    const first = depth < 2 ? spread(inner(value[0], '0'), 14) : [];
    return [
      { path, what: 'no entries', value: [] },
      ...first.map((change) => ({ ...change, value: [change.value, ...value.slice(1)] as unknown })),
    ];
  }
  return isPlain(value) && depth < 3 ? options(value, path, inner) : [];
}

const last = (path: string): string => path.split('.').at(-1)!;

function numbers(value: number, path: string): Change[] {
  const name = last(path);
  const isCount = mustBeWhole.has(name) || namesAPlace.has(name);
  return [
    { path, what: 'NaN', value: NaN },
    { path, what: '1e400', value: 1e400 },
    ...(cannotBeNegative.has(name) || isCount ? [{ path, what: '-1', value: -1 }] : []),
    ...(cannotBeZero.has(name) ? [{ path, what: '0', value: 0 }] : []),
    ...(isCount ? [{ path, what: 'half more', value: value + 0.5 }] : []),
    ...(namesAPlace.has(name) ? [{ path, what: 'out of range', value: 1e6 }] : []),
  ];
}

const isSamples = (value: unknown): value is lab.Samples =>
  typeof value === 'object' &&
  value !== null &&
  'chains' in value &&
  'states' in value &&
  Array.isArray(value.states);

function counts(value: lab.Samples, path: string): Change[] {
  const lies = {
    chains: [1e7, value.chains + 1, NaN],
    nodes: [1e9, value.nodes - 1],
    components: [value.components + 1, 0],
  };
  return Object.entries(lies).flatMap(([name, all]) =>
    all.map((lie) => ({ path: `${path}.${name}`, what: `${lie}`, value: { ...value, [name]: lie } })),
  );
}

const isNumbers = (value: unknown): value is Numbers =>
  !isMade(value) &&
  ((Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'number')) ||
    (ArrayBuffer.isView(value) && !(value instanceof Uint8Array) && !(value instanceof DataView)));

function lists(value: Numbers, path: string, sizes: readonly number[]): Change[] {
  const list = [...value];
  const kind = (given: number[]): unknown =>
    Array.isArray(value) ? given : Reflect.construct(value.constructor, [given]);
  const holdsNaN = Array.isArray(value) || Number.isNaN((kind([NaN]) as Float64Array)[0]);
  const changes: [what: string, list: number[]][] = [
    ['no entries', []],
    ...(holdsNaN
      ? ([
          ['NaN inside', [NaN, ...list.slice(1)]],
          ['1e400 inside', [...list.slice(0, -1), 1e400]],
        ] as [string, number[]][])
      : []),
    ...(sizes.filter((size) => size === list.length).length > 1 && list.length > 1
      ? ([
          ['one too few', list.slice(1)],
          ['one too many', [...list, list[0]]],
        ] as [string, number[]][])
      : []),
    ...(namesPlaces.has(last(path))
      ? ([
          ['out of range inside', [1e6, ...list.slice(1)]],
          ['0.5 inside', [0.5, ...list.slice(1)]],
        ] as [string, number[]][])
      : []),
  ];
  return changes.map(([what, given]) => ({ path, what, value: kind(given) }));
}

function options(
  value: Record<string, unknown>,
  path: string,
  inner: (part: unknown, name: string) => Change[],
): Change[] {
  return Object.keys(value)
    .filter((name) => value[name] !== undefined)
    .flatMap((name) => {
      const without = Object.fromEntries(Object.entries(value).filter(([each]) => each !== name));
      const misspelt = [
        ['a letter less', name.slice(0, 2) + name.slice(3)],
        ['letters in another order', name[0] + name[2] + name[1] + name.slice(3)],
      ];
      return [
        ...(name.length > 3
          ? misspelt
              .filter(([, other]) => other !== name)
              .map(([what, other]) => ({
                path: `${path}.${name}`,
                what,
                value: { ...without, [other]: value[name] } as unknown,
              }))
          : []),
        ...inner(value[name], name).map((change) => ({
          ...change,
          value: { ...value, [name]: change.value },
        })),
      ];
    });
}

/** Another size, where two arguments have the same; beside samples, another of the same size. */
function others(value: unknown, path: string, sizes: readonly number[], isSampled: boolean): Change[] {
  const [own] = sizesIn(value);
  if (own === undefined || sizes.filter((size) => size === own).length < 2) return [];
  const graphs = [...(own === 5 ? [] : [lab.ring(5)]), ...(isSampled ? [lab.complete(own)] : [])];
  const called = (graph: lab.Graph): string =>
    graph.nodeCount === own ? 'another of the same size' : 'of another size';
  if (value instanceof lab.Graph)
    return graphs.map((graph) => ({ path, what: `graph ${called(graph)}`, value: graph }));
  if (value instanceof lab.Hamiltonian)
    return graphs.map((graph) => ({ path, what: `energy ${called(graph)}`, value: energyOn(graph) }));
  return value instanceof lab.Field && own !== 5
    ? [{ path, what: 'field of another size', value: field }]
    : [];
}

/** How many nodes, edges or entries it is about. */
function sizesIn(value: unknown): number[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isNumbers(value)) return [value.length];
  if (isPlain(value)) return Object.values(value).flatMap(sizesIn);
  const { graph, nodeCount, edgeCount, sites, nodes } = value as Readonly<Record<string, unknown>>;
  return [...new Set([nodeCount, edgeCount, sites, nodes, ...sizesIn(graph)])].filter(
    (each) => typeof each === 'number',
  );
}

/** At most `count` of them, from everywhere. */
const spread = <Item>(items: readonly Item[], count: number): readonly Item[] =>
  items.length <= count
    ? items
    : Array.from({ length: count }, (_, k) => items[Math.floor((k * items.length) / count)]);
