// Replays a logged run: with the uniforms of the original run the program must go through the same
// states, bit by bit, and use every uniform. Source: EMTD, section 3.3; claim EMTD-3.16.
import { type ReferenceRun, runReference } from './program.js';
import { type RecordedRun, type ReferenceTrace, TraceError } from './trace.js';

/**
 * Runs the program on a trace's graph, signal, decay and uniforms.
 *
 * @throws TraceError when the run needs more or fewer uniforms than are logged.
 * @example
 * const [trace] = reference.originalTraces();
 * reference.replayTrace(trace).steps === trace.recorded?.steps; // true
 */
export function replayTrace(trace: ReferenceTrace): ReferenceRun {
  const { neighbors: neighbours, signal, decay, uniforms } = trace;
  let count = 0;
  const run = runReference({
    neighbours,
    signal,
    decay,
    uniform: () => {
      if (count === uniforms.length) {
        throw new TraceError(`replayTrace: the run needs more uniforms than the ${uniforms.length} logged`);
      }
      return uniforms[count++];
    },
  });
  if (count < uniforms.length) {
    throw new TraceError(`replayTrace: the run drew ${count} of the ${uniforms.length} logged uniforms`);
  }
  return run;
}

/**
 * Names of the recorded fields that the run does not reproduce to the last bit.
 *
 * @example
 * const [trace] = reference.originalTraces();
 * reference.traceDifferences(reference.replayTrace(trace), trace.recorded!); // []
 */
export function traceDifferences(run: ReferenceRun, recorded: RecordedRun): string[] {
  const fields = ['steps', 'final', 'stateAfterSweep', 'temperatures'] as const;
  return fields.filter((field) => !isSame(run[field], recorded[field]));
}

const isSame = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) && Array.isArray(b)
    ? a.length === b.length && a.every((value, at) => isSame(value, b[at]))
    : Object.is(a, b);
