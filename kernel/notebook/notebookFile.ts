// Notebook files: nbformat 4.5 as Jupyter writes it (sorted keys, indent 1, text as lists of lines), so
// that equal contents are equal bytes, whichever program saved them. Reading validates; writing is atomic.
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeAtomically } from '../../src/files/writeAtomically.js';
import type { CellError, MimeBundle } from '../wire/content.js';
import type { Json } from '../wire/message.js';

export interface StreamOutput {
  output_type: 'stream';
  name: string;
  text: string;
}
export type DisplayOutput = { output_type: 'display_data' } & MimeBundle;
export type ResultOutput = { output_type: 'execute_result'; execution_count: number } & MimeBundle;
export type ErrorOutput = { output_type: 'error' } & CellError;
export type NotebookOutput = StreamOutput | DisplayOutput | ResultOutput | ErrorOutput;

interface CellOf<Type> {
  cell_type: Type;
  id: string;
  metadata: Json;
  source: string;
}
export type CodeCell = CellOf<'code'> & { outputs: NotebookOutput[]; execution_count: number | null };
export type TextCell = CellOf<'markdown' | 'raw'> & { attachments?: Json };
export type Cell = CodeCell | TextCell;

export interface Notebook {
  nbformat: 4;
  nbformat_minor: number;
  metadata: Json;
  cells: Cell[];
}

/** A file that is not a notebook, or cannot be read or written; the message names file and rule. */
export class NotebookError extends Error {
  override readonly name = 'NotebookError';
}

/** Does some work on a file. @throws NotebookError where it fails, with the file and `rule` */
function attempt<T>(path: string, rule: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new NotebookError(`notebook ${path}: ${rule}: ${(error as Error).message}`);
  }
}

/** Reads a notebook; multi-line texts become strings, cells of nbformat 4.0 to 4.4 get ids. */
export function readNotebook(path: string): Notebook {
  return parseNotebook(
    attempt(path, 'cannot be read', () => readFileSync(path, 'utf8')),
    path,
  );
}

export function parseNotebook(text: string, path: string): Notebook {
  const fail = (rule: string): never => {
    throw new NotebookError(`notebook ${path}: ${rule}`);
  };
  const value = attempt(path, 'is not JSON', (): unknown => JSON.parse(text));
  if (!isRecord(value)) return fail('must be a JSON object');
  if (isDeeper(value, mostDeep)) return fail(`must not be nested more than ${mostDeep} deep`);
  if (value['nbformat'] !== 4) return fail(`nbformat must be 4, got ${JSON.stringify(value['nbformat'])}`);
  if (!Array.isArray(value['cells'])) return fail('cells must be a list');
  const cells = value['cells'].map((cell: unknown, i) =>
    parseCell(cell, i, (rule) => fail(`cell ${i + 1}: ${rule}`)),
  );
  const ids = new Set(cells.map((cell) => cell.id));
  if (ids.size < cells.length) return fail('cell ids must differ');
  return {
    nbformat: 4,
    nbformat_minor: typeof value['nbformat_minor'] === 'number' ? Math.max(5, value['nbformat_minor']) : 5,
    metadata: isRecord(value['metadata']) ? value['metadata'] : {},
    cells,
  };
}

/** Deeper nesting is refused; a notebook with figures is some ten levels deep. */
const mostDeep = 200;

const isDeeper = (value: unknown, depth: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (depth === 0 || Object.values(value).some((part) => isDeeper(part, depth - 1)));

function parseCell(cell: unknown, index: number, fail: (rule: string) => never): Cell {
  if (!isRecord(cell)) return fail('must be an object');
  const type = cell['cell_type'];
  const source = joined(cell['source']);
  if (source === undefined) return fail('source must be text');
  const id = typeof cell['id'] === 'string' ? cell['id'] : `cell-${index + 1}`;
  const metadata = isRecord(cell['metadata']) ? cell['metadata'] : {};
  if (type === 'code') {
    if (!Array.isArray(cell['outputs'])) return fail('outputs must be a list');
    const outputs = cell['outputs'].map((output: unknown) => parseOutput(output, fail));
    const count = cell['execution_count'];
    return {
      cell_type: type,
      id,
      metadata,
      source,
      outputs,
      execution_count: typeof count === 'number' ? count : null,
    };
  }
  if (type !== 'markdown' && type !== 'raw') {
    return fail(`cell_type must be code, markdown or raw, got ${JSON.stringify(type)}`);
  }
  const attachments = isRecord(cell['attachments']) ? { attachments: cell['attachments'] } : {};
  return { cell_type: type, id, metadata, source, ...attachments };
}

function parseOutput(output: unknown, fail: (rule: string) => never): NotebookOutput {
  if (!isRecord(output)) return fail('an output must be an object');
  const type = output['output_type'];
  if (type === 'stream') return { ...output, text: joined(output['text']) ?? '' } as StreamOutput;
  if (type === 'error') return output as unknown as ErrorOutput;
  if (type !== 'display_data' && type !== 'execute_result') {
    return fail(
      `output_type must be stream, display_data, execute_result or error, got ${JSON.stringify(type)}`,
    );
  }
  const data = isRecord(output['data']) ? output['data'] : {};
  return { ...output, data: mapTexts(data, (content) => joined(content) ?? content) } as
    | DisplayOutput
    | ResultOutput;
}

/** The text of a notebook file: equal for equal notebooks. */
export function formatNotebook({ cells, ...rest }: Notebook): string {
  const split = cells.map((cell) => ({
    ...cell,
    source: lines(cell.source),
    ...(cell.cell_type === 'code' ? { outputs: cell.outputs.map(splitOutput) } : {}),
  }));
  return `${JSON.stringify(sorted({ ...rest, cells: split }), undefined, 1)}\n`;
}

function splitOutput(output: NotebookOutput): unknown {
  if (output.output_type === 'stream') return { ...output, text: lines(output.text) };
  if (output.output_type === 'error') return output;
  return {
    ...output,
    data: mapTexts(output.data, (content) => (typeof content === 'string' ? lines(content) : content)),
  };
}

/** A reader never sees half a notebook; the mode of a file that is there stays, and links are followed. */
export function writeNotebook(path: string, notebook: Notebook): void {
  attempt(path, 'cannot be written', () => {
    mkdirSync(dirname(path), { recursive: true });
    writeAtomically(path, formatNotebook(notebook));
  });
}

/** Changes the contents of the MIME types that nbformat stores as lists of lines. */
function mapTexts(data: Json, change: (content: unknown) => unknown): Json {
  const isText = (mime: string): boolean =>
    mime.startsWith('text/') || mime === 'application/javascript' || mime === 'image/svg+xml';
  return Object.fromEntries(
    Object.entries(data).map(([mime, content]) => [mime, isText(mime) ? change(content) : content]),
  );
}

function lines(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

function joined(text: unknown): string | undefined {
  if (typeof text === 'string') return text;
  return Array.isArray(text) && text.every((line) => typeof line === 'string') ? text.join('') : undefined;
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** nbformat sorts keys, at every depth. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}
