// The committed notebooks, the ledger and the committed verdicts tell one story.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { answerOf, decidables, findings, findingWord, readVerdicts } from '../../src/claims/index.js';
import { compareVerdicts, verdictsOf } from '../../src/claims/verdicts.js';
import { collectChecks, collectManifest, notebookFaults } from '../../src/claims/notebookAtHand.js';
import type { FigureSpec } from '../../src/figures/index.js';
import { figureCsv } from '../../src/figures/tables/figureCsv.js';
import { figureMimes } from '../../src/figures/plots/figure.js';
import { notebookNames } from '../../src/cli/notebookNames.js';

interface Cell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
  readonly metadata: { readonly tags?: readonly string[] };
  readonly outputs?: readonly { readonly data?: Readonly<Record<string, unknown>> }[];
}

const folder = new URL('../../../notebooks/', import.meta.url);
const notebooks = (existsSync(folder) ? notebookNames(fileURLToPath(folder)) : []).map((name) => ({
  name,
  content: JSON.parse(readFileSync(new URL(`${name}.ipynb`, folder), 'utf8')) as {
    readonly cells: readonly Cell[];
  },
}));

/** The code of a notebook. */
const codeOf = (cells: readonly Cell[]): string =>
  cells
    .filter((cell) => cell.cell_type === 'code')
    .map(({ source }) => [source].flat().join(''))
    .join('\n');

/** The ids that a notebook's code checks. */
function checkedIds(cells: readonly Cell[]): string[] {
  return [...codeOf(cells).matchAll(/\bcheck\(\s*['"`]([^'"`]+)['"`]/g)].map((match) => match[1]!);
}

for (const { name, content } of notebooks) {
  test(`${name}: the code checks what is at home there, each once, and no other`, () => {
    const home = decidables()
      .filter(({ notebook }) => notebook === name)
      .map(({ id }) => id);
    assert.deepEqual(checkedIds(content.cells).toSorted(), home.toSorted());
  });

  test(`${name}: the committed outputs hold all quantities and meet all controls`, () => {
    assert.deepEqual(notebookFaults(name, collectChecks(content)), []);
    assert.ok(collectManifest(content), 'no manifest');
  });
}

test('the committed verdicts are those of the committed notebooks', () => {
  const shown = notebooks.map(({ name, content }) =>
    verdictsOf(name, collectChecks(content), collectManifest(content)?.digest ?? null),
  );
  assert.deepEqual(compareVerdicts(readVerdicts(), Object.assign({}, ...shown)), []);
});

test('README, page and stored check say the same of each finding: question, answer and word', () => {
  const plain = (text: string): string => text.replace(/\s+/g, ' ');
  const readme = plain(readFileSync(new URL('../README.md', folder), 'utf8'));
  for (const one of findings()) {
    const answer = one.withdrawn ?? answerOf(one);
    assert.doesNotMatch(answer, /[{}]/, `${one.id}: a number of the publication run is missing`);
    const said = plain(`**${one.question}** ${answer}`);
    assert.ok(readme.includes(said), `README has not: ${said}`);
    assert.ok(readme.includes(one.id), `README does not name ${one.id}`);
    const { cells } = notebooks.find(({ name }) => name === one.notebook)!.content;
    const first = plain([cells[0]!.source].flat().join(''));
    assert.ok(first.includes(said), `the first cell of ${one.notebook} has not: ${said}`);
    const texts = cells.flatMap(({ outputs = [] }) =>
      outputs.map(({ data }) => [data?.['text/plain'] ?? ''].flat().join('')),
    );
    const card = texts.find((text) => text.startsWith(`${one.id}: `));
    assert.ok(card && plain(card).includes(plain(answer)), `${one.notebook}: its check shows another answer`);
    assert.equal(card.split('\n', 1)[0], `${one.id}: ${findingWord(one)}`, 'the quick run says another word');
  }
});

test('the last part of a name says which notebook is meant', () => {
  const last = notebooks.map(({ name }) => basename(name));
  assert.deepEqual(last, [...new Set(last)]);
});

test('the five variants are there, each a page with a term that is checked, one figure and what it was seeded with', () => {
  const variants = notebooks.filter(({ name }) => name.startsWith('variants/'));
  assert.deepEqual(
    variants.map(({ name }) => name),
    [
      'variants/conservation',
      'variants/double-well',
      'variants/frustrated-loop',
      'variants/saturating-coupling',
      'variants/xy-small-world',
    ],
  );
  for (const {
    name,
    content: { cells },
  } of variants) {
    const data = cells.flatMap(({ outputs = [] }) =>
      outputs.flatMap((output) => (output.data ? [output.data] : [])),
    );
    const texts = data.map((bundle) => [bundle['text/plain']].flat().join(''));
    assert.ok(cells.length <= 16, `${name}: ${cells.length} cells`);
    assert.ok(
      texts.some((text) => /^(bond|site): passes\n/.test(text)),
      `${name}: no term that passes its check`,
    );
    assert.equal(data.filter((bundle) => 'image/png' in bundle).length, 1, `${name}: figures`);
    const findings = texts
      .filter((text) => text.startsWith('Certificate'))
      .filter((text) => !/: passed\n/.test(text));
    assert.deepEqual(findings, [], name);
    assert.deepEqual(collectManifest({ cells })!.seeds, [1], name);
    assert.match(
      codeOf(cells.filter(({ metadata }) => metadata.tags?.includes('parameters'))),
      /^const seed = 1;/,
      name,
    );
  }
});

test('figures of all notebooks can be written: no two share a name, and each has a table', () => {
  const named = notebooks.flatMap(({ name, content }) =>
    content.cells.flatMap(({ outputs = [] }) =>
      outputs.flatMap(({ data = {} }) =>
        Object.values(figureMimes)
          .filter((mime) => mime in data)
          .map((mime) => ({
            name,
            spec: data[mime] as FigureSpec,
            figure: (data[mime] as FigureSpec).layout.meta.name,
          })),
      ),
    ),
  );
  for (const { name, spec, figure } of named)
    assert.ok(figureCsv(spec).split('\n').length > 2, `${name}, ${figure}`);
  const twice = named.filter(({ figure }, k) => named.findIndex((one) => one.figure === figure) < k);
  assert.deepEqual(twice, []);
});
