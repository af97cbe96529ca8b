// Notebooks for the tests with real hosts.

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
