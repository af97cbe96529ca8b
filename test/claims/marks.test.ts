// A finding that falls, falls everywhere: README, the notebooks with their stored outputs, and the ledger say the same of each row.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { claim, ledger, type Place, placesIn } from '../../src/claims/index.js';
import { collectChecks, listIn } from '../../src/claims/notebookAtHand.js';
import { markOf } from '../../src/claims/mark.js';
import { notebookNames } from '../../src/cli/notebookNames.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = join(root, 'notebooks');
type Cell = { readonly cell_type: string; readonly source: string | readonly string[]; readonly outputs?: unknown };
const notebooks = notebookNames(folder).map((name) => ({ name, content: JSON.parse(readFileSync(join(folder, `${name}.ipynb`), 'utf8')) as { cells: Cell[] } }));
const places: Record<string, Place> = Object.assign({}, ...notebooks.map(({ name, content }) => placesIn(name, content)));
const marked = ledger().filter((row) => markOf(row) !== undefined);

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Paragraphs, items of lists and rows of tables. */
const paragraphs = (text: string): string[] => text.split(/\n(?:\s*\n|(?=- |\| ))/).map((one) => one.replace(/\s+/g, ' ').trim());
const pages = [
  { name: 'README', texts: paragraphs(readFileSync(join(root, 'README.md'), 'utf8')) },
  ...notebooks.map(({ name, content }) => ({
    name, texts: content.cells.filter(({ cell_type }) => cell_type === 'markdown').flatMap(({ source }) => paragraphs([source].flat().join(''))),
  })),
];

/** The rows that a text speaks of: it has their ids, or a link to the section where they are decided. */
function rowsOf(text: string): string[] {
  const links = [...text.matchAll(/([\w-]+)\.ipynb#([^)\s"]+)/g)].map(([, notebook, anchor]) => `${notebook}#${anchor}`);
  return ledger().map(({ id }) => id).filter((id) =>
    new RegExp(`(?<![\\w.-])${escaped(id)}(?![\\w-]|\\.\\d)`).test(text) ||
    (places[id] && links.includes(`${places[id].notebook}#${places[id].anchor}`)));
}

test('the rows that are known to have fallen have their mark', () => {
  assert.deepEqual(marked.filter((row) => markOf(row) === 'withdrawn').map(({ id }) => id), ['AE-25']);
  for (const id of ['EMTD-2.16', 'EMTD-2.17', 'EMTD-3.4']) assert.equal(markOf(claim(id)), 'under revision', id);
});

test('what speaks of a marked row has the mark, and what has a mark speaks of a row that bears it', () => {
  for (const { name, texts } of pages) {
    for (const text of texts) {
      const rows = rowsOf(text);
      for (const id of rows) {
        const mark = markOf(claim(id));
        if (mark !== undefined) assert.ok(text.toLowerCase().includes(mark), `${name}: no "${mark}" beside ${id} in: ${text}`);
      }
      for (const mark of ['withdrawn', 'under revision']) {
        if (rows.length === 0 || !text.toLowerCase().includes(mark)) continue;
        assert.ok(rows.some((id) => markOf(claim(id)) === mark), `${name}: ${rows.join()} called ${mark}, in the ledger not: ${text}`);
      }
    }
  }
});

test('every finding of the README and of the page of the ledger leads to the rows that it rests on', () => {
  for (const [name, heading] of [['README', '## What it found'], ['31-claims-ledger', '## Findings']]) {
    const { texts } = pages.find((page) => page.name === name)!;
    const from = texts.findIndex((text) => text.startsWith(heading));
    const end = texts.findIndex((text, k) => k > from && text.startsWith('## '));
    const findings = texts.slice(from, end).filter((text) => text.startsWith('- '));
    assert.ok(findings.length >= 3, name);
    for (const text of findings) assert.ok(rowsOf(text).length > 0, `${name}: no row behind: ${text}`);
  }
});

test('the section that decides a marked row says so, and the stored output shows the word beside the verdict', () => {
  for (const { id } of marked) {
    const mark = markOf(claim(id))!;
    const { notebook, heading } = places[id]!;
    const { cells } = notebooks.find(({ name }) => name === notebook)!.content;
    const from = cells.findIndex(({ source }) => new RegExp(`^#+ +${escaped(heading)}$`, 'm').test([source].flat().join('')));
    const length = cells.slice(from + 1).findIndex(({ cell_type, source }) => cell_type === 'markdown' && /^#/m.test([source].flat().join('')));
    const section = cells.slice(from, from + 1 + length).filter(({ cell_type }) => cell_type === 'markdown');
    const texts = section.flatMap(({ source }) => paragraphs([source].flat().join('')));
    assert.ok(texts.some((text) => rowsOf(text).includes(id) && text.toLowerCase().includes(mark)), `${notebook}, ${heading}: ${id} is ${mark}`);
  }
  for (const { name, content } of notebooks) {
    for (const check of collectChecks(content).filter(({ claim }) => markOf(claim) !== undefined)) {
      const first = String(check).split('\n', 1)[0];
      const stored = content.cells.flatMap((cell) => listIn(cell, 'outputs')) as { data?: Record<string, string | string[]> }[];
      const lines = stored.flatMap(({ data }) => [data?.['text/plain'] ?? ''].flat().join('').split('\n', 1));
      assert.ok(lines.includes(first), `${name}: the stored output has no "${first}"; run the notebook`);
    }
  }
});

test('the stored page of the ledger has the word in the row', () => {
  const page = readFileSync(join(folder, '31-claims-ledger.ipynb'), 'utf8');
  for (const { id } of marked) {
    const row = new RegExp(`<tr>(?:(?!<tr>).)*>${escaped(id)}</a>(?:(?!</tr>).)*</tr>`).exec(page)?.[0];
    assert.ok(row?.includes(markOf(claim(id))!), id);
  }
});
