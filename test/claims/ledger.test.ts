// The ledger as data: all sentences stand in their documents, each finding can come out either way.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  check,
  decidables,
  earlierRows,
  type Finding,
  findings,
  isControl,
  ledgerFaults,
  type Sentence,
  sentence,
  sentences,
} from '../../src/claims/index.js';
import { astride, evidenceOf, favourable, inside } from './regions.js';

const fixtures = new URL('../../../test/fixtures/papers/', import.meta.url);
const papers = {
  EMTD: words(readFileSync(new URL('emtd.md', fixtures), 'utf8')),
  AE: words(readFileSync(new URL('ambient-entropy.md', fixtures), 'utf8')),
};

/** Ids from a prefix and running numbers. */
function numbers(prefix: string, from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, i) => `${prefix}${from + i}`);
}

/** Text without markdown marks and line ends. */
function words(text: string): string {
  return text.replace(/[*`>]/g, '').replace(/\s+/g, ' ');
}

test('the ledger holds the 105 sentences of both documents, each once, in their order', () => {
  assert.deepEqual(
    sentences().map(({ id }) => id),
    [
      ...numbers('EMTD-0.', 1, 2),
      ...['A.1', 'A.2', 'A.3', 'A.4', 'A.5', 'A.6'].map((id) => `EMTD-${id}`),
      ...numbers('EMTD-1.', 1, 17),
      ...numbers('EMTD-2.', 1, 18),
      ...numbers('EMTD-3.', 1, 24),
      ...numbers('EMTD-4.', 1, 12),
      ...numbers('AE-', 1, 26),
    ],
  );
  assert.ok(sentences().every(({ id, document }) => id.startsWith(`${document}-`)));
});

test('every quotation stands in its document, and what has none says so', () => {
  const wrong = sentences().filter(
    ({ quote, document }) => quote !== null && !papers[document].includes(words(quote)),
  );
  assert.deepEqual(
    wrong.map(({ id }) => id),
    [],
  );
  const absent = sentences().filter(({ quote }) => quote === null);
  assert.deepEqual(
    absent.map(({ id }) => id),
    ['EMTD-0.1', 'EMTD-1.14', 'EMTD-2.7', 'EMTD-3.15', 'AE-26'],
  );
  assert.doesNotMatch(papers.EMTD, /### 1\.2/);
});

test('the audit finds no fault', () => assert.deepEqual(ledgerFaults(), []));

const example: Finding = {
  id: 'F99',
  notebook: '02-hamiltonian',
  sentences: ['EMTD-1.7'],
  question: 'Is it so?',
  literal: 'It is.',
  competitor: 'None.',
  covers: 'All sizes.',
  quantities: {
    ratio: { meaning: 'a ratio', unit: '1', expected: null, yes: [[1, Infinity]], no: [[-Infinity, 0.5]] },
    planted: { meaning: 'the same of a planted model', unit: '1', expected: 1, requires: [[0.9, 1.1]] },
  },
  planted: { yes: 'A model.', no: 'Another.' },
  answer: 'The ratio is {ratio}.',
  overturns: 'A ratio below one half.',
};

test('the audit finds planted faults', () => {
  const said: Sentence = { ...sentence('EMTD-1.7'), class: 'see finding', finding: 'F99' };
  const faults = (one: Partial<Sentence>, found: Partial<Finding> = {}) =>
    ledgerFaults([{ ...said, ...one }], [{ ...example, ...found }]).join('; ');
  assert.equal(faults({}), '');
  assert.match(ledgerFaults([said, said], [example]).join(), /EMTD-1\.7: appears twice/);
  assert.match(faults({ quote: null }), /needs either a quotation or a word on its absence/);
  assert.match(faults({ why: '' }), /has no sentence that says why/);
  assert.match(faults({ class: 'definition' }), /names a finding if and only if one decides it/);
  assert.match(faults({ finding: 'F98' }), /F98 does not name it.*F99: is not named by EMTD-1\.7/);
  assert.match(faults({ same: 'EMTD-9' }), /there is no sentence EMTD-9/);
  assert.match(faults({}, { sentences: [] }), /F99 does not name it/);
  assert.match(faults({}, { question: 'It is so.' }), /asks no question/);
  assert.match(faults({}, { answer: '{other}' }), /a number in its answer that it does not declare/);
  const { ratio, planted } = example.quantities;
  assert.match(faults({}, { quantities: { ratio } }), /no planted model/);
  assert.match(faults({}, { quantities: { planted } }), /has no number that decides/);
  const derived = { answer: 'no', proof: 'It follows.' } as const;
  assert.equal(faults({}, { quantities: { planted }, derived, answer: 'No.' }), '');
  assert.match(faults({}, { derived }), /is derived and has a number that decides/);
  assert.match(faults({}, { withdrawn: '' }), /a mark without a sentence/);
  for (const [no, fault] of [
    [[[-Infinity, 1]], 'ratio leaves no gap'],
    [[], 'ratio has an empty region'],
    [[[0.5, 0.4]], 'ratio has a reversed interval'],
  ] as const)
    assert.match(
      faults({}, { quantities: { ratio: { ...ratio, no } as never, planted } }),
      new RegExp(fault),
    );
});

test('each finding and each measured row can say yes, no and nothing by its numbers', () => {
  const measured = [
    ...findings().filter(({ derived }) => !derived),
    ...earlierRows().filter(({ kind }) => kind === 'measured'),
  ];
  for (const row of measured) {
    const [yes, no, open] =
      'question' in row ? ['yes', 'no', 'not decided'] : ['supported', 'refuted', 'open'];
    const good = favourable(row);
    assert.equal(check(row.id, good).verdict, yes, row.id);
    for (const [name, evidence] of evidenceOf(row)) {
      const verdict = (x: ReturnType<typeof inside>) => check(row.id, { ...good, [name]: x }).verdict;
      assert.equal(verdict(inside(evidence.no)), no, `${row.id} ${name}`);
      assert.equal(verdict(astride(evidence)), open, `${row.id} ${name}`);
    }
    assert.equal(check(row.id).verdict, open, row.id);
  }
});

test('what theory expects of a number lies inside one of its regions, so that the run can decide', () => {
  for (const row of decidables()) {
    for (const [name, quantity] of Object.entries(row.quantities)) {
      const { expected } = quantity;
      if (expected === null) continue;
      const regions = isControl(quantity) ? quantity.requires : [...quantity.yes, ...quantity.no];
      assert.ok(
        regions.some(([a, b]) => a <= expected && expected <= b),
        `${row.id} ${name}`,
      );
    }
  }
});

test('a row of the earlier form belongs to no finding, and stands in the notebook of its sentence', () => {
  for (const { id, notebook } of earlierRows()) {
    assert.equal(sentence(id).notebook, notebook, id);
    assert.equal(sentence(id).finding, undefined, id);
  }
});
