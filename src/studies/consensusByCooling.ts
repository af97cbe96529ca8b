// Does slow cooling end in agreement? Graphs of N nodes start at random; the temperature falls from `from` to `to`
// in n sweeps, and a quench of `settle` sweeps follows. Per size and cooling time:
//   P(consensus) = share of runs in which all nodes end with one value,
//   residual energy per node = (H(end) - H(agreement)) / N.
// Runs on one graph are not independent: intervals are over graphs. Cooling and residual energy: Kirkpatrick,
// Gelatt and Vecchi, Science 220 (1983) 671, DOI 10.1126/science.220.4598.671.
import {
  type AnyState,
  geometric,
  heatBath,
  type Sampler,
  sample,
  type Schedule,
} from '../dynamics/index.js';
import type { Hamiltonian } from '../energies/index.js';
import { lineWithBand } from '../figures/index.js';
import type { Graph } from '../graphs/index.js';
import { byDefault, needed, type Options, type OptionsOf, readOptions, typed } from '../numerics/options.js';
import { aBoolean, aFunction, aList, aSignal, aString, integer, positive } from '../numerics/rules.js';
import { aSeed, type Seed } from '../randomness/index.js';
import { binomialInterval, type Estimate, interval, jackknife, mean, variance } from '../statistics/index.js';
import { runsOf, Study } from './study.js';

const level = 0.99;

const coolingOptions = {
  /** The energy of spins or labels on a graph. */
  energy: needed(typed<(graph: Graph) => Hamiltonian>(aFunction)),
  /** The graph of a size, made from a seed. */
  graphs: needed(typed<(nodes: number, seed: string) => Graph>(aFunction)),
  /** Numbers of nodes. */
  sizes: needed(typed<readonly number[]>(aList)),
  /** Cooling times n, in sweeps, at least 2; 0 is a quench. */
  times: needed(typed<readonly number[]>(aList)),
  /** First temperature, in units of energy; 4 by default. */
  from: byDefault(4, positive),
  /** Last temperature; 0.05 by default. */
  to: byDefault(0.05, positive),
  /** How T falls in n sweeps; `geometric` by default. */
  schedule: byDefault<(ramp: { from: number; to: number; steps: number }) => Schedule>(
    geometric,
    typed(aFunction),
  ),
  /** The move; `heatBath` by default. */
  move: byDefault<(energy: Hamiltonian, options: { temperature: number | Schedule }) => Sampler<AnyState>>(
    heatBath as never,
    typed(aFunction),
  ),
  /** Sweeps at T = 0 after the cooling; 100 by default. */
  settle: byDefault(100, integer(1)),
  /** Graphs per size, each with a seed of its own, at least 16; 32 by default. */
  graphCount: byDefault(32, integer(16)),
  /** Runs per graph; 8 by default. */
  runs: byDefault(8, integer(1)),
  /** The name of the figure, and of the folder of results; `consensus-by-cooling` by default. */
  name: byDefault('consensus-by-cooling', aString),
  /** From which all randomness follows. */
  seed: needed<Seed>(aSeed),
  /** Whether results are kept in out/sweeps, so that the same call goes on where it was stopped; false by default. */
  keep: byDefault(false, aBoolean),
  /** Aborting stops after the run under way. */
  signal: aSignal,
};

/** Options of `consensusByCooling`. */
export interface CoolingOptions extends Options, OptionsOf<typeof coolingOptions> {}

/** One size and one cooling time. */
export interface CoolingRow {
  readonly nodes: number;
  readonly sweeps: number;
  readonly runs: number;
  /** P(consensus), with its 99 % interval over graphs. */
  readonly consensus: Estimate;
  /** (H(end) - H(agreement)) / N, in units of energy, with Student's 99 % interval over graphs. */
  readonly residual: Estimate;
}

type Curve = readonly (readonly [sweeps: number, consensus: number])[];

/** The outcome of `consensusByCooling`. */
export class CoolingStudy extends Study<CoolingRow> {
  constructor(
    name: string,
    rows: readonly CoolingRow[],
    /** Per size, time and graph: the share of its runs that agree. */
    readonly byGraph: readonly { nodes: number; sweeps: number; graph: number; consensus: number }[],
  ) {
    super(rows, curves(name, rows));
  }

  /**
   * The cooling time at which half of all runs agree, by interpolation in ln n; Student's 99 % interval by the
   * jackknife over graphs.
   * @throws RangeError where the times do not reach from below to above one half
   */
  timeToAgree(nodes: number): Estimate {
    return jackknifed(this.#graphs(nodes), (graphs) => halfTime(graphs, nodes));
  }

  /** The exponent a of N^a by which that time grows from one size to another. @throws as `timeToAgree` */
  growth(from: number, to: number): Estimate {
    const [small, large] = [this.#graphs(from), this.#graphs(to)];
    return jackknifed(
      small.map((one, k) => [one, large[k]!] as const),
      (pairs) => {
        const times = [
          halfTime(
            pairs.map(([a]) => a),
            from,
          ),
          halfTime(
            pairs.map(([, b]) => b),
            to,
          ),
        ];
        return Math.log(times[1]! / times[0]!) / Math.log(to / from);
      },
    );
  }

  /** Of a size: the curve of each graph, P(consensus) by cooling time. */
  #graphs(nodes: number): Curve[] {
    const own = this.byGraph.filter((one) => one.nodes === nodes && one.sweeps > 0);
    return [...new Set(own.map(({ graph }) => graph))].map((graph) =>
      own.filter((one) => one.graph === graph).map(({ sweeps, consensus }) => [sweeps, consensus] as const),
    );
  }

  /** The row of a size and a time. @throws RangeError if the study has none */
  at(nodes: number, sweeps: number): CoolingRow {
    const row = this.rows.find((one) => one.nodes === nodes && one.sweeps === sweeps);
    if (!row) throw new RangeError(`consensusByCooling: no row for ${nodes} nodes and ${sweeps} sweeps`);
    return row;
  }
}

/**
 * The probability that slow cooling ends in agreement, and the energy that is left, against the time of cooling
 * and the size.
 *
 * @throws RangeError or TypeError for an option that cannot be, and for a graph of another size
 * @example
 * const align = bond((a, b) => a.mul(b).sum().neg());
 * const cooled = await studies.consensusByCooling({
 *   energy: (graph) => hamiltonian(graph, [align]),
 *   graphs: (nodes) => complete(nodes), sizes: [20], times: [20], runs: 4, seed: 1,
 * });
 * cooled.at(20, 20).consensus.estimate; // 1
 */
export async function consensusByCooling(options: CoolingOptions): Promise<CoolingStudy> {
  const given = readOptions('consensusByCooling', options, coolingOptions);
  const { energy, graphs, sizes, times, from, to, schedule, move, settle, graphCount, runs, seed } = given;
  sizes.forEach((size) => integer(2)('consensusByCooling', 'sizes', size as never));
  for (const time of times)
    if (!Number.isInteger(time) || time < 0 || time === 1)
      throw new RangeError(`consensusByCooling: times must be 0 or at least 2, got ${time}`);
  const graphOf = (nodes: number, graph: number): Graph => {
    const made = graphs(nodes, `${String(seed)}/${nodes}/${graph}`);
    if (made.nodeCount === nodes) return made;
    throw new RangeError(`consensusByCooling: graphs must give ${nodes} nodes, got ${made.nodeCount}`);
  };
  const first = energy(graphOf(sizes[0]!, 0));
  const records = await runsOf({
    name: given.name,
    model: [first, graphs, move, schedule, JSON.stringify([from, to, settle, runs, seed])],
    over: { nodes: sizes, sweeps: times, graph: Array.from({ length: graphCount }, (_, k) => k) },
    keep: given.keep,
    ...(given.signal ? { signal: given.signal } : {}),
    run: async ({ nodes, sweeps, graph }, { signal }) => {
      const model = energy(graphOf(nodes, graph));
      const ramp = sweeps > 0 ? schedule({ from, to, steps: sweeps }) : undefined;
      const temperature = {
        name: `${ramp?.name ?? 'quench'}, then 0`,
        at: (step: number): number => (ramp && step < sweeps ? ramp.at(step) : 0),
      };
      const steps = sweeps + settle;
      const { states } = await sample(move(model, { temperature }), {
        chains: runs,
        steps,
        every: steps,
        seed: `${String(seed)}/${nodes}/${graph}/${sweeps}`,
        signal,
      });
      return outcome(model, states[0]!, nodes, runs);
    },
  });
  return summarised(given.name, records, runs);
}

/** How many chains of [nodes, chains] have one value everywhere, and their energies above that of agreement. */
function outcome(model: Hamiltonian, values: Float32Array, nodes: number, chains: number) {
  let [agreed, residual] = [0, 0];
  for (let chain = 0; chain < chains; chain++) {
    const state = Float64Array.from({ length: nodes }, (_, node) => values[node * chains + chain]!);
    if (state.every((value) => value === state[0])) agreed++;
    residual += (model.energy64(state) - model.energy64(state.map(() => state[0]!))) / nodes / chains;
  }
  return { agreed, residual };
}

type GraphRecord = Readonly<Record<'nodes' | 'sweeps' | 'graph' | 'agreed' | 'residual', number>>;

function summarised(name: string, records: readonly GraphRecord[], runs: number): CoolingStudy {
  const points = new Map<string, GraphRecord[]>();
  for (const one of records) {
    const key = `${one.nodes}/${one.sweeps}`;
    points.set(key, [...(points.get(key) ?? []), one]);
  }
  const rows = [...points.values()].map((ofPoint): CoolingRow => {
    const { nodes, sweeps } = ofPoint[0]!;
    const shares = ofPoint.map(({ agreed }) => agreed / runs);
    const residual = interval(
      ofPoint.map((one) => one.residual),
      { level },
    );
    return { nodes, sweeps, runs: runs * ofPoint.length, consensus: overGraphs(shares, runs), residual };
  });
  const byGraph = records.map(({ nodes, sweeps, graph, agreed }) => ({
    nodes,
    sweeps,
    graph,
    consensus: agreed / runs,
  }));
  return new CoolingStudy(name, rows, byGraph);
}

/**
 * Wilson's interval of a share with as many independent runs as have its variance over graphs:
 * n_eff = p (1 - p) / var(mean), at most all runs; as many as graphs where every graph gives 0, or 1.
 */
function overGraphs(shares: readonly number[], runs: number): Estimate {
  const [share, graphs] = [mean(shares), shares.length];
  const spread = variance(shares) / graphs;
  const effective =
    spread === 0 ? graphs : Math.max(2, Math.min(graphs * runs, Math.round((share * (1 - share)) / spread)));
  const { interval: ends } = binomialInterval(Math.round(share * effective), effective, { level });
  return { estimate: share, interval: [Math.min(share, ends[0]), Math.max(share, ends[1])] };
}

const jackknifed = <Group>(
  groups: readonly Group[],
  statistic: (groups: readonly Group[]) => number,
): Estimate => {
  const { estimate, interval: ends } = interval(jackknife(groups, statistic), { level });
  return { estimate, interval: ends };
};

/** Where the mean curve of some graphs crosses one half. */
function halfTime(graphs: readonly Curve[], nodes: number): number {
  const points = graphs[0]!.map(
    ([sweeps], k) => [sweeps, mean(graphs.map((curve) => curve[k]![1]))] as const,
  );
  const at = points.findIndex(([, share], k) => k > 0 && points[k - 1]![1] < 0.5 && share >= 0.5);
  if (at < 0)
    throw new RangeError(
      `timeToAgree: times must reach from below to above one half for ${nodes} nodes, got shares ${points.map(([, share]) => share.toFixed(2)).join()}`,
    );
  const [[before, low], [after, high]] = [points[at - 1]!, points[at]!];
  return before * (after / before) ** ((0.5 - low) / (high - low));
}

function curves(name: string, rows: readonly CoolingRow[]) {
  const sizes = [...new Set(rows.map(({ nodes }) => nodes))];
  return lineWithBand({
    name,
    x: { title: 'cooling time', unit: 'sweeps', log: true },
    y: { title: 'P(consensus)', range: [0, 1.02] },
    series: sizes.map((nodes) => {
      const own = rows.filter((one) => one.nodes === nodes && one.sweeps > 0);
      return {
        label: `<i>N</i> = ${nodes}`,
        x: own.map(({ sweeps }) => sweeps),
        measured: own.map(({ consensus }) => consensus),
      };
    }),
    caption: `Share of runs in which all nodes agree after the cooling; 99 % intervals over graphs.`,
  });
}
