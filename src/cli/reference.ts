// `emtd reference`: the proposal's section 3.3 program, replayed from logged runs, or run many times.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { proportion } from '../claims/index.js';
import {
  type Ensemble, referenceEnsemble, type ReferenceRun, type ReferenceTrace, replayTrace, traceDifferences,
} from '../reference/index.js';
import { parseTraces, TraceError } from '../reference/trace.js';

const usage = 'emtd reference --replay FILE [--json], or'
  + ' emtd reference --runs N [--signal s] [--nodes n] [--decay d] [--seed k] [--json]';

class UsageError extends Error {}

/**
 * `--replay FILE` replays logged runs and compares them with their record; `--runs N` counts the outcomes of
 * N fresh runs, with Wilson intervals of three standard errors. With `--json` the first prints
 * `[{ steps, final, stateAfterSweep }]` in the file's order, the second its counts and intervals.
 *
 * @returns exit code: 0; 1 for a broken file, a run that differs from its record, a value out of range; 2 for a wrong
 *   call. The error is one line on stderr.
 */
export async function referenceCommand(args: string[]): Promise<number> {
  try {
    const { replay, json, ...run } = parseOptions(args);
    if ((replay === undefined) === (run.runs === undefined)) throw new UsageError('needs --replay or --runs');
    if (replay === undefined) return printEnsemble(runEnsemble(run), json);
    const [other] = Object.keys(run);
    if (other !== undefined) throw new UsageError(`--${other} does not go with --replay`);
    return printReplay(parseTraces(readTraceFile(replay)), json);
  } catch (error) {
    if (error instanceof UsageError) return fail(`${error.message}; usage: ${usage}`, 2);
    if (error instanceof TraceError || error instanceof RangeError) return fail(error.message, 1);
    throw error;
  }
}

const text = { type: 'string' } as const;

function parseOptions(args: string[]) {
  const json = { type: 'boolean', default: false } as const;
  const options = { replay: text, runs: text, signal: text, nodes: text, decay: text, seed: text, json };
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    const advice = / To specify a positional argument.*/s; // there are none
    throw new UsageError((error as Error).message.replace(/\s+/g, ' ').replace(advice, ''));
  }
}

function readTraceFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new TraceError(`cannot read the trace file: ${(error as Error).message}`);
  }
}

type EnsembleOption = 'runs' | 'signal' | 'nodes' | 'decay' | 'seed';

function runEnsemble(given: Partial<Record<EnsembleOption, string>>): Ensemble {
  const number = (name: EnsembleOption, otherwise: number): number => {
    const value = given[name] ?? `${otherwise}`;
    if (value.trim() !== '' && !Number.isNaN(Number(value))) return Number(value);
    throw new UsageError(`--${name} takes a number, got "${value}"`);
  };
  const seed = given.seed ?? '0';
  return referenceEnsemble({
    runs: number('runs', 1000),
    nodeCount: number('nodes', 50),
    signal: number('signal', 3.14159),
    decay: number('decay', 0.95),
    seed: /^\d+$/.test(seed) ? Number(seed) : seed,
  });
}

function printReplay(traces: readonly ReferenceTrace[], json: boolean): number {
  const runs = traces.map(replayNumbered);
  const verdicts = runs.map((run, at) => compare(run, traces[at]));
  const unlike = verdicts.filter((verdict) => verdict.startsWith('mismatch')).length;
  if (json) {
    const shown = runs.map(({ steps, final, stateAfterSweep }) => ({ steps, final, stateAfterSweep }));
    print(JSON.stringify(shown));
  } else {
    const rows = runs.map(({ steps, final }, at) => {
      const { nodes, signal, decay, uniforms } = traces[at];
      return [at, nodes, signal, decay, uniforms.length, steps, `(${final.join(', ')})`, verdicts[at]];
    });
    print(table([['trace', 'nodes', 'signal', 'decay', 'uniforms', 'steps', 'final', 'record'], ...rows]));
  }
  return unlike === 0 ? 0 : fail(`${unlike} of ${runs.length} runs differ from their record`, 1);
}

function replayNumbered(trace: ReferenceTrace, at: number): ReferenceRun {
  try {
    return replayTrace(trace);
  } catch (error) {
    if (error instanceof TraceError) throw new TraceError(`trace ${at}: ${error.message}`);
    throw error;
  }
}

function compare(run: ReferenceRun, { recorded }: ReferenceTrace): string {
  if (recorded === undefined) return 'none';
  const unlike = traceDifferences(run, recorded);
  return unlike.length === 0 ? 'match' : `mismatch: ${unlike.join(', ')}`;
}

function printEnsemble(ensemble: Ensemble, json: boolean): number {
  const { runs, nodeCount, signal, decay, seed, injected, outcomes, converged, stepCounts } = ensemble;
  const interval = (count: number) => proportion(count, runs).interval;
  if (json) {
    const intervals = {
      injected: interval(injected),
      agreed: interval(outcomes.agreed),
      allZero: interval(outcomes.allZero),
      split: interval(outcomes.split),
      converged: interval(converged),
      steps: stepCounts.map(interval),
    };
    print(JSON.stringify({ ...ensemble, intervals }));
    return 0;
  }
  const row = (name: string, count: number) =>
    [name, count, (count / runs).toFixed(4), interval(count).map((bound) => bound.toFixed(4)).join(' to ')];
  const steps = [...stepCounts.entries()].filter(([, count]) => count > 0);
  print(`${runs} runs on ${nodeCount} nodes, signal ${signal}, decay ${decay}, seed ${seed}\n`);
  print(table([
    ['outcome', 'runs', 'share', 'three standard errors'],
    row('node 0 takes the signal', injected),
    row('all agree on the signal', outcomes.agreed),
    row('all zero: the signal is lost', outcomes.allZero),
    row('split', outcomes.split),
    row('stopped by its rule, "converged"', converged),
    ...steps.map(([sweeps, count]) => row(`"crystallized in ${sweeps} steps"`, count)),
  ]));
  print('\npredicted share that takes the signal, E_d[exp(-d s^2 / (2 T_0))] over the degrees of node 0: '
    + ensemble.predictedInjection.toFixed(4));
  return 0;
}

/** Text in columns as wide as their widest cell. */
function table(rows: readonly (readonly (string | number)[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => `${row[column]}`.length)));
  return rows.map((row) => row.map((cell, i) => `${cell}`.padEnd(widths[i])).join('  ').trimEnd()).join('\n');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(message: string, code: number): number {
  process.stderr.write(`emtd reference: ${message}\n`);
  return code;
}
