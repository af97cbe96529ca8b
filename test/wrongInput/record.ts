// Records the valid arguments of each public function: stands in for test/display/lab.ts where the examples
// import it.
import { register } from 'node:module';
import * as lab from '../display/lab.js';

export interface Callable {
  name: string;
  isClass: boolean;
  call: (args: readonly unknown[]) => unknown;
  tuples: unknown[][];
}

/** For a user to catch, not to make. */
const errors = ['Aborted', 'RunFailed', 'TraceError'];

/** Their first argument is a state: a run makes it, and nobody writes one down. */
const ofStates = ['kineticTemperature', 'meanClusterSize', 'serialiseState'];

/** By public name. */
const calls = new Map<string, unknown[][]>();
const real = new Map<unknown, unknown>();
const made = new WeakSet<object>();
const isCallable = (value: unknown): value is (...args: unknown[]) => unknown => typeof value === 'function';
const isClass = (value: unknown): boolean =>
  isCallable(value) && /^class\b/.test(Function.prototype.toString.call(value));

/** Whether the library made it: a wrong call keeps it as it is, and changes only what a user writes down. */
export const isMade = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && made.has(value);

function keep(name: string, args: unknown[]): void {
  if (ofStates.includes(name)) mark(args[0], 2);
  const tuples = calls.get(name) ?? [];
  calls.set(name, [...tuples, args.map((arg) => real.get(arg) ?? arg)]);
}

function note<Result>(result: Result): Result {
  mark(result, 2);
  if (result instanceof Promise) void result.then(note, () => {});
  return result;
}

/** What a result has in it is made too. */
function mark(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null || made.has(value)) return;
  made.add(value);
  if (depth === 0 || ArrayBuffer.isView(value)) return;
  for (const { value: part } of Object.values(Object.getOwnPropertyDescriptors(value))) mark(part, depth - 1);
}

function recorded(name: string, value: unknown): unknown {
  if (!isCallable(value)) return note(value);
  const proxy = new Proxy(value, {
    apply: (target, self, args) => {
      keep(name, args);
      return note(Reflect.apply(target, self, args));
    },
    construct: (target, args) => {
      keep(name, args);
      return note(Reflect.construct(target, args) as object);
    },
  });
  real.set(proxy, value);
  return proxy;
}

/**
 * Every example run once, then for each public function the tuples of its calls that differ in what they
 * give.
 */
export async function recordCalls(faults: string[]): Promise<Callable[]> {
  const names = Object.keys(lab);
  (globalThis as Record<string, unknown>).recordedLab = Object.fromEntries(
    Object.entries(lab).map(([name, value]) => [name, recorded(name, value)]),
  );
  register('./standIn.js', { parentURL: import.meta.url, data: { names } });
  const [{ moreCalls }, { examples }] = [
    await import('./moreCalls.js'),
    await import('../display/examples.js'),
  ];
  for (const [name, make] of [...Object.entries(moreCalls), ...Object.entries(examples)]) {
    try {
      await make();
    } catch (error) {
      faults.push(`${name}: ${(error as Error).message}`);
    }
  }
  const own = await import('../lab.js');
  return Object.entries(own)
    .filter(([name, value]) => isCallable(value) && !errors.includes(name))
    .map(([name, value]) => ({
      name,
      isClass: isClass(value),
      tuples: few(calls.get(name) ?? []),
      call: (args) =>
        isClass(value)
          ? Reflect.construct(value as never, args as unknown[])
          : (value as (...given: unknown[]) => unknown)(...args),
    }));
}

/** At most two: the first, and the one that gives most names that the first does not. */
function few(tuples: unknown[][]): unknown[][] {
  if (tuples.length < 2) return tuples;
  const [first, ...others] = tuples;
  const known = new Set(given(first));
  const more = (tuple: unknown[]): number => given(tuple).filter((name) => !known.has(name)).length;
  const best = others.reduce((a, b) => (more(b) > more(a) ? b : a));
  return more(best) > 0 ? [first, best] : [first];
}

const given = (args: readonly unknown[]): string[] =>
  args.flatMap((arg, at) => [
    `${at}`,
    ...(isPlain(arg) ? Object.keys(arg).map((name) => `${at}.${name}`) : []),
  ]);

/** An object as a user writes it down. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !isMade(value) &&
    Object.getPrototypeOf(value) === Object.prototype
  );
}
