// One run: the function is called, and what it gives is checked before it is stored.
import type { Checkpoint } from '../dynamics/index.js';
import { got } from '../numerics/check.js';
import type { Numbers, Parameters } from './plan.js';

/** What a run is given beside its parameters. */
export interface RunContext {
  /** Aborted when the run is asked to stop: pass it on to `sample`. */
  readonly signal: AbortSignal;
  /** Where the run keeps how far it has come: pass it on to `sample`. */
  readonly checkpoint: Checkpoint;
}

/** A pure function of its parameters: the same ones give the same numbers. */
export type Run<P extends Parameters = never, R extends Numbers = Numbers> = (
  parameters: P,
  context: RunContext,
) => R | Promise<R>;

/** How a run ended. */
export type Ending = { readonly record: Numbers } | { readonly error: string } | { readonly isAborted: true };

export async function endingOf(run: Run, parameters: Parameters, context: RunContext): Promise<Ending> {
  try {
    const record: unknown = await run(parameters as never, context);
    requireNumbers(record, parameters);
    return { record };
  } catch (error) {
    if (context.signal.aborted && (error as Error)?.name === 'AbortError') return { isAborted: true };
    return { error: String(error) };
  }
}

function requireNumbers(record: unknown, parameters: Parameters): asserts record is Numbers {
  if (typeof record !== 'object' || record === null || Array.isArray(record))
    throw new TypeError(`sweep: run must give a record of numbers, got ${got(record)}`);
  for (const [name, value] of Object.entries(record)) {
    if (typeof value !== 'number')
      throw new TypeError(`sweep: run must give a record of numbers, got ${name} = ${got(value)}`);
    if (Object.hasOwn(parameters, name))
      throw new TypeError(`sweep: run gives ${name}, which is the name of a parameter`);
  }
}

/** Numbers as JSON keeps them: NaN, the infinities and -0 as text. */
export const toJson = (record: Numbers): Record<string, number | string> =>
  Object.fromEntries(
    Object.entries(record).map(([name, x]) => [
      name,
      Number.isFinite(x) && !Object.is(x, -0) ? x : Object.is(x, -0) ? '-0' : String(x),
    ]),
  );

export const fromJson = (record: Readonly<Record<string, number | string>>): Numbers =>
  Object.fromEntries(Object.entries(record).map(([name, x]) => [name, Number(x)]));
