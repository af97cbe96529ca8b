// The ledger as a page: every finding and sentence is on it, numbers lie where their regions are, and no text of a
// finding is markup.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerOf, findings, findingWord, sentences } from '../../src/claims/index.js';
import { ledgerPage, strip } from '../../src/claims/ledgerPage.js';

const page = ledgerPage({
  figures: { [findings()[0]!.notebook]: 'iVBORw0KGgo=' },
  link: (notebook) => `../notebooks/${notebook}.ipynb`,
});
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

test('every finding is on the page with its word, answer and notebook, every sentence has a row', () => {
  for (const one of findings()) {
    assert.ok(page.includes(`<span class="word">${findingWord(one)}</span>`), one.id);
    assert.ok(page.includes(escaped(answerOf(one))), one.id);
    assert.ok(page.includes(`../notebooks/${one.notebook}.ipynb`), one.id);
  }
  assert.equal(page.match(/<tr id="(EMTD|AE)-/g)!.length, 105);
  for (const one of sentences())
    assert.ok(page.includes(`<tr id="${one.id}" data-class="${one.class}"`), one.id);
  assert.equal(
    page.match(/<img /g)!.length,
    findings().filter((one) => one.notebook === findings()[0]!.notebook).length,
  );
  assert.doesNotMatch(page, /https?:/, 'the page loads nothing from elsewhere');
});

test('a strip has its mark between its regions: yes to the right, no to the left', () => {
  const quantity = {
    meaning: 'x',
    unit: '1',
    expected: null,
    yes: [[1, Infinity]],
    no: [[-Infinity, 0]],
  } as const;
  const at = (value: number): number =>
    Number(
      /circle cx="([\d.]+)"/.exec(
        strip(quantity, { estimate: value, interval: [value - 0.1, value + 0.1] }),
      )![1],
    );
  const [yes, no] = [
    ...strip(quantity, { estimate: 0.5, interval: [0.4, 0.6] }).matchAll(
      /<rect x="([\d.]+)"[^>]*width="([\d.]+)"/g,
    ),
  ].map(([, x, width]) => [Number(x), Number(x) + Number(width)]);
  assert.ok(no![0]! === 0 && no![1]! < yes![0]! && Math.abs(yes![1]! - 160) < 0.2);
  const middle = at(0.5);
  assert.ok(no![1]! < middle && middle < yes![0]!);
  assert.ok(Math.abs(middle - 80) < 1, `${middle}`);
});
