// Which schedule anneals best? A contender is a family of schedules: knobs (temperature, dissipation, ...) as a
// function of the share u of the horizon that has passed, with one setting. Each starts at random, has the same
// horizon H, is tuned on one set of graphs at its own size and horizon, and scored on another, all on the same
// graphs and starts. A run scores 1 if it has come to agreement at H and the same side agrees after a further hold
// at its last knobs: at least half of the nodes hold an opinion, and of these at least 19 of 20 the same.
import { after, type Update } from '../ambient/index.js';
import { lineWithBand } from '../figures/index.js';
import type { Graph } from '../graphs/index.js';
import { byDefault, needed, type Options, type OptionsOf, readOptions, typed } from '../numerics/options.js';
import {
  aBoolean,
  aFunction,
  each,
  finite,
  aList,
  aSignal,
  aString,
  integer,
  positive,
} from '../numerics/rules.js';
import { aSeed, type Seed, uniformGenerator } from '../randomness/index.js';
import { binomialInterval, type Estimate, interval, mean } from '../statistics/index.js';
import { runsOf, Study } from './study.js';

const level = 0.99;
const STAGES = 20;

/** What a schedule turns, by name. */
export type Knobs = Readonly<Record<string, number>>;

/** A family of schedules with one setting. */
export interface Contender {
  readonly name: string;
  /** The settings among which it is tuned. */
  readonly settings: readonly number[];
  /** The knobs when a share u of the horizon has passed, 0 at the start and 1 at the end. */
  at(setting: number, u: number): Knobs;
}

const raceOptions = {
  /** The families of schedules. */
  contenders: needed(typed<readonly Contender[]>(aList)),
  /** The dynamics of opinions 1, -1 and 0 (none) for a time `span` at these knobs. */
  kernel: needed(typed<(graph: Graph, knobs: Knobs, span: number) => Update<Int8Array>>(aFunction)),
  /** The graph of a size, made from a seed. */
  graphs: needed(typed<(nodes: number, seed: string) => Graph>(aFunction)),
  /** Numbers of nodes. */
  sizes: needed(typed<readonly number[]>(aList)),
  /** Horizons H, in units of time. */
  horizons: needed(typed<readonly number[]>(aList)),
  /** Time that an agreement must last after the horizon; 20 by default. */
  hold: byDefault(20, positive),
  /** Graphs on which each setting is tried, at least 16; 16 by default. */
  tuneGraphs: byDefault(16, integer(16)),
  /** Other graphs on which the best setting is scored, at least 16; 64 by default. */
  scoreGraphs: byDefault(64, integer(16)),
  /** The name of the figure, and of the folder of results; `annealing-race` by default. */
  name: byDefault('annealing-race', aString),
  /** From which all randomness follows. */
  seed: needed<Seed>(aSeed),
  /** Whether results are kept in out/sweeps, so that the same call goes on where it was stopped; false by default. */
  keep: byDefault(false, aBoolean),
  /** Aborting stops after the run under way. */
  signal: aSignal,
};

/** Options of `annealingRace`. */
export interface RaceOptions extends Options, OptionsOf<typeof raceOptions> {}

/** One contender at one size and horizon. */
export interface RaceRow {
  readonly nodes: number;
  readonly horizon: number;
  readonly contender: string;
  /** The setting that was best on the graphs for tuning. */
  readonly setting: number;
  /** Share of runs that agree at the horizon and after the hold, with Wilson's 99 % interval. */
  readonly lasts: Estimate;
  /** Share of links between opposite opinions at the horizon, with Student's 99 % interval. */
  readonly walls: Estimate;
}

interface Run {
  readonly nodes: number;
  readonly horizon: number;
  readonly contender: number;
  readonly setting: number;
  readonly graph: number;
  readonly lasts: number;
  readonly walls: number;
}

/** The outcome of `annealingRace`. */
export class RaceStudy extends Study<RaceRow> {
  readonly #runs: readonly (Run & { readonly name: string })[];

  constructor(name: string, rows: readonly RaceRow[], runs: readonly (Run & { readonly name: string })[]) {
    super(rows, curves(name, rows));
    this.#runs = runs;
  }

  /** The row of a contender. @throws RangeError if the study has none */
  at(nodes: number, horizon: number, contender: string): RaceRow {
    const row = this.rows.find(
      (one) => one.nodes === nodes && one.horizon === horizon && one.contender === contender,
    );
    if (!row) throw new RangeError(`annealingRace: no row for ${nodes} nodes, ${horizon}, ${contender}`);
    return row;
  }

  /** Score of one contender less that of another, by pairs of runs on the same graph; Student's 99 % interval. */
  difference(nodes: number, horizon: number, one: string, other: string): Estimate {
    const of = (name: string): readonly number[] =>
      this.#runs
        .filter((run) => run.nodes === nodes && run.horizon === horizon && run.name === name)
        .map(({ lasts }) => lasts);
    const [a, b] = [of(one), of(other)];
    if (a.length === 0 || b.length === 0)
      throw new RangeError(`annealingRace: no runs of ${a.length ? other : one}, ${nodes} nodes, ${horizon}`);
    return interval(
      a.map((score, k) => score - b[k]!),
      { level },
    );
  }
}

/**
 * Contenders tuned on one set of graphs, and scored on another.
 *
 * @throws RangeError or TypeError for an option that cannot be
 * @example
 * const race = await studies.annealingRace({
 *   contenders: [{ name: 'hold', settings: [0.1, 5], at: (temperature) => ({ temperature }) }],
 *   kernel: (graph, { temperature }, span) => ambient.fadingSpins(graph, { temperature, decay: 0, span }),
 *   graphs: (nodes) => complete(nodes), sizes: [20], horizons: [20], scoreGraphs: 16, seed: 1,
 * });
 * race.rows[0].setting; // 0.1
 */
export async function annealingRace(options: RaceOptions): Promise<RaceStudy> {
  const given = readOptions('annealingRace', options, raceOptions);
  const { contenders, kernel, graphs, sizes, horizons, hold, tuneGraphs, scoreGraphs, seed, keep } = given;
  for (const size of sizes) integer(2)('annealingRace', 'sizes', size as never);
  contenders.forEach(({ settings }, k) =>
    each(finite)('annealingRace', `contenders[${k}].settings`, settings as never),
  );
  for (const horizon of horizons) positive('annealingRace', 'horizons', horizon as never);

  async function runs(
    part: 'tune' | 'score',
    settings: (point: Point) => readonly number[],
    count: number,
  ): Promise<Run[]> {
    const entries = sizes.flatMap((nodes) =>
      horizons.flatMap((horizon) =>
        contenders.flatMap((_, contender) =>
          settings({ nodes, horizon, contender }).map((setting) => ({ nodes, horizon, contender, setting })),
        ),
      ),
    );
    const records = await runsOf({
      name: `${given.name}-${part}`,
      model: [kernel, graphs, ...contenders.map(({ at }) => at), JSON.stringify([hold, seed])],
      over: {
        entry: entries.map((entry) => JSON.stringify(entry)),
        graph: Array.from({ length: count }, (_, k) => k),
      },
      keep,
      ...(given.signal ? { signal: given.signal } : {}),
      run: async ({ entry, graph }) => {
        const { nodes, horizon, contender, setting } = JSON.parse(entry) as (typeof entries)[number];
        const of = `${String(seed)}/${part}/${nodes}/${graph}`;
        return outcome(contenders[contender]!, setting, horizon, of, nodes);
      },
    });
    return records.map((record) => ({
      ...record,
      ...(JSON.parse(record.entry) as (typeof entries)[number]),
    }));
  }

  function outcome({ name, at }: Contender, setting: number, horizon: number, of: string, nodes: number) {
    const graph = graphs(nodes, of);
    const random = uniformGenerator(of, 'start');
    let state = Int8Array.from({ length: nodes }, () => (random() < 0.5 ? 1 : -1));
    const noise = `${of}/${name}/${setting}/${horizon}`;
    for (let stage = 0; stage < STAGES; stage++) {
      const knobs = at(setting, (stage + 0.5) / STAGES);
      state = after(kernel(graph, knobs, horizon / STAGES), state, {
        steps: 1,
        seed: noise,
        from: stage,
      }) as never;
    }
    const last = after(kernel(graph, at(setting, 1), hold), state, { steps: 1, seed: noise, from: STAGES });
    const side = sideOf(state);
    return { lasts: Number(side !== 0 && sideOf(last) === side), walls: wallsOf(graph, state) };
  }

  const tuned = await runs('tune', ({ contender }) => contenders[contender]!.settings, tuneGraphs);
  const best = (point: Point): number => {
    const own = tuned.filter(
      (run) =>
        run.nodes === point.nodes && run.horizon === point.horizon && run.contender === point.contender,
    );
    const { settings } = contenders[point.contender]!;
    const scoreOf = (setting: number): number => {
      const some = own.filter((run) => run.setting === setting);
      return mean(some.map(({ lasts, walls }) => lasts - walls)); // walls tell ties apart
    };
    return settings.toSorted((a, b) => scoreOf(b) - scoreOf(a))[0]!;
  };
  const scored = await runs('score', (point) => [best(point)], scoreGraphs);
  const named = scored.map((run) => ({ ...run, name: contenders[run.contender]!.name }));
  const rows = sizes.flatMap((nodes) =>
    horizons.flatMap((horizon) =>
      contenders.map(({ name }): RaceRow => {
        const own = named.filter(
          (run) => run.nodes === nodes && run.horizon === horizon && run.name === name,
        );
        const won = own.filter(({ lasts }) => lasts === 1).length;
        return {
          nodes,
          horizon,
          contender: name,
          setting: own[0]!.setting,
          lasts: binomialInterval(won, own.length, { level }),
          walls: interval(
            own.map(({ walls }) => walls),
            { level },
          ),
        };
      }),
    ),
  );
  return new RaceStudy(given.name, rows, named);
}

type Point = Pick<Run, 'nodes' | 'horizon' | 'contender'>;

/** 1 or -1 where the opinion agrees, else 0. */
function sideOf(state: ArrayLike<number>): number {
  let [held, sum] = [0, 0];
  for (let i = 0; i < state.length; i++) {
    held += Math.abs(state[i]!);
    sum += state[i]!;
  }
  return 2 * held >= state.length && Math.abs(sum) >= 0.9 * held ? Math.sign(sum) : 0;
}

function wallsOf({ edgeCount, endpoints }: Graph, state: ArrayLike<number>): number {
  let walls = 0;
  for (let e = 0; e < edgeCount; e++)
    if (state[endpoints[2 * e]!]! * state[endpoints[2 * e + 1]!]! < 0) walls++;
  return walls / edgeCount;
}

function curves(name: string, rows: readonly RaceRow[]) {
  const nodes = Math.max(...rows.map((one) => one.nodes));
  const largest = rows.filter((one) => one.nodes === nodes);
  return lineWithBand({
    name,
    x: { title: 'horizon', unit: 'heat-bath times', log: true },
    y: { title: 'share of runs whose agreement lasts', range: [0, 1.02] },
    series: [...new Set(largest.map(({ contender }) => contender))].map((label, k) => {
      const own = largest.filter(({ contender }) => contender === label);
      return {
        label,
        marks: 'points' as const,
        x: own.map(({ horizon }) => horizon * 1.06 ** (k - 2)), // a little apart, to be seen
        measured: own.map(({ lasts }) => lasts),
      };
    }),
    caption: `${nodes} nodes. Each at its best setting for this horizon, scored on other graphs; 99 % intervals. Points are moved a little apart.`,
  });
}
