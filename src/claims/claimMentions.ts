// Where a claim is decided: the heading under which a notebook checks it, and the figures in that section,
// read from the executed notebook.
import { collectChecks, listIn } from './notebookAtHand.js';

/** Where a claim is checked: a section of a notebook, and its figures. */
export interface Mention {
  readonly notebook: string;
  /** Heading of the section, as in the notebook. */
  readonly heading: string;
  /** End of a link, after #. */
  readonly anchor: string;
  /** Names of the figures in that section. */
  readonly figures: readonly string[];
}

/**
 * The places of all checks in a notebook (parsed .ipynb, executed), by claim.
 *
 * @throws if the value is not a notebook
 * @example claims.mentionsIn('my-notebook', { cells: [] }); // {}
 */
export function mentionsIn(name: string, notebook: unknown): Record<string, Mention> {
  const places: Record<string, Mention> = {};
  let section: { heading: string; figures: string[] } = { heading: '', figures: [] };
  for (const cell of listIn(notebook, 'cells')) {
    const { cell_type, source } = (cell ?? {}) as Readonly<Record<string, unknown>>;
    if (cell_type === 'markdown') {
      const lines = [source ?? ''].flat().filter((line) => typeof line === 'string');
      const heading = /^#+ +(.+)$/m.exec(lines.join(''))?.[1];
      if (heading !== undefined) section = { heading, figures: [] };
      continue;
    }
    const data = listIn(cell, 'outputs').map((output) => (output as { data?: unknown } | null)?.data ?? {});
    section.figures.push(...data.flatMap((each) => Object.values(each).flatMap(figureName)));
    const { heading, figures } = section; // later figures of the section belong to it too
    const anchor = encodeURIComponent(heading.replaceAll(' ', '-').replace(/\p{Surrogate}/gu, '\uFFFD'));
    for (const { id } of collectChecks({ cells: [cell] }))
      places[id] = { notebook: name, heading, anchor, figures };
  }
  return places;
}

/** The name of a plotly specification of the lab; empty for any other payload. */
function figureName(payload: unknown): string[] {
  const name = (payload as { layout?: { meta?: { name?: unknown } } } | null)?.layout?.meta?.name;
  return typeof name === 'string' ? [name] : [];
}
