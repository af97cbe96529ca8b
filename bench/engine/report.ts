// The tables, the CSV, the JSON and the figure of the race.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { palette } from '../../src/display/index.js';
import { Figure, lineWithBand, renderPng, renderSvg, type Trace } from '../../src/figures/index.js';
import { fastest, type Kind, type Measured, medianOf, type Ratio, ratio } from './contender.js';
import { type Case, label } from './problem.js';

export interface CaseResult {
  readonly size: Case;
  readonly measured: readonly Measured[];
}

/** Node-updates per second that no step exceeds. */
export interface Floor {
  readonly threads: number;
  readonly updatesPerSecond: number;
}

/**
 * What the library is at one number of threads, against the fastest of each kind that has no more of them.
 */
export interface Summary extends Case {
  readonly case: string;
  readonly threads: number;
  readonly engine: string;
  readonly updatesPerSecond: number;
  readonly ratioToC: number | null;
  readonly ratioToJax: number | null;
  readonly ratioToC256: number | null;
  readonly ratioToJaxDefault: number | null;
  readonly intervals: Record<string, readonly [number, number]>;
  /** The same ratios of the fastest batches of all rounds: what a busy machine disturbs least. */
  readonly best: Record<string, number>;
}

/** The compiled engine by numbers of threads. */
export function summaries({ size, measured }: CaseResult): Summary[] {
  return measured
    .filter(({ contender: { kind } }) => kind === 'library')
    .map(({ contender: { name, threads }, rates }) => {
      const against = (...kinds: Kind[]): (Ratio & { best: number }) | undefined => {
        const rivals = measured.filter(
          ({ contender }) => kinds.includes(contender.kind) && contender.threads <= threads,
        );
        if (rivals.length === 0) return undefined;
        const theirs = fastest(rivals);
        return { ...ratio(rates, theirs), best: Math.max(...rates) / Math.max(...theirs) };
      };
      const ratios = {
        ratioToC: against('C, 128 bits'),
        ratioToJax: against('JAX', 'JAX, default generator'),
        ratioToC256: against('C, 256 bits'),
        ratioToJaxDefault: against('JAX, default generator'),
      };
      const entries = Object.entries(ratios);
      return {
        case: label(size),
        ...size,
        threads,
        engine: name,
        updatesPerSecond: medianOf(rates).median,
        ...(Object.fromEntries(entries.map(([key, value]) => [key, value?.median ?? null])) as Record<
          keyof typeof ratios,
          number | null
        >),
        intervals: Object.fromEntries(
          entries.flatMap(([key, value]) => (value ? [[key, value.interval]] : [])),
        ),
        best: Object.fromEntries(entries.flatMap(([key, value]) => (value ? [[key, value.best]] : []))),
      };
    });
}

export const withInterval = ({ median, interval: [low, high] }: Ratio): string =>
  `${median.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;

/** Rates of one case, times the 128-bit C of one thread, and the floor: what no step can exceed. */
export function caseTable({ size, measured }: CaseResult, floors: readonly Floor[]): string {
  const base = measured.filter(
    ({ contender }) => contender.kind === 'C, 128 bits' && contender.threads === 1,
  );
  const rows = measured.map(({ contender, rates }) => {
    const { median } = medianOf(rates);
    const times = base.length > 0 ? withInterval(ratio(rates, fastest(base))) : '';
    const best = Math.max(...rates);
    return `${contender.name.padEnd(74)}${String(contender.threads).padStart(3)}${million(median).padStart(10)}${million(best).padStart(10)}  ${times}`;
  });
  const head = `${'threads'.padStart(77)}${'median'.padStart(10)}${'best'.padStart(10)}  times C of 128 bits on one thread [95 %]`;
  const floor = floors.map(({ threads, updatesPerSecond }) => {
    const name = 'floor: its normals alone, by the fastest C'.padEnd(74);
    return `${name}${String(threads).padStart(3)}${million(updatesPerSecond).padStart(20)}`;
  });
  return [`\n${label(size)} (nodes x chains), million node-updates/s`, head, ...rows, ...floor].join('\n');
}

const million = (rate: number): string => (rate / 1e6).toPrecision(4);

export function summaryTable(all: readonly Summary[]): string {
  const head = ['case', 'threads', 'engine', 'to C (128)', 'to C (256)', 'to JAX', 'to JAX, default'];
  const shown = (
    one: Summary,
    key: 'ratioToC' | 'ratioToC256' | 'ratioToJax' | 'ratioToJaxDefault',
  ): string => {
    const [median, interval] = [one[key], one.intervals[key]];
    return median === null ? '-' : `${withInterval({ median, interval })} (${one.best[key].toFixed(2)})`;
  };
  const rows = all.map((one) => [
    one.case,
    String(one.threads),
    one.engine,
    shown(one, 'ratioToC'),
    shown(one, 'ratioToC256'),
    shown(one, 'ratioToJax'),
    shown(one, 'ratioToJaxDefault'),
  ]);
  const widths = head.map((title, k) => 2 + Math.max(title.length, ...rows.map((row) => row[k].length)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, k) => cell.padEnd(widths[k]))
        .join('')
        .trimEnd(),
    )
    .join('\n');
}

/** out/bench/engine.{csv,json,svg,png}. */
export async function writeReport(
  folder: string,
  results: readonly CaseResult[],
  json: object,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const head = 'nodes,chains,contender,kind,threads,updates_per_second,lower,upper,best';
  const rows = results.flatMap(({ size, measured }) =>
    measured.map(({ contender: { name, kind, threads }, rates }) => {
      const { median, interval } = medianOf(rates);
      const numbers = [median, ...interval, Math.max(...rates)].map((rate) => rate.toPrecision(6));
      return [size.nodes, size.chains, `"${name}"`, `"${kind}"`, threads, ...numbers].join(',');
    }),
  );
  writeFileSync(join(folder, 'engine.csv'), [head, ...rows, ''].join('\n'));
  writeFileSync(join(folder, 'engine.json'), `${JSON.stringify(json, null, 2)}\n`);
  const figure = drawn(results);
  writeFileSync(join(folder, 'engine.svg'), await renderSvg(figure));
  writeFileSync(join(folder, 'engine.png'), await renderPng(figure));
}

/** Rates by case: of each kind the fastest, open on one thread, filled on all cores. */
function drawn(results: readonly CaseResult[]): Figure {
  const groups = new Map<
    string,
    { kind: string; threads: number; points: { place: number; rates: number[] }[] }
  >();
  results.forEach(({ measured }, place) => {
    for (const kind of new Set(measured.map(kindDrawn))) {
      if (kind === undefined) continue;
      const members = measured.filter((one) => kindDrawn(one) === kind);
      for (const threads of new Set(members.map(({ contender }) => contender.threads))) {
        const name = `${kind}, ${threads} thread${threads > 1 ? 's' : ''}`;
        const group = groups.get(name) ?? { kind, threads, points: [] };
        groups.set(name, group);
        group.points.push({
          place,
          rates: fastest(members.filter(({ contender }) => contender.threads === threads)),
        });
      }
    }
  });
  const kinds = [...new Set([...groups.values()].map(({ kind }) => kind))];
  const series = [...groups].map(([name, { kind, threads, points }]) => {
    const at = kinds.indexOf(kind) + (threads === 1 ? -0.15 : 0.15);
    const rates = points.map((one) => medianOf(one.rates));
    return {
      label: name,
      marks: 'points' as const,
      colour: palette[kinds.indexOf(kind) % palette.length],
      x: points.map(({ place }) => place + 0.8 * ((at + 0.5) / kinds.length - 0.5)),
      y: rates.map(({ median }) => median / 1e6),
      lower: rates.map(({ interval: [low] }) => low / 1e6),
      upper: rates.map(({ interval: [, high] }) => high / 1e6),
    };
  });
  const { data, layout } = lineWithBand({
    name: 'engine',
    width: 900,
    height: 480,
    x: { title: 'nodes × chains', range: [-0.5, results.length - 0.5] },
    y: { title: 'node-updates', unit: '10<sup>6</sup>/s', log: true },
    series,
    caption:
      'Langevin steps of a small world of degree 4, two float32 components: medians of rounds with their 95 % ' +
      'intervals. Open: one thread. Filled: all cores.',
  });
  const marked = data.map((trace, k): Trace => {
    const open = [...groups.values()][k].threads === 1;
    return open
      ? { ...trace, marker: { ...(trace.marker as object), symbol: 'circle-open', line: { width: 2 } } }
      : trace;
  });
  const cases = {
    tickvals: results.map((_, k) => k),
    ticktext: results.map(({ size }) => label(size)),
    ticks: '',
  };
  return new Figure(marked, { ...layout, xaxis: { ...(layout.xaxis as object), ...cases } });
}

/** Its name in the figure; undefined: left out. */
function kindDrawn({ contender: { kind, name } }: Measured): string | undefined {
  if (kind === 'C, 7 rounds' || name.endsWith('no prefetch') || name === 'tensors, cpu') return undefined;
  return kind === 'other' || kind === 'library' ? name : kind;
}
