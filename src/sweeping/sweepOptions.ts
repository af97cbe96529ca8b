// What a sweep is made of.
import { got } from '../numerics/check.js';
import { checkOptions, needed, type Rule } from '../numerics/options.js';
import { aFunction, anObject, aString } from '../numerics/rules.js';
import type { Run } from './oneRun.js';
import { type Numbers, type Over, requireOver } from './plan.js';
import type { Until } from './seeds.js';

/** The parameters of a run, by the values that they are taken from. */
export type ParametersOf<O extends Over> = { readonly [Name in keyof O]: O[Name][number] };

/** Options of `sweep`. */
export interface SweepOptions<O extends Over = Over, R extends Numbers = Numbers> {
  /** Letters, digits, ".", "_" and "-". */
  readonly name: string;
  /** The values to combine, by name: finite numbers, texts, true and false. */
  readonly over: O;
  /** A pure function of its parameters: the same ones give the same numbers. */
  readonly run: Run<ParametersOf<O>, R>;
  /**
   * The module that exports `run` under its name, or that makes this sweep: `import.meta.url`, or a path.
   * Without it the runs are made one after another, and kept in memory alone.
   */
  readonly module?: string | URL;
  /** Where the results are; `out/sweeps/NAME` by default. */
  readonly folder?: string;
  /** When a point has enough seeds. */
  readonly until?: Until;
}

const aModule: Rule = (caller: string, name: string, value: unknown) => {
  if (value instanceof URL || (typeof value === 'string' && value !== '')) return;
  throw new TypeError(`${caller}: ${name} must be the address or path of a file, got ${got(value)}`);
};

/** @throws TypeError or RangeError for an option that cannot be */
export function requireSweep<O extends Over, R extends Numbers>(options: SweepOptions<O, R>): void {
  checkOptions<SweepOptions<O, R>>('sweep', options, {
    name: needed(aString),
    over: needed(anObject),
    run: needed(aFunction),
    module: aModule,
    folder: aString,
    until: anObject,
  });
  const { name, over, run, module, until } = options;
  if (!/^\w[\w.-]*$/.test(name))
    throw new RangeError(`sweep: name must be letters, digits, ".", "_" and "-", got ${got(name)}`);
  requireOver(over);
  if (module !== undefined && run.name === '')
    throw new TypeError('sweep: run must be a function with a name, under which its module exports it');
  if (!until) return;
  const seed = over['seed'] ?? [];
  if (seed.length < 16 || !seed.every(Number.isInteger))
    throw new RangeError(
      `sweep: until needs over.seed with 16 whole numbers or more, as seeds(16), got ${seed.length} values`,
    );
}
