// The speed of one Langevin step (engine/problem.ts): the library on all its engines and by operations of
// tfjs, which are the reference, beside the floor that the machine sets; the same step in C (langevin.c)
// with 128-bit and 256-bit vectors, and in Python (peers.py: JAX, NumPy + SciPy, PyTorch; EMTD_PYTHON names a
// Python that has them). What is absent is skipped by name. Contenders take turns; ratios come with
// intervals.
//   npm run bench engine             tables; out/bench/engine.{csv,json,svg,png}
//   npm run -s bench -- --json       the JSON alone on stdout: ratioToC and ratioToJax for each case
//   ... --rounds=9 --case=1e3x64     other numbers of rounds, one case
import { mkdirSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { availableBackends } from '../src/tensors/index.js';
import type { Graph } from '../src/graphs/index.js';
import { type Contender, race } from './engine/contender.js';
import { floorRate, measureFloor } from './engine/floor.js';
import { byOperations, compiled, differenceFromReference, tensors } from './engine/library.js';
import { buildNative, disagreement, type Native, nativeContender } from './engine/native.js';
import { plainArrays } from './engine/plain.js';
import { PREPARED } from './engine/prepared.js';
import { ALL_CORES, type Case, CASES, graphOf, label, writeGraph } from './engine/problem.js';
import { pythonContenders } from './engine/python.js';
import {
  type CaseResult,
  caseTable,
  withInterval,
  summaries,
  summaryTable,
  writeReport,
} from './engine/report.js';

const ROOT = join(import.meta.dirname, '..', '..');
const FOLDER = join(ROOT, 'out', 'bench');
const BUSY = 0.3; // load a core
const AGREEMENT = 1e-5;
const PLAIN_JAVASCRIPT = 1e5; // node-updates of a step: the most that the tensor engine gets on tfjs's cpu backend

const option = (name: string): string | undefined =>
  process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
const json = process.argv.includes('--json');
const say = (text: string): void => (json ? console.error(text) : console.log(text));
const absent = new Map<string, string>();
const without = (name: string, reason: string): void => {
  if (!absent.has(name)) say(`without ${name}: ${reason}`);
  absent.set(name, reason);
};

async function main(): Promise<void> {
  const rounds = Number(option('rounds') ?? 9);
  if (!(rounds >= 6))
    throw new RangeError(`bench: --rounds must be at least 6, for intervals at 95 %, got ${rounds}`);
  const cases = CASES.filter((size) => !option('case') || label(size).replaceAll(' ', '') === option('case'));
  const load = loadavg()[0] / ALL_CORES;
  say(
    `${ALL_CORES} x ${cpus()[0]?.model.trim() ?? 'processor'}, Node ${process.versions.node}; ${rounds} rounds; load a core before: ${load.toFixed(2)}`,
  );
  if (load > BUSY)
    say(
      `This machine is busy (load ${load.toFixed(2)} a core): believe ratios, and of these the intervals and those of the fastest batches, not rates.`,
    );
  mkdirSync(FOLDER, { recursive: true });
  const built = buildNative(ROOT, FOLDER);
  if (typeof built === 'string') without('C', built);
  const builds = typeof built === 'string' ? [] : built;

  writeGraph(join(FOLDER, `graph-${cases[0].nodes}.i32`), graphOf(cases[0]));
  const floor =
    builds.length > 0 ? await measureFloor(builds, join(FOLDER, `graph-${cases[0].nodes}.i32`), rounds) : [];
  if (floor.length > 0) say('\nWhat the machine can do (langevin.c)');
  for (const { name, threads, unit, rate } of floor)
    say(`${name.padEnd(44)}${String(threads).padStart(3)}  ${withInterval(rate)} ${unit}`);
  const floors = [...new Set(floor.map(({ threads }) => threads))].map((threads) => ({
    threads,
    updatesPerSecond: floorRate(floor, threads),
  }));

  const results: CaseResult[] = [];
  for (const size of cases) {
    const [graph, graphFile] = [graphOf(size), join(FOLDER, `graph-${size.nodes}.i32`)];
    writeGraph(graphFile, graph);
    const difference = await differenceFromReference(graph, size.chains);
    if (difference > AGREEMENT)
      throw new Error(`${label(size)}: one compiled step differs from the reference by ${difference}`);
    say(
      `${label(size)}: one compiled step is the reference's to ${difference.toExponential(1)} of the largest value`,
    );
    const checked = await agreeing(builds, size, graph, graphFile);
    const contenders = await contendersOf(size, graph, graphFile, checked);
    const result = { size, measured: await race(contenders, size.nodes * size.chains, rounds) };
    for (const { close } of contenders) close?.();
    say(caseTable(result, floors));
    results.push(result);
  }
  const overview = results.flatMap(summaries);
  say(
    `\nThe library over its peers, on the same threads or fewer; medians of ${rounds} rounds [95 %] (fastest batches of all)\n${summaryTable(overview)}`,
  );

  say('');
  const prepared: object[] = [];
  for (const { name, unit, must, measure } of PREPARED) {
    const measured = await measure();
    const { value, beside } =
      typeof measured === 'object' ? measured : { value: measured, beside: undefined };
    const text =
      typeof value === 'string'
        ? `skipped, ${name}: ${value}`
        : `${name}: ${value.toPrecision(3)} ${unit}${must === undefined ? '' : ` (must: ${must})`}`;
    say(beside === undefined ? text : `${text}; ${beside}`);
    prepared.push({
      name,
      unit,
      must,
      ...(typeof value === 'string' ? { skipped: value } : { value, beside }),
    });
  }
  const machine = {
    processor: cpus()[0]?.model.trim(),
    cores: ALL_CORES,
    node: process.versions.node,
    loadBefore: load,
    rounds,
  };
  const report = { machine, cases: overview, floor, floors, prepared, absent: Object.fromEntries(absent) };
  await writeReport(FOLDER, results, report);
  if (json) console.log(JSON.stringify(report, null, 2));
  else
    say(
      `\nWritten: ${['csv', 'json', 'svg', 'png'].map((kind) => join('out', 'bench', `engine.${kind}`)).join(', ')}`,
    );
}

/** The builds whose step is the library's own. */
async function agreeing(
  builds: readonly Native[],
  size: Case,
  graph: Graph,
  graphFile: string,
): Promise<Native[]> {
  const agreed: Native[] = [];
  for (const build of builds) {
    const difference = await disagreement(build, graph, graphFile, size.chains, FOLDER);
    if (difference > AGREEMENT)
      throw new Error(`${build.name}, ${label(size)}: one step differs from the library's by ${difference}`);
    if (!Number.isNaN(difference))
      say(
        `${label(size)}: one step of ${build.name} is the library's to ${difference.toExponential(1)} of the largest value`,
      );
    agreed.push(build);
  }
  return agreed;
}

async function contendersOf(
  size: Case,
  graph: Graph,
  graphFile: string,
  builds: readonly Native[],
): Promise<Contender[]> {
  const { chains } = size;
  const contenders: Contender[] = await compiled(graph, chains);
  for (const { name, available, reason } of await availableBackends()) {
    if (!available) without(`tensors, ${name}`, reason);
    else if (name === 'cpu' && size.nodes * chains > PLAIN_JAVASCRIPT)
      without(`tensors, cpu, ${label(size)}`, 'a step takes a second');
    else contenders.push(await tensors(name, graph, chains));
  }
  contenders.push(byOperations(graph, chains), plainArrays(graph, chains));
  const threads = [...new Set([1, ALL_CORES])];
  for (const count of threads)
    contenders.push(...builds.map((build) => nativeContender(build, graphFile, chains, count)));
  for (const count of threads)
    contenders.push(
      ...(await pythonContenders(ROOT, graphFile, chains, count === ALL_CORES ? 0 : count, without)),
    );
  return contenders;
}

await main();
