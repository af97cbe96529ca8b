// Where is the transition? On graphs of N nodes, at temperatures around it, the Binder cumulant
//   U(N, T) = 1 - [<m^4>] / (3 [<m^2>]^2),   <.> over a run, [.] over graphs,
// tends to 2/3 below the transition and to 0 above it, and the curves of two sizes cross near T_c. The crossing
// moves with size as T*(N) = T_c + a N^(-w). Source: Binder, Z. Phys. B 43 (1981) 119, DOI 10.1007/BF01293604.
import { type AnyState, type Sampler, sample, swendsenWang } from '../dynamics/index.js';
import type { Hamiltonian } from '../energies/index.js';
import { lineWithBand } from '../figures/index.js';
import type { Graph } from '../graphs/index.js';
import { magnetisation } from '../measure/index.js';
import { byDefault, needed, type Options, type OptionsOf, readOptions, typed } from '../numerics/options.js';
import { aBoolean, aFunction, aList, aSignal, aString, integer, positive } from '../numerics/rules.js';
import { aSeed, type Seed } from '../randomness/index.js';
import { type Estimate, interval, jackknife, mean } from '../statistics/index.js';
import { runsOf, Study } from './study.js';

const level = 0.99;

const scanOptions = {
  /** The energy of spins on a graph. */
  energy: needed(typed<(graph: Graph) => Hamiltonian>(aFunction)),
  /** The graph of a size, made from a seed. */
  graphs: needed(typed<(nodes: number, seed: string) => Graph>(aFunction)),
  /** Numbers of nodes. */
  sizes: needed(typed<readonly number[]>(aList)),
  /** Temperatures, in units of energy, rising, at least three. */
  temperatures: needed(typed<readonly number[]>(aList)),
  /** The move; `swendsenWang` by default, of which a step is a sweep. */
  move: byDefault<(energy: Hamiltonian, options: { temperature: number }) => Sampler<AnyState>>(
    swendsenWang as never,
    typed(aFunction),
  ),
  /** Measured steps of a run; 1000 by default. */
  steps: byDefault(1000, integer(4)),
  /** Steps before them; 200 by default. */
  burnIn: byDefault(200, integer(0)),
  /** Graphs per size, each with a seed of its own, at least 16; 16 by default. */
  graphCount: byDefault(16, integer(16)),
  /** The name of the figure, and of the folder of results; `binder-scan` by default. */
  name: byDefault('binder-scan', aString),
  /** From which all randomness follows. */
  seed: needed<Seed>(aSeed),
  /** Whether results are kept in out/sweeps, so that the same call goes on where it was stopped; false by default. */
  keep: byDefault(false, aBoolean),
  /** Aborting stops after the run under way. */
  signal: aSignal,
};

/** Options of `binderScan`. */
export interface BinderOptions extends Options, OptionsOf<typeof scanOptions> {}

/** One size at one temperature. */
export interface BinderRow {
  readonly nodes: number;
  readonly temperature: number;
  /** U, with the 99 % interval of the jackknife over graphs. */
  readonly binder: Estimate;
  /** <|m|>, with Student's 99 % interval over graphs. */
  readonly order: Estimate;
}

interface GraphMoments {
  readonly nodes: number;
  readonly temperature: number;
  readonly graph: number;
  /** <|m|>, <m^2>, <m^4>. */
  readonly m1: number;
  readonly m2: number;
  readonly m4: number;
}

/** The outcome of `binderScan`. */
export class BinderStudy extends Study<BinderRow> {
  constructor(
    name: string,
    rows: readonly BinderRow[],
    /** Per size, temperature and graph: the moments of the magnetisation. */
    readonly byGraph: readonly GraphMoments[],
  ) {
    super(rows, curves(name, rows));
  }

  /**
   * The temperature at which the curves of two sizes cross.
   * @throws RangeError where they do not cross between the first and the last temperature
   */
  crossing(small: number, large: number): Estimate {
    return overGraphs(this.#pairs([small, large]), ([a, b]) => crossingOf(a!, b!));
  }

  /**
   * T_c from the crossings of (a, b) and (b, c), a < b < c in equal ratios, with T* = T_c + const N^(-w).
   * @param w 1 by default: on graphs with shortcuts N^(-1/2) from the width and N^(-1/2) from the correction
   * @throws as `crossing`; RangeError for sizes that are not in equal ratios, or a power that is not positive
   */
  limit([a, b, c]: readonly [number, number, number], w = 1): Estimate {
    positive('limit', 'w', w as never);
    if (b * b !== a * c) throw new RangeError(`limit: sizes must be in equal ratios, got ${a}, ${b}, ${c}`);
    const shrink = (a / b) ** w;
    return overGraphs(this.#pairs([a, b, c]), ([x, y, z]) => {
      const [first, second] = [crossingOf(x!, y!), crossingOf(y!, z!)];
      return second + ((second - first) * shrink) / (1 - shrink);
    });
  }

  /** U(large) - U(small) at one of the temperatures: above 0 in order, below 0 without. */
  difference(small: number, large: number, temperature: number): Estimate {
    return overGraphs(this.#pairs([small, large]), ([a, b]) => {
      const at = (curves: readonly (readonly GraphMoments[])[]): number =>
        binder(curves.map((of) => of.find((one) => one.temperature === temperature)!));
      return at(b!) - at(a!);
    });
  }

  /** Per graph: its curves of moments at these sizes. */
  #pairs(sizes: readonly number[]): (readonly GraphMoments[])[][] {
    const count = new Set(this.byGraph.map(({ graph }) => graph)).size;
    return Array.from({ length: count }, (_, graph) =>
      sizes.map((nodes) => {
        const own = this.byGraph.filter((one) => one.nodes === nodes && one.graph === graph);
        if (own.length === 0) throw new RangeError(`binderScan: no rows for ${nodes} nodes`);
        return own;
      }),
    );
  }
}

/**
 * Binder cumulants against temperature for several sizes, with their crossings and the transition temperature.
 *
 * @throws RangeError or TypeError for an option that cannot be
 * @example
 * const align = bond((a, b) => a.mul(b).sum().neg());
 * const scan = await studies.binderScan({
 *   energy: (graph) => hamiltonian(graph, [align]), graphs: (nodes, seed) => randomRegular(nodes, 4, { seed }),
 *   sizes: [60, 240], temperatures: [2, 2.9, 4], steps: 200, seed: 1,
 * });
 * scan.rows[0].binder.estimate > scan.rows[2].binder.estimate; // true: order below, none above
 */
export async function binderScan(options: BinderOptions): Promise<BinderStudy> {
  const given = readOptions('binderScan', options, scanOptions);
  const { energy, graphs, sizes, temperatures, move, steps, burnIn, graphCount, seed } = given;
  for (const size of sizes) integer(2)('binderScan', 'sizes', size as never);
  for (const temperature of temperatures) positive('binderScan', 'temperatures', temperature as never);
  if (temperatures.length < 3 || temperatures.some((T, k) => k > 0 && T <= temperatures[k - 1]!))
    throw new RangeError(
      `binderScan: temperatures must rise, three or more of them, got ${temperatures.join(', ')}`,
    );
  const graphOf = (nodes: number, graph: number): Graph => graphs(nodes, `${String(seed)}/${nodes}/${graph}`);
  const records = await runsOf({
    name: given.name,
    model: [energy(graphOf(sizes[0]!, 0)), graphs, move, JSON.stringify([steps, burnIn, seed])],
    over: {
      nodes: sizes,
      temperature: temperatures,
      graph: Array.from({ length: graphCount }, (_, k) => k),
    },
    keep: given.keep,
    ...(given.signal ? { signal: given.signal } : {}),
    run: async ({ nodes, temperature, graph }, { signal }) => {
      const power = (n: number) => (state: Float64Array, components: number) =>
        Math.abs(magnetisation(state, components)) ** n;
      const { observed } = await sample(move(energy(graphOf(nodes, graph)), { temperature }), {
        burnIn,
        steps,
        every: 1,
        seed: `${String(seed)}/${nodes}/${graph}/${temperature}`,
        signal,
        observe: { m1: power(1), m2: power(2), m4: power(4) },
      });
      const { m1, m2, m4 } = observed!;
      return { m1: m1!.mean, m2: m2!.mean, m4: m4!.mean };
    },
  });
  const rows = sizes.flatMap((nodes) =>
    temperatures.map((temperature): BinderRow => {
      const own = records.filter((one) => one.nodes === nodes && one.temperature === temperature);
      const order = interval(
        own.map(({ m1 }) => m1),
        { level },
      );
      return { nodes, temperature, binder: overGraphs(own, binder), order };
    }),
  );
  return new BinderStudy(given.name, rows, records);
}

type Moments = Pick<GraphMoments, 'm2' | 'm4'>;
const binder = (graphs: readonly Moments[]): number =>
  1 - mean(graphs.map(({ m4 }) => m4)) / (3 * mean(graphs.map(({ m2 }) => m2)) ** 2);

/** Groups are graphs: the graphs of a size, or of several sizes, one of each. */
function overGraphs<Group>(
  groups: readonly Group[],
  statistic: (graphs: Group extends readonly (infer Curve)[] ? Curve[][] : readonly Group[]) => number,
): Estimate {
  const bySize = (some: readonly Group[]): never =>
    (Array.isArray(some[0])
      ? some[0].map((_: unknown, size: number) => some.map((one) => (one as unknown[])[size]))
      : some) as never;
  const { estimate, interval: ends } = interval(
    jackknife(groups, (some) => statistic(bySize(some))),
    { level },
  );
  return { estimate, interval: ends };
}

/** The root of U(large) - U(small), by the parabola through the three temperatures around its change of sign. */
function crossingOf(
  small: readonly (readonly GraphMoments[])[],
  large: readonly (readonly GraphMoments[])[],
): number {
  const temperatures = small[0]!.map(({ temperature }) => temperature);
  const curve = (graphs: readonly (readonly GraphMoments[])[]): number[] =>
    temperatures.map((_, k) => binder(graphs.map((of) => of[k]!)));
  const [low, high] = [curve(small), curve(large)];
  const difference = low.map((value, k) => high[k]! - value);
  const at = difference.findIndex((value, k) => k > 0 && difference[k - 1]! > 0 && value <= 0);
  if (at < 0)
    throw new RangeError(
      `crossing: the curves must cross between T = ${temperatures[0]} and ${temperatures.at(-1)}, their differences are ${difference.map((d) => d.toFixed(4)).join(', ')}`,
    );
  const first = Math.min(Math.max(0, at - 1), temperatures.length - 3);
  return rootOfParabola(temperatures.slice(first, first + 3), difference.slice(first, first + 3), [
    temperatures[at - 1]!,
    temperatures[at]!,
  ]);
}

/** By bisection between two ends at which the parabola has other signs. */
function rootOfParabola(x: readonly number[], y: readonly number[], [from, to]: [number, number]): number {
  const value = (at: number): number =>
    y.reduce(
      (sum, one, i) =>
        sum +
        one *
          x.reduce(
            (product, other, j) => (i === j ? product : (product * (at - other)) / (x[i]! - other)),
            1,
          ),
      0,
    );
  for (let k = 0; k < 60; k++) {
    const middle = (from + to) / 2;
    if (value(middle) > 0) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}

function curves(name: string, rows: readonly BinderRow[]) {
  const sizes = [...new Set(rows.map(({ nodes }) => nodes))];
  return lineWithBand({
    name,
    x: { title: 'temperature <i>T</i>', unit: 'energy' },
    y: { title: 'Binder cumulant <i>U</i>' },
    series: sizes.map((nodes) => {
      const own = rows.filter((one) => one.nodes === nodes);
      return {
        label: `<i>N</i> = ${nodes}`,
        x: own.map(({ temperature }) => temperature),
        measured: own.map((one) => one.binder),
      };
    }),
    caption:
      'Two thirds in perfect order, zero without; the curves cross near the transition. 99 % intervals over graphs.',
  });
}
