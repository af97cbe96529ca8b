// When is it over? The protocol of EMTD on graphs of N nodes, from random ledgers, cooled in t seconds, to T = 0
// unless said otherwise.
// Rules of finality watch the same runs, and nobody stops by them. Of each rule:
//   final     all nodes were sure at the end,
//   split     the network held two ledgers when the last node became sure (false finality),
//   conflict  two nodes were sure of different ledgers, at whatever time.
// One run per graph, so that runs are independent; intervals are Wilson's. Source: EMTD 3.1, phase III.
import { linear } from '../dynamics/index.js';
import type { Hamiltonian } from '../energies/index.js';
import { lineWithBand } from '../figures/index.js';
import type { Graph } from '../graphs/index.js';
import { byDefault, needed, type Options, type OptionsOf, readOptions, typed } from '../numerics/options.js';
import {
  aBoolean,
  aFunction,
  aList,
  aSignal,
  aString,
  integer,
  nonNegative,
  oneOf,
  positive,
} from '../numerics/rules.js';
import { Emtd, type FinalityRule, Network } from '../protocol/index.js';
import { aSeed, type Seed, uniformGenerator } from '../randomness/index.js';
import { binomialInterval, type Estimate, interval } from '../statistics/index.js';
import { runsOf, Study } from './study.js';

const level = 0.99;
/** Seconds at the last temperature after the cooling, for the last rings of the clocks. */
const REST = 20;

const finalityOptions = {
  /** The energy of two ledgers, as spins -1 and +1. */
  energy: needed(typed<(graph: Graph) => Hamiltonian>(aFunction)),
  /** The graph of a size, made from a seed. */
  graphs: needed(typed<(nodes: number, seed: string) => Graph>(aFunction)),
  /** Numbers of nodes. */
  sizes: needed(typed<readonly number[]>(aList)),
  /** Cooling times, in seconds; each clock rings once per second. */
  times: needed(typed<readonly number[]>(aList)),
  /** Rules of finality; they watch, and stop no node. */
  rules: needed(typed<readonly FinalityRule[]>(aList)),
  /** First temperature, in units of energy; 4 by default. */
  from: byDefault(4, positive),
  /** Last temperature, which stays; 0 by default. The same as `from` holds the network there. */
  to: byDefault(0, nonNegative),
  /** What a node does with an offer, `asDrawn` by default; `hastings` needs an injection. */
  exchange: byDefault('asDrawn', oneOf('asDrawn', 'hastings')),
  /** Transactions of clients per second and node; 0 by default. */
  injection: byDefault(0, nonNegative),
  /** Graphs per size, one run on each, at least 16; 32 by default. */
  graphCount: byDefault(32, integer(16)),
  /** The name of the figure, and of the folder of results; `finality-by-cooling` by default. */
  name: byDefault('finality-by-cooling', aString),
  /** From which all randomness follows. */
  seed: needed<Seed>(aSeed),
  /** Whether results are kept in out/sweeps, so that the same call goes on where it was stopped; false by default. */
  keep: byDefault(false, aBoolean),
  /** Aborting stops after the run under way. */
  signal: aSignal,
};

/** Options of `finalityByCooling`. */
export interface FinalityCoolingOptions extends Options, OptionsOf<typeof finalityOptions> {}

/** One rule at one size and cooling time. */
export interface FinalityRow {
  readonly nodes: number;
  readonly seconds: number;
  readonly rule: string;
  /** Share of runs in which all nodes were sure, with Wilson's 99 % interval. */
  readonly final: Estimate;
  /** Share of runs in which all were sure while the network held two ledgers. */
  readonly split: Estimate;
  /** Share of runs in which two nodes were sure of different ledgers. */
  readonly conflict: Estimate;
  /** Share of runs in which the network held one ledger at the end. */
  readonly agreed: Estimate;
  /** Messages per node, with Student's 99 % interval. */
  readonly messages: Estimate;
}

/** The outcome of `finalityByCooling`. */
export class FinalityStudy extends Study<FinalityRow> {
  constructor(name: string, rows: readonly FinalityRow[]) {
    super(rows, curves(name, rows));
  }

  /** The row of a rule. @throws RangeError if the study has none */
  at(nodes: number, seconds: number, { name }: Pick<FinalityRule, 'name'>): FinalityRow {
    const row = this.rows.find((one) => one.nodes === nodes && one.seconds === seconds && one.rule === name);
    if (!row)
      throw new RangeError(`finalityByCooling: no row for ${nodes} nodes, ${seconds} s and the rule ${name}`);
    return row;
  }
}

/**
 * False finality and conflict of rules of finality, against the time of cooling and the size.
 *
 * @throws RangeError or TypeError for an option that cannot be
 * @example
 * const align = bond((a, b) => a.mul(b).sum().neg());
 * const cold = protocol.belowTemperature(0.2);
 * const watched = await studies.finalityByCooling({
 *   energy: (graph) => hamiltonian(graph, [align]), graphs: (nodes, seed) => smallWorld(nodes, 4, 0.1, { seed }),
 *   sizes: [50], times: [5], rules: [cold], graphCount: 16, seed: 1,
 * });
 * watched.at(50, 5, cold).split.estimate; // 1
 */
export async function finalityByCooling(options: FinalityCoolingOptions): Promise<FinalityStudy> {
  const given = readOptions('finalityByCooling', options, finalityOptions);
  const { energy, graphs, sizes, times, rules, from, to, exchange, injection, graphCount, seed } = given;
  for (const time of times) positive('finalityByCooling', 'times', time as never);
  for (const size of sizes) integer(2)('finalityByCooling', 'sizes', size as never);
  const graphOf = (nodes: number, graph: number): Graph => graphs(nodes, `${String(seed)}/${nodes}/${graph}`);
  const records = await runsOf({
    name: given.name,
    model: [
      energy(graphOf(sizes[0]!, 0)),
      graphs,
      ...rules.flatMap(({ name, start }) => [name, start]),
      JSON.stringify([from, to, exchange, injection, seed]),
    ],
    over: { nodes: sizes, seconds: times, graph: Array.from({ length: graphCount }, (_, k) => k) },
    keep: given.keep,
    ...(given.signal ? { signal: given.signal } : {}),
    run: async ({ nodes, seconds, graph }, { signal }) => {
      const own = `${String(seed)}/${nodes}/${seconds}/${graph}`;
      const random = uniformGenerator(own, 'ledgers');
      const emtd = new Emtd(energy(graphOf(nodes, graph)), {
        values: [-1, 1],
        initial: Array.from({ length: nodes }, () => Number(random() < 0.5)),
        temperature: linear({ from, to, steps: Math.max(2, Math.round(seconds) + 1) }),
        rule: exchange,
        injection,
        finality: rules,
        isWatched: true,
      });
      const network = new Network(emtd, { nodeCount: nodes, seed: own });
      const { messages } = await network.run({ time: seconds + REST, signal });
      return {
        agreed: Number(emtd.agreement === 1),
        messages: messages.sent / nodes,
        ...Object.fromEntries(
          emtd.records.flatMap(({ count, wasSplit, isSplit }, k) => [
            [`final${k}`, Number(count === nodes)],
            [`split${k}`, Number(count === nodes && wasSplit === true)],
            [`conflict${k}`, Number(isSplit)],
          ]),
        ),
      } as Readonly<Record<string, number>>;
    },
  });
  const rows = sizes.flatMap((nodes) =>
    times.flatMap((seconds) => {
      const own = records.filter((one) => one['nodes'] === nodes && one['seconds'] === seconds);
      const share = (name: string): Estimate =>
        binomialInterval(own.filter((one) => one[name] === 1).length, own.length, { level });
      return rules.map(
        ({ name }, k): FinalityRow => ({
          nodes,
          seconds,
          rule: name,
          final: share(`final${k}`),
          split: share(`split${k}`),
          conflict: share(`conflict${k}`),
          agreed: share('agreed'),
          messages: interval(
            own.map((one) => one['messages']!),
            { level },
          ),
        }),
      );
    }),
  );
  return new FinalityStudy(given.name, rows);
}

function curves(name: string, rows: readonly FinalityRow[]) {
  const nodes = Math.max(...rows.map((one) => one.nodes));
  const largest = rows.filter((one) => one.nodes === nodes);
  return lineWithBand({
    name,
    x: { title: 'cooling time', unit: 's', log: true },
    y: { title: 'share of runs', range: [0, 1.02] },
    series: [...new Set(largest.map(({ rule }) => rule))].map((rule) => {
      const own = largest.filter((one) => one.rule === rule);
      return {
        label: rule,
        x: own.map(({ seconds }) => seconds),
        measured: own.map(({ conflict }) => conflict),
      };
    }),
    caption: `Runs of ${nodes} nodes in which two nodes were sure of different ledgers, by rule; 99 % intervals.`,
  });
}
