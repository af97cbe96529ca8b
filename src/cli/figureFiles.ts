// The figures among the outputs of an executed notebook, as files.
import { join } from 'node:path';
import type { Notebook } from '../../kernel/notebook/notebookFile.js';
import { writeAtomically } from '../files/writeAtomically.js';
// Imports single files: the whole room of figures would load tfjs, and the command would start three times
// slower.
import {
  figureCsv,
  figureJson,
  figureMimes,
  requireFigureName,
  requireSpec,
  type FigureSpec,
  renderSvg,
} from '../figures/index.js';

export interface ShownFigure {
  /** Lower-case words joined by '-': a file name. */
  readonly name: string;
  readonly spec: FigureSpec;
  /** Base 64. */
  readonly png: string;
}

/** @throws Error for a figure whose name cannot be a file's: a notebook may display any specification */
export function figuresOf(notebook: Notebook): ShownFigure[] {
  return notebook.cells
    .flatMap((cell) => (cell.cell_type === 'code' ? cell.outputs : []))
    .flatMap((output) => ('data' in output ? [output.data] : []))
    .flatMap((data) =>
      Object.values(figureMimes)
        .filter((mime) => mime in data)
        .map((mime) => {
          const spec: unknown = data[mime];
          requireSpec('figure', spec);
          const name: unknown = spec.layout.meta?.name;
          requireFigureName('figure', name);
          return { name, spec, png: typeof data['image/png'] === 'string' ? data['image/png'] : '' };
        }),
    );
}

/** SVG, CSV and plotly JSON of every figure among the outputs. @throws Error if two figures share a name */
export async function writeFigures(notebook: Notebook, folder: string, seen: Set<string>): Promise<void> {
  for (const { name, spec } of figuresOf(notebook)) {
    if (seen.has(name))
      throw new Error(`two figures are named ${name}; fix: another name in one of the notebooks`);
    seen.add(name);
    if (spec.data.length === 0) {
      throw new Error(
        `figure ${name} has too many points for a notebook, which holds only its picture; fix: fewer points`,
      );
    }
    writeAtomically(join(folder, `${name}.svg`), await renderSvg(spec));
    writeAtomically(join(folder, `${name}.csv`), figureCsv(spec));
    writeAtomically(join(folder, `${name}.json`), `${JSON.stringify(figureJson(spec), null, 1)}\n`);
  }
}
