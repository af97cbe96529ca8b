// Notebook files: nbformat 4.5 as Jupyter writes it (sorted keys, indent 1, text as lists of lines), so
// that equal contents are equal bytes, whichever program saved them. Reading validates; writing is atomic.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Json } from '../wire/message.js';

export interface StreamOutput {
  output_type: 'stream';
  name: string;
  text: string;
}
export interface DisplayOutput {
  output_type: 'display_data';
  data: Json;
  metadata: Json;
}
export interface ResultOutput {
  output_type: 'execute_result';
  data: Json;
  metadata: Json;
  execution_count: number;
}
export interface ErrorOutput {
  output_type: 'error';
  ename: string;
  evalue: string;
  traceback: string[];
}
export type NotebookOutput = StreamOutput | DisplayOutput | ResultOutput | ErrorOutput;

export interface CodeCell {
  cell_type: 'code';
  id: string;
  metadata: Json;
  source: string;
  outputs: NotebookOutput[];
  execution_count: number | null;
}

export interface TextCell {
  cell_type: 'markdown' | 'raw';
  id: string;
  metadata: Json;
  source: string;
  attachments?: Json;
}

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

/** Reads a notebook; multi-line texts become strings, cells of nbformat 4.0 to 4.4 get ids. */
export function readNotebook(path: string): Notebook {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new NotebookError(`notebook ${path}: cannot be read: ${(error as Error).message}`);
  }
  return parseNotebook(text, path);
}

export function parseNotebook(text: string, path: string): Notebook {
  const fail = (rule: string): never => {
    throw new NotebookError(`notebook ${path}: ${rule}`);
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fail(`is not JSON: ${(error as Error).message}`);
  }
  if (!isRecord(value)) return fail('must be a JSON object');
  if (value['nbformat'] !== 4) return fail(`nbformat must be 4, got ${JSON.stringify(value['nbformat'])}`);
  if (!Array.isArray(value['cells'])) return fail('cells must be a list');
  const cells = value['cells'].map((cell: unknown, i) =>
    parseCell(cell, i, (rule) => fail(`cell ${i + 1}: ${rule}`)),
  );
  const ids = new Set(cells.map((cell) => cell.id));
  if (ids.size < cells.length) return fail('cell ids must differ');
  return {
    nbformat: 4,
    nbformat_minor: Math.max(5, Number(value['nbformat_minor']) || 0),
    metadata: isRecord(value['metadata']) ? value['metadata'] : {},
    cells,
  };
}

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
  const texts = Object.entries(data).map(([mime, content]) => [
    mime,
    isText(mime) ? (joined(content) ?? content) : content,
  ]);
  return { ...output, data: Object.fromEntries(texts) as Json } as DisplayOutput | ResultOutput;
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
  const texts = Object.entries(output.data).map(([mime, content]) => [
    mime,
    isText(mime) && typeof content === 'string' ? lines(content) : content,
  ]);
  return { ...output, data: Object.fromEntries(texts) as Json };
}

/** Writes beside the target and renames: a reader never sees half a notebook. */
export function writeNotebook(path: string, notebook: Notebook): void {
  const temporary = join(dirname(path), `.${process.pid}-${Date.now()}.tmp`);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, formatNotebook(notebook));
    renameSync(temporary, path);
  } catch (error) {
    if (existsSync(temporary)) rmSync(temporary);
    throw new NotebookError(`notebook ${path}: cannot be written: ${(error as Error).message}`);
  }
}

/** MIME types that nbformat stores as lists of lines. */
function isText(mime: string): boolean {
  return mime.startsWith('text/') || mime === 'application/javascript' || mime === 'image/svg+xml';
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
