// The committed notebooks, the ledger and the committed verdicts tell one story.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import {
  collectChecks, collectManifest, compareVerdicts, ledger, notebookFaults, readVerdicts, verdictsOf,
} from '../../src/claims/index.js';

interface Cell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
}

const folder = new URL('../../../notebooks/', import.meta.url);
const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.ipynb')) : [];
const notebooks = files.map((file) => ({
  name: file.replace(/\.ipynb$/, ''),
  content: JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { readonly cells: readonly Cell[] },
}));

/** The ids that a notebook's code checks. */
function checkedIds(cells: readonly Cell[]): string[] {
  const code = cells.filter((cell) => cell.cell_type === 'code').map(({ source }) => [source].flat().join(''));
  return [...code.join('\n').matchAll(/\bcheck\(\s*['"`]([^'"`]+)['"`]/g)].map((match) => match[1]!);
}

for (const { name, content } of notebooks) {
  test(`${name}: the code checks the rows at home there, each once, and no other`, () => {
    const home = ledger().filter(({ notebook }) => notebook === name).map(({ id }) => id);
    assert.deepEqual(checkedIds(content.cells).toSorted(), home.toSorted());
  });

  test(`${name}: the committed outputs hold all quantities and meet all controls`, () => {
    assert.deepEqual(notebookFaults(name, collectChecks(content)), []);
    assert.ok(collectManifest(content), 'no manifest');
  });
}

test('the committed verdicts are those of the committed notebooks', () => {
  const shown = notebooks.map(({ name, content }) =>
    verdictsOf(name, collectChecks(content), collectManifest(content)?.digest ?? null));
  assert.deepEqual(compareVerdicts(readVerdicts(), Object.assign({}, ...shown)), []);
});
