// `emtd reference`: the proposal's section 3.3 program, replayed from logged runs, or run many times.
import { readFileSync } from 'node:fs';
import { proportion } from '../claims/index.js';
import { plainTable } from '../display/index.js';
import {
  type Ensemble,
  referenceEnsemble,
  type ReferenceRun,
  type ReferenceTrace,
  replayTrace,
  traceDifferences,
  parseTraces,
  TraceError,
} from '../reference/index.js';
import { CommandError, numberOf } from './command.js';
import type { Call } from './table.js';
import type { tables } from './tables.js';

/**
 * `--replay FILE` replays logged runs and compares them with their record; `--runs N` counts the outcomes of
 * N fresh runs, with Wilson intervals of three standard errors. With `--json` the first prints
 * `[{ steps, final, stateAfterSweep }]` in the file's order, the second its counts and intervals.
 *
 * @throws Error for a broken file, a run that differs from its record, or a value out of range
 */
export function reference({ values }: Call<typeof tables.reference>): number {
  const { replay, json = false, ...ensemble } = values;
  if ((replay === undefined) === (ensemble.runs === undefined))
    throw new CommandError('needs --replay or --runs');
  if (replay === undefined) printEnsemble(runEnsemble(ensemble), json);
  else {
    const [other] = Object.keys(ensemble);
    if (other !== undefined) throw new CommandError(`--${other} does not go with --replay`);
    printReplay(parseTraces(readTraceFile(replay)), json);
  }
  return 0;
}

function readTraceFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new TraceError(
      `cannot read the trace file: ${(error as Error).message}; fix: --replay takes a file of logged runs`,
    );
  }
}

type EnsembleOption = 'runs' | 'signal' | 'nodes' | 'decay' | 'seed';

function runEnsemble(given: Partial<Record<EnsembleOption, string>>): Ensemble {
  const number = (name: EnsembleOption, otherwise: number): number =>
    numberOf(name, given[name] ?? `${otherwise}`, () => true, 'a number');
  const seed = given.seed ?? '0';
  return referenceEnsemble({
    runs: number('runs', 1000),
    nodeCount: number('nodes', 50),
    signal: number('signal', 3.14159),
    decay: number('decay', 0.95),
    seed: /^\d+$/.test(seed) ? Number(seed) : seed,
  });
}

function printReplay(traces: readonly ReferenceTrace[], json: boolean): void {
  const runs = traces.map(replayNumbered);
  const verdicts = runs.map((run, at) => compare(run, traces[at]));
  if (json) {
    console.log(
      JSON.stringify(runs.map(({ steps, final, stateAfterSweep }) => ({ steps, final, stateAfterSweep }))),
    );
  } else {
    const rows = runs.map(({ steps, final }, at) => {
      const { nodes, signal, decay, uniforms } = traces[at];
      return [at, nodes, signal, decay, uniforms.length, steps, `(${final.join(', ')})`, verdicts[at]].map(
        String,
      );
    });
    console.log(
      plainTable({
        head: ['trace', 'nodes', 'signal', 'decay', 'uniforms', 'steps', 'final', 'record'],
        rows,
      }),
    );
  }
  const unlike = verdicts.filter((verdict) => verdict.startsWith('mismatch')).length;
  if (unlike > 0) throw new Error(`${unlike} of ${runs.length} runs differ from their record`);
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

function printEnsemble(ensemble: Ensemble, json: boolean): void {
  const {
    runs,
    nodeCount,
    signal,
    decay,
    seed,
    injected,
    outcomes,
    converged,
    stepCounts,
    predictedInjection,
  } = ensemble;
  const { agreed, allZero, split } = outcomes;
  const interval = (count: number) => proportion(count, runs).interval;
  if (json) {
    const counts = Object.entries({ injected, agreed, allZero, split, converged });
    const intervals = Object.fromEntries(counts.map(([name, count]) => [name, interval(count)]));
    console.log(
      JSON.stringify({ ...ensemble, intervals: { ...intervals, steps: stepCounts.map(interval) } }),
    );
    return;
  }
  const row = (name: string, count: number): string[] => [
    name,
    String(count),
    (count / runs).toFixed(4),
    interval(count)
      .map((bound) => bound.toFixed(4))
      .join(' to '),
  ];
  const steps = [...stepCounts.entries()].filter(([, count]) => count > 0);
  console.log(`${runs} runs on ${nodeCount} nodes, signal ${signal}, decay ${decay}, seed ${seed}\n`);
  console.log(
    plainTable({
      head: ['outcome', 'runs', 'share', 'three standard errors'],
      rows: [
        row('node 0 takes the signal', injected),
        row('all agree on the signal', agreed),
        row('all zero: the signal is lost', allZero),
        row('split', split),
        row('stopped by its rule, "converged"', converged),
        ...steps.map(([sweeps, count]) => row(`"crystallized in ${sweeps} steps"`, count)),
      ],
    }),
  );
  console.log(
    '\npredicted share that takes the signal, E_d[exp(-d s^2 / (2 T_0))] over the degrees of node 0: ' +
      predictedInjection.toFixed(4),
  );
}
