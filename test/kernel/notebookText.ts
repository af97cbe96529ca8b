// Notebooks for the tests with real hosts.

/** A cell whose value is a plot; it needs `histogram`. */
export const plotCell =
  "histogram({ name: 'plot', x: { title: 'value' }, samples: [{ label: 'few', values: [1, 2, 2, 3, 3, 4] }] })";

/** A notebook of these cells for our kernel, never run. */
export function notebookText(sources: readonly string[]): string {
  const cells = sources.map((source, i) => ({
    cell_type: 'code',
    id: `cell-${i}`,
    metadata: {},
    source,
    outputs: [],
    execution_count: null,
  }));
  const kernelspec = { name: 'emtd-lab', display_name: 'TypeScript (EMTD Lab)', language: 'typescript' };
  return JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 });
}
