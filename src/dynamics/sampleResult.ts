// What `sample` returns, and how it shows: a run's numbers, and its course as curves.
import {
  addCaption,
  card,
  countText,
  formatNumber,
  type MimeBundle,
  numeral,
  type Picture,
  rangeText,
  sparkline,
} from '../display/index.js';
import type { Field } from '../fields/index.js';
import type { Seed } from '../randomness/index.js';
import type { BlockedMean } from '../statistics/index.js';
import type { SavedState } from './sampler.js';
import { gaugeText } from './savedState.js';

/** The records of a run, and where it stands. */
export interface Samples {
  readonly sampler: string;
  /** The hash of the graph: an energy is measured on the same. */
  readonly graph?: string;
  /** The hash of the energy: runs are joined under the same, and a temperature is measured by the same. */
  readonly energy?: string;
  /** Temperature at the last record; the mean over nodes where they differ. */
  readonly temperature: number;
  readonly nodes: number;
  readonly components: number;
  readonly chains: number;
  readonly gauge: Field['gauge'];
  readonly seed: Seed;
  /** Steps done before the run: not 0 where it began from a saved state. */
  readonly begin?: number;
  readonly every: number;
  /** Steps done at each record. */
  readonly steps: readonly number[];
  /** Temperature at each record; the mean over nodes where they differ. */
  readonly temperatures: readonly number[];
  /** [nodes] at each record, of a sampler with temperatures by node. */
  readonly nodeTemperatures?: readonly ArrayLike<number>[];
  /** float32 [nodes, components, chains] at each record. */
  readonly states: readonly Float32Array[];
  /** What was observed in place of keeping the states, by name. */
  readonly observed?: Readonly<Record<string, BlockedMean>>;
  /** Accepted fraction by chain, where it is counted: see Sampler. */
  readonly acceptance: readonly number[] | undefined;
  /** Where the run stands: pass it as `resume` to go on. */
  readonly state: SavedState;
}

/** The picture shows at most so many chains and records, and reads at most so many values. */
const MOST = { chains: 5, records: 240, values: 2e6 };

export function samplesCard(samples: Omit<Samples, 'state'> & Partial<Pick<Samples, 'state'>>): MimeBundle {
  const {
    sampler,
    temperatures,
    temperature,
    nodeTemperatures,
    nodes,
    components,
    chains,
    steps,
    every,
    gauge,
    seed,
    acceptance,
    state,
    observed,
  } = samples;
  const byNode = nodeTemperatures?.at(-1);
  const between =
    steps.length < 2 ? '' : `, steps ${numeral(steps[0])} to ${numeral(steps.at(-1)!)} by ${numeral(every)}`;
  return card(
    `Samples of ${sampler}`,
    {
      temperature:
        temperatures.length === 0 ? formatNumber(temperature) : byNode ? undefined : rangeText(temperatures),
      'temperature by node': byNode && `${rangeText(byNode)}, at the last record`,
      chains: numeral(chains),
      records: `${numeral(steps.length)}${between}`,
      shape: `[${nodes}, ${components}, ${chains}] = [nodes, components, chains] per record`,
      gauge: gaugeText(gauge),
      ...Object.fromEntries(Object.entries(observed ?? {}).map(([name, one]) => [name, observedText(one)])),
      acceptance: acceptance && shareText(acceptance),
      seed,
      'state at': state && `step ${numeral(state.step)}`,
    },
    courseOf(samples),
  );
}

const observedText = ({ mean, standardError, time, records }: BlockedMean): string =>
  Number.isNaN(standardError)
    ? `mean ${formatNumber(mean)}, ${numeral(records)} records are too few for an error`
    : `mean ${formatNumber(mean)}, standard error ${formatNumber(standardError)}, time ${formatNumber(time)} records`;

export const shareText = (shares: readonly number[]): string => {
  const [least, greatest] = [Math.min(...shares), Math.max(...shares)];
  const percent = (share: number): string => formatNumber(100 * share);
  return least === greatest ? `${percent(least)} %` : `${percent(least)} to ${percent(greatest)} % by chain`;
};

/** The mean over nodes of component 0, record by record, of the first chains. */
function courseOf({ states, nodes, components, chains, steps }: Omit<Samples, 'state'>): Picture | undefined {
  const curves = Math.min(chains, MOST.chains);
  if (states.length < 2) return undefined;
  const stride = Math.max(
    Math.ceil(states.length / MOST.records),
    Math.ceil((states.length * nodes * curves) / MOST.values),
  );
  const records = states.filter((_, record) => record % stride === 0);
  const means = Array.from({ length: curves }, (_, chain) =>
    Float64Array.from(records, (values) => {
      let sum = 0;
      for (let node = 0; node < nodes; node++) sum += values[node * components * chains + chain];
      return sum / nodes;
    }),
  );
  const which = curves < chains ? `${curves} of ${chains} chains` : countText(chains, 'chain');
  const component = components === 1 ? '' : ' of component 0';
  return addCaption(sparkline(means, { width: 260, height: 64 }), [
    `mean over nodes${component}, ${which}, steps ${numeral(steps[0])} to ${numeral(steps.at(-1)!)}`,
  ]);
}
