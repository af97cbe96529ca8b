// Several samples of one law as one: more chains side by side, or one run after the other.
import { printAs } from '../display/index.js';
import { got, requireOnePer } from '../numerics/check.js';
import { byDefault, type Options, type OptionsOf, readOptions } from '../numerics/options.js';
import { aList, oneOf } from '../numerics/rules.js';
import type { Seed } from '../randomness/index.js';
import { requireCounts } from './checkRecords.js';
import { type Samples, samplesCard } from './sampleResult.js';

/**
 * Samples as `certify` and all measures take them, of several runs. They have no state to resume from: resume
 * those of the last run.
 */
export interface JoinedSamples extends Omit<Samples, 'state' | 'seed' | 'begin'> {
  /** The seeds of the runs, each once. */
  readonly seeds: readonly Seed[];
}

const concatOptions = {
  /**
   * `chains`: chains of all runs side by side, at the same steps. `time`: each run goes on where the one
   * before it ended. `chains` by default.
   */
  along: byDefault<'chains' | 'time'>('chains', oneOf('chains', 'time')),
};

/** Options of `concat`. */
export interface ConcatOptions extends Options, OptionsOf<typeof concatOptions> {}

type Part = Samples | JoinedSamples;

/**
 * Runs of one sampler as one, on which `certify` and every measure run: along chains, which are then numbered
 * in the order of the runs, or along time.
 *
 * @returns states [nodes, components, chains] at each record, with the chains or the records of all runs
 * @throws RangeError for no samples, for counts that are not those of the states, and for samples of another
 * sampler, nodes, components, gauge, energy or `every`; along chains also of other steps or temperatures, or
 * of the same seed; along time of other chains or seeds, or that do not follow at the next record
 * @example
 * const energy = hamiltonian(ring(10), [interaction()]);
 * const sampler = langevin(energy, { temperature: 1, timeStep: 0.05 });
 * const run = (seed: number) => sample(sampler, { chains: 8, burnIn: 500, steps: 10_000, every: 50, seed });
 * const samples = dynamics.concat([await run(1), await run(2)]);
 * samples.chains; // 16
 * certify(samples, energy).passed; // true
 */
export function concat(samples: readonly Part[], options: ConcatOptions = {}): JoinedSamples {
  const { along } = readOptions('concat', options, concatOptions);
  if (!Array.isArray(samples))
    throw new TypeError(`concat: samples must be a list of them, got ${got(samples)}`);
  if (samples.length === 0) throw new RangeError('concat: needs at least one run, got none');
  samples.forEach((one, run) => {
    requireCounts('concat', one, `run ${run}`);
    for (const name of ['steps', 'temperatures'] as const) {
      aList('concat', `${name} of run ${run}`, one[name] as never);
      requireOnePer('concat', `${name} of run ${run}`, one[name], one.states.length, 'record');
    }
  });
  const [first] = samples;
  const kind = ['sampler', 'nodes', 'components', 'gauge', 'graph', 'energy', 'every'] as const;
  for (const name of [
    ...kind,
    ...(along === 'time' ? (['chains'] as const) : (['steps', 'temperatures', 'nodeTemperatures'] as const)),
  ]) {
    requireSame(
      name,
      along,
      samples.map((one) => one[name]),
    );
  }
  const seeds = along === 'time' ? seedsInTime(samples) : seedsOfChains(samples);
  const { sampler, graph, energy, nodes, components, gauge, every } = first;
  const parts = along === 'time' ? inTime(samples) : sideBySide(samples);
  const joined = {
    sampler,
    ...(graph !== undefined && { graph }),
    ...(energy !== undefined && { energy }),
    nodes,
    components,
    gauge,
    every,
    ...parts,
    seeds,
  };
  return printAs<JoinedSamples>(joined, (all) => samplesCard({ ...all, seed: all.seeds.join(', ') }));
}

type Parts = Omit<
  JoinedSamples,
  'sampler' | 'graph' | 'energy' | 'nodes' | 'components' | 'gauge' | 'every' | 'seeds'
>;

function sideBySide(samples: readonly Part[]): Parts {
  const { temperature, temperatures, nodeTemperatures, steps } = samples[0];
  const chains = samples.reduce((sum, one) => sum + one.chains, 0);
  const states = samples[0].states.map((_, record) => {
    const sites = samples[0].nodes * samples[0].components;
    const values = new Float32Array(sites * chains);
    let from = 0;
    for (const {
      states: { [record]: own },
      chains: width,
    } of samples) {
      for (let at = 0; at < sites; at++)
        values.set(own.subarray(at * width, (at + 1) * width), at * chains + from);
      from += width;
    }
    return values;
  });
  const acceptance = samples.every((one) => one.acceptance)
    ? samples.flatMap((one) => one.acceptance!)
    : undefined;
  return {
    temperature,
    temperatures,
    ...(nodeTemperatures && { nodeTemperatures }),
    steps,
    chains,
    states,
    acceptance,
  };
}

/** The last run's acceptance counts all moves since the first. */
function inTime(samples: readonly Part[]): Parts {
  samples.slice(1).forEach(({ steps, every }, k) => {
    const before = samples[k].steps.at(-1);
    if (before === undefined || steps.length === 0 || steps[0] === before + every) return;
    const rule = `run ${k + 1} must begin ${every} steps after run ${k}, which ends at step ${before}`;
    throw new RangeError(`concat: along time ${rule}, got step ${steps[0]}`);
  });
  const { temperature, chains, acceptance } = samples.at(-1)!;
  const nodeTemperatures =
    samples[0].nodeTemperatures && samples.flatMap((one) => one.nodeTemperatures ?? []);
  return {
    temperature,
    chains,
    acceptance,
    ...(nodeTemperatures && { nodeTemperatures }),
    temperatures: samples.flatMap((one) => one.temperatures),
    steps: samples.flatMap((one) => one.steps),
    states: samples.flatMap((one) => one.states),
  };
}

const seedsOf = (one: Part): readonly Seed[] => ('seeds' in one ? one.seeds : [one.seed]);

/** The same seed gives the same chains again. */
function seedsOfChains(samples: readonly Part[]): Seed[] {
  const seeds = samples.flatMap(seedsOf);
  const twice = seeds.find((seed, k) => seeds.indexOf(seed) < k);
  if (twice !== undefined)
    throw new RangeError(
      `concat: along chains each run must have a seed of its own, got ${got(twice)} twice`,
    );
  return seeds;
}

function seedsInTime(samples: readonly Part[]): readonly Seed[] {
  requireSame(
    'seed',
    'time',
    samples.map((one) => seedsOf(one).join(', ')),
  );
  return seedsOf(samples[0]);
}

function requireSame(name: string, along: string, values: readonly unknown[]): void {
  const texts = values.map((value) => (value === undefined ? 'none' : JSON.stringify(value, typedAsLists)));
  const other = texts.findIndex((text) => text !== texts[0]);
  if (other < 0) return;
  const shown = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);
  const both = `got ${shown(texts[0])} and, of run ${other}, ${shown(texts[other])}`;
  throw new RangeError(`concat: along ${along} all runs must have the same ${name}, ${both}`);
}

const typedAsLists = (_: string, value: unknown): unknown =>
  ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value;
