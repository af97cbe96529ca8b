// The checkout that this build belongs to: its notebooks, and what they say about the ledger.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Notebook } from '../../kernel/notebook/notebookFile.js';
import { type Check, collectChecks, notebookFaults } from '../claims/index.js';
import { countText } from '../display/index.js';
import { writeAtomically } from '../files/writeAtomically.js';
import type { Run } from './executeAll.js';

export const root = fileURLToPath(new URL('../../../', import.meta.url));
export const notebookFolder = join(root, 'notebooks');
export const notebookPath = (name: string): string => join(notebookFolder, `${name}.ipynb`);

/** The checks of a run, and what is wrong with it, in words; no checks where a cell failed. */
export function judge({ name, notebook, failed }: Run): { checks: Check[]; problems: string[] } {
  if (failed) return { checks: [], problems: [`${name}: a cell failed`] };
  const checks = collectChecks(notebook satisfies Notebook);
  return { checks, problems: notebookFaults(name, checks) };
}

/** The last line of a command: what was done, or every problem. @returns the exit code */
export function close(problems: readonly string[], done: string): number {
  if (problems.length === 0) console.log(done);
  else
    console.error(
      `\n${countText(problems.length, 'problem')}:\n${problems.map((line) => `  ${line}`).join('\n')}`,
    );
  return Math.min(1, problems.length);
}

/** A file of the build's ledger goes to the sources too. */
export const copyToSource = (file: string, name: string): void =>
  writeAtomically(join(root, 'src', 'claims', name), readFileSync(file));
