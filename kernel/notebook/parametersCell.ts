// Parameters of a notebook, papermill's convention: the cell tagged `parameters` holds the defaults; a
// cell tagged `injected-parameters` right after it overrides them (cells may redeclare).
import { type Cell, type CodeCell, type Notebook, NotebookError } from './notebookFile.js';

export type Parameters = Readonly<Record<string, unknown>>;

/** The notebook with the parameters injected; the notebook itself where there are none. */
export function injectParameters(notebook: Notebook, parameters: Parameters, path: string): Notebook {
  if (Object.keys(parameters).length === 0) return notebook;
  const cells = notebook.cells.filter((cell) => !hasTag(cell, 'injected-parameters'));
  const at = cells.findIndex((cell) => hasTag(cell, 'parameters'));
  refuseUnknown(cells[at], parameters, path);
  cells.splice(at + 1, 0, injectedCell(parameters));
  return { ...notebook, cells };
}

function hasTag({ metadata }: Cell, tag: string): boolean {
  const tags = metadata['tags'];
  return Array.isArray(tags) && tags.includes(tag);
}

function refuseUnknown(cell: Cell | undefined, parameters: Parameters, path: string): void {
  const declarations = (cell?.source ?? '').matchAll(
    /(?:\b(?:const|let|var)|,)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*[:=]/gu,
  );
  const declared = new Set([...declarations].map(([, name]) => name));
  const unknown = Object.keys(parameters).find((name) => !declared.has(name));
  if (unknown === undefined) return;
  const known =
    declared.size > 0
      ? `its parameters are ${[...declared].join(', ')}`
      : 'it has no cell tagged `parameters`';
  throw new NotebookError(`notebook ${path}: no parameter ${unknown}; ${known}`);
}

function injectedCell(parameters: Parameters): CodeCell {
  const id = 'injected-parameters';
  const lines = Object.entries(parameters).map(
    ([name, value]) => `const ${name}${widened(value)} = ${JSON.stringify(value)};`,
  );
  return {
    cell_type: 'code',
    id,
    metadata: { tags: [id] },
    source: lines.join('\n'),
    outputs: [],
    execution_count: null,
  };
}

/** Not the literal type: cells compare parameters with other values. */
function widened(value: unknown): string {
  return ['number', 'string', 'boolean'].includes(typeof value) ? `: ${typeof value}` : '';
}

/** `seed=2` is { seed: 2 }; a value that is not JSON is a string: `backend=wasm`. */
export function parseParameter(text: string): Record<string, unknown> {
  const match = /^([\p{ID_Start}$_][\p{ID_Continue}$]*)=(.*)$/su.exec(text);
  if (!match) throw new NotebookError(`parameter must be name=value, got ${text}`);
  const [, name, value] = match as unknown as [string, string, string];
  try {
    return { [name]: JSON.parse(value) as unknown };
  } catch {
    return { [name]: value };
  }
}
