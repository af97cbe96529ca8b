// A finding that falls, falls everywhere: README, the notebooks with their stored outputs, and the
// ledger say the same of each row.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { claim, ledger, type Mention, mentionsIn } from '../../src/claims/index.js';
import { collectChecks, listIn } from '../../src/claims/notebookAtHand.js';
import { markOf } from '../../src/claims/mark.js';
import { notebookNames } from '../../src/cli/notebookNames.js';

interface Cell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
  readonly outputs?: unknown;
}

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = join(root, 'notebooks');
const read = (name: string): { cells: Cell[] } =>
  JSON.parse(readFileSync(join(folder, `${name}.ipynb`), 'utf8'));
const notebooks = notebookNames(folder).map((name) => ({ name, ...read(name) }));
const placed = notebooks.map(({ name, cells }) => mentionsIn(name, { cells }));
const places: Record<string, Mention> = Object.assign({}, ...placed);
const marked = ledger().filter((row) => markOf(row) !== undefined);
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const textOf = ({ source }: Cell): string => [source].flat().join('');

/** Paragraphs, items of lists and rows of tables. */
const paragraphs = (text: string): string[] =>
  text.split(/\n(?:\s*\n|(?=- |\| ))/).map((one) => one.replace(/\s+/g, ' ').trim());
const textsOf = (cells: readonly Cell[]): string[] =>
  cells.filter(({ cell_type }) => cell_type === 'markdown').flatMap((cell) => paragraphs(textOf(cell)));
const pages = [
  { name: 'README', texts: paragraphs(readFileSync(join(root, 'README.md'), 'utf8')) },
  ...notebooks.map(({ name, cells }) => ({ name, texts: textsOf(cells) })),
];

/** The rows that a text speaks of: it has their ids, or a link to the section where they are decided. */
function rowsOf(text: string): string[] {
  const links = [...text.matchAll(/([\w-]+)\.ipynb#([^)\s"]+)/g)].map(
    ([, name, anchor]) => `${name}#${anchor}`,
  );
  return ledger()
    .map(({ id }) => id)
    .filter((id) => {
      const { notebook, anchor } = places[id]!;
      const named = new RegExp(`(?<![\\w.-])${escaped(id)}(?![\\w-]|\\.\\d)`);
      return named.test(text) || links.includes(`${notebook}#${anchor}`);
    });
}

test('the rows that are known to have fallen have their mark', () => {
  assert.deepEqual(
    marked.map((row) => [row.id, markOf(row)]),
    [
      ['EMTD-2.16', 'under revision'],
      ['EMTD-2.17', 'under revision'],
      ['EMTD-3.4', 'under revision'],
      ['AE-25', 'withdrawn'],
    ],
  );
});

test('what speaks of a marked row has the mark, and what has a mark speaks of a row that bears it', () => {
  for (const { name, texts } of pages) {
    for (const text of texts) {
      const marks = rowsOf(text).map((id) => markOf(claim(id)));
      for (const mark of ['withdrawn', 'under revision'] as const) {
        if (marks.length === 0) continue;
        assert.equal(text.toLowerCase().includes(mark), marks.includes(mark), `${name}, ${mark}: ${text}`);
      }
    }
  }
});

test('every finding of the README and of the page of the ledger leads to the rows that it rests on', () => {
  for (const [name, heading] of [
    ['README', '## What it found'],
    ['31-claims-ledger', '## Findings'],
  ]) {
    const { texts } = pages.find((page) => page.name === name)!;
    const from = texts.findIndex((text) => text.startsWith(heading));
    const end = texts.findIndex((text, k) => k > from && text.startsWith('## '));
    const findings = texts.slice(from, end).filter((text) => text.startsWith('- '));
    assert.ok(findings.length >= 3, name);
    for (const text of findings) assert.ok(rowsOf(text).length > 0, `${name}: no row behind: ${text}`);
  }
});

test('the section that decides a marked row has the mark', () => {
  for (const { id } of marked) {
    const { notebook, heading } = places[id]!;
    const { cells } = notebooks.find(({ name }) => name === notebook)!;
    const from = cells.findIndex((cell) => new RegExp(`^#+ +${escaped(heading)}$`, 'm').test(textOf(cell)));
    const isHeading = (cell: Cell): boolean => cell.cell_type === 'markdown' && /^#/m.test(textOf(cell));
    const next = cells.findIndex((cell, k) => k > from && isHeading(cell));
    const texts = textsOf(cells.slice(from, next));
    assert.ok(
      texts.some((text) => rowsOf(text).includes(id)),
      `${notebook}, ${heading}: no word on ${id}`,
    );
  }
});

test('the stored output of a check has the mark beside the verdict', () => {
  for (const { name, cells } of notebooks) {
    const stored = cells.flatMap((cell) => listIn(cell, 'outputs')) as { data?: Record<string, unknown> }[];
    const lines = stored.map(({ data }) => [data?.['text/plain']].flat().join('').split('\n', 1)[0]);
    for (const check of collectChecks({ cells })) {
      const [first] = String(check).split('\n', 1);
      assert.ok(lines.includes(first), `${name}: the stored output has no "${first}"; run the notebook`);
    }
  }
});

test('the stored page of the ledger has the mark in the row', () => {
  const page = readFileSync(join(folder, '31-claims-ledger.ipynb'), 'utf8');
  for (const row of marked) {
    const found = new RegExp(`<tr>(?:(?!<tr>).)*>${escaped(row.id)}</a>(?:(?!</tr>).)*</tr>`).exec(page)?.[0];
    assert.ok(found?.includes(markOf(row)!), row.id);
  }
});
