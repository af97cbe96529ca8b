// The file of logged runs of the original program: JSON, an array with one object per run. The field names
// are those of the file. Reading checks everything, so that a broken file is refused before a run starts.
//   input:    neighbors (adjacency in iteration order), signal, decay, uniforms (all of the run, in order)
//   recorded: stateAfterSweep (data, [sweep][node]), steps, final (node 0), temperatures (at the end);
//             all present or all absent
// Source: EMTD, section 3.3.
import {
  card,
  clippedTable,
  countText,
  escapeHtml,
  formatNumber,
  jupyterDisplay,
  type MimeBundle,
  numeral,
  printAs,
  tableBundle,
} from '../display/index.js';
import { readOwnFile } from '../files/node.js';
import type { NeighbourLists } from './programEnergy.js';
import type { ReferenceRun } from './program.js';

/** The record of the original program, in the trace's own fields. */
export type RecordedRun = Pick<ReferenceRun, 'stateAfterSweep' | 'steps' | 'final' | 'temperatures'>;

/** A logged run of the proposal's program, with its random numbers. */
export interface ReferenceTrace {
  readonly nodes: number;
  readonly signal: number;
  readonly decay: number;
  readonly neighbors: NeighbourLists;
  readonly uniforms: readonly number[];
  readonly recorded: RecordedRun | undefined;
}

/** A trace that cannot be read, or that does not hold the uniforms of a whole run. */
export class TraceError extends Error {
  override readonly name = 'TraceError';

  [jupyterDisplay](): MimeBundle {
    return { 'text/html': `<p>${escapeHtml(String(this))}</p>`, 'text/plain': String(this) };
  }
}

/**
 * @throws TraceError naming the trace (from 0), the field and the value that breaks the format.
 */
export function parseTraces(text: string): ReferenceTrace[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new TraceError(`parseTraces: not JSON: ${oneLine((error as Error).message)}`);
  }
  if (!Array.isArray(content)) throw new TraceError(`parseTraces: must be an array, got ${show(content)}`);
  return printAs<ReferenceTrace[]>(content.map(parseTrace), tracesTable);
}

/**
 * The logged runs of the original program: a replay with their random numbers goes through the same states to
 * the last bit.
 *
 * @example reference.originalTraces().length; // 18
 */
export const originalTraces = (): ReferenceTrace[] =>
  parseTraces(readOwnFile('originalTraces', 'dist/src/reference/originalTraces.json'));

function parseTrace(content: unknown, at: number): ReferenceTrace {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new TraceError(`parseTraces: trace ${at} must be an object, got ${show(content)}`);
  }
  const fields = content as Record<string, unknown>;
  const field = <T>(name: string, rule: string, holds: (value: unknown) => value is T): T => {
    const value = fields[name];
    if (holds(value)) return value;
    throw new TraceError(`parseTraces: trace ${at}: ${name} must be ${rule}, got ${show(value)}`);
  };

  const nodes = field('nodes', 'a whole number above 0', isCount);
  const isNode = (value: unknown): value is number => isCount(value, 0) && value < nodes;
  const isUniform = (value: unknown): value is number => isFinite(value) && value >= 0 && value < 1;
  const isPositive = (value: unknown): value is number => isFinite(value) && value > 0;
  const eachNode = listOf(isFinite, nodes);

  const input = {
    nodes,
    signal: field('signal', 'a finite number', isFinite),
    decay: field('decay', 'a positive number', isPositive),
    neighbors: field('neighbors', `${nodes} lists of nodes below ${nodes}`, listOf(listOf(isNode), nodes)),
    uniforms: field('uniforms', 'a list of numbers in [0, 1)', listOf(isUniform)),
  };
  const recorded = ['stateAfterSweep', 'steps', 'final', 'temperatures'].some((name) => name in fields)
    ? {
        stateAfterSweep: field('stateAfterSweep', `lists of ${nodes} finite numbers`, listOf(eachNode)),
        steps: field('steps', 'a whole number above 0', isCount),
        final: field('final', 'two finite numbers', isPair),
        temperatures: field('temperatures', `a list of ${nodes} finite numbers`, eachNode),
      }
    : undefined;
  return printAs<ReferenceTrace>({ ...input, recorded }, traceCard);
}

const isFinite = (value: unknown): value is number => Number.isFinite(value);

const isCount = (value: unknown, least = 1): value is number =>
  Number.isSafeInteger(value) && (value as number) >= least;

const listOf =
  <T>(holds: (item: unknown) => item is T, length?: number) =>
  (value: unknown): value is T[] =>
    Array.isArray(value) && value.length === (length ?? value.length) && value.every((item) => holds(item));

const isPair = (value: unknown): value is [number, number] => listOf(isFinite, 2)(value);

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');

/** The value on one short line, for an error. */
function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

const traceCard = ({ nodes, signal, decay, uniforms, recorded }: ReferenceTrace) =>
  card(`logged run: ${countText(nodes, 'node')}, signal ${formatNumber(signal)}`, {
    decay,
    uniforms: numeral(uniforms.length),
    recorded: recorded ? countText(recorded.steps, 'sweep') : 'nothing',
  });

const tracesTable = (traces: readonly ReferenceTrace[]) =>
  tableBundle(
    clippedTable({
      caption: countText(traces.length, 'logged run'),
      head: ['run', 'nodes', 'signal', 'decay', 'uniforms', 'sweeps'],
      rows: traces.map(({ nodes, signal, decay, uniforms, recorded }, k) => [
        String(k),
        String(nodes),
        formatNumber(signal),
        String(decay),
        numeral(uniforms.length),
        recorded ? String(recorded.steps) : '–',
      ]),
      align: new Array<'right'>(6).fill('right'),
    }),
  );
