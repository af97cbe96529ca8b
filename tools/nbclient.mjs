// Runs a notebook by nbclient, as Jupyter does, on the kernel that its metadata names.
import { execFileSync } from 'node:child_process';
import { pythons, quietly } from '../dist/kernel/install/jupyter.js';
import { root } from './run.mjs';

/** A Python that has nbclient. */
export const findHost = () =>
  pythons(root).find((python) => quietly(python, ['-c', 'import nbclient']).status === 0);

const program = `
import nbclient, nbformat, sys
notebook = nbformat.read(sys.argv[1], 4)
nbclient.NotebookClient(notebook, timeout=300, startup_timeout=300, resources={"metadata": {"path": sys.argv[2]}}).execute()
print(f"nbclient {nbclient.__version__} ran {sys.argv[1]}: {sum(cell.cell_type == 'code' for cell in notebook.cells)} cells")
`;

/** Ends with an error where a cell does; without a Python that has nbclient it says so, and does nothing. */
export function runNotebook(path, python = findHost(), folder = '.') {
  if (!python) return console.log(`SKIPPED, no Python with nbclient: ${path}`);
  execFileSync(python, ['-c', program, path, folder], { stdio: 'inherit' });
}
