import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Claim, check, claim, ledger, ledgerFaults } from '../../src/claims/index.js';
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

/** Ids at home in a notebook. */
function home(name: string): string[] {
  return ledger()
    .filter(({ notebook }) => notebook === name)
    .map(({ id }) => id);
}

/** Text without markdown marks and line ends. */
function words(text: string): string {
  return text.replace(/[*`>]/g, '').replace(/\s+/g, ' ');
}

test('the ledger holds the 105 claims of both documents, each once, in their order', () => {
  assert.deepEqual(
    ledger().map(({ id }) => id),
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
  assert.equal(ledger().length, 105);
  assert.ok(ledger().every(({ id, document }) => id.startsWith(`${document}-`)));
});

test('every quotation stands in its paper', () => {
  const wrong = ledger().filter(
    ({ quote, document }) => quote !== null && !papers[document].includes(words(quote)),
  );
  assert.deepEqual(
    wrong.map(({ id }) => id),
    [],
  );
});

test('rows without a sentence of the paper say so', () => {
  const absent = ledger().filter(({ quote }) => quote === null);
  assert.deepEqual(
    absent.map(({ id }) => id),
    ['EMTD-0.1', 'EMTD-1.14', 'EMTD-2.7', 'EMTD-3.15', 'AE-26'],
  );
  assert.ok(absent.every((row) => row.absent && row.absent.length > 20));
  assert.doesNotMatch(papers.EMTD, /### 1\.2/);
});

test('the audit finds no fault', () => assert.deepEqual(ledgerFaults(), []));

test('the audit finds planted faults', () => {
  const row = claim('EMTD-1.7');
  const faults = (change: Partial<Claim>) => ledgerFaults([{ ...row, ...change }]).join('; ');
  const evidence = evidenceOf(row)[0]![1];
  const only = (changed: object) => ({ quantities: { x: { ...evidence, ...changed } } });
  assert.equal(faults({}), '');
  assert.match(ledgerFaults([row, row]).join(), /EMTD-1\.7: appears twice/);
  assert.match(faults({ quote: null }), /needs either a quote or a word on its absence/);
  assert.match(faults({ kind: 'definition' }), /definition without a written argument.*cannot have evidence/);
  assert.match(faults({ kind: 'not testable', quantities: {} }), /not testable without a written argument/);
  assert.match(
    faults({ kind: 'theorem', argument: 'x', source: 'folklore', quantities: {} }),
    /without a DOI/,
  );
  assert.match(faults({ quantities: {} }), /declares no evidence/);
  assert.match(faults({ notebook: 'somewhere' }), /has no number and name/);
  assert.equal(faults({ withdrawn: 'A fair competitor does as well.' }), '');
  assert.match(faults({ withdrawn: 'a', underRevision: 'b' }), /withdrawn and under revision at once/);
  for (const why of ['', 'no full stop'])
    assert.match(faults({ underRevision: why }), /a mark without a sentence/);
  assert.match(faults(only({ refutes: [[1.04, 2]] })), /leaves no gap/);
  assert.match(faults(only({ refutes: [] })), /empty region/);
  assert.match(faults(only({ refutes: [[3, 2]] })), /reversed interval/);
});

test('each measured claim can be supported, refuted and left open by its numbers', () => {
  for (const row of ledger().filter(({ kind }) => kind === 'measured')) {
    const good = favourable(row);
    assert.equal(check(row.id, good).verdict, 'supported', row.id);
    for (const [name, evidence] of evidenceOf(row)) {
      const verdict = (x: ReturnType<typeof inside>) => check(row.id, { ...good, [name]: x }).verdict;
      assert.equal(verdict(inside(evidence.refutes)), 'refuted', `${row.id} ${name}`);
      assert.equal(verdict(astride(evidence)), 'open', `${row.id} ${name}`);
    }
    assert.equal(check(row.id).verdict, 'open', row.id);
  }
});

test('what theory expects of a number lies inside one of its regions, so that the run can decide', () => {
  for (const row of ledger()) {
    for (const [name, quantity] of Object.entries(row.quantities)) {
      if (quantity.expected === null) continue;
      const regions =
        quantity.role === 'control' ? quantity.requires : [...quantity.supports, ...quantity.refutes];
      assert.ok(
        regions.some(([a, b]) => a <= quantity.expected! && quantity.expected! <= b),
        `${row.id} ${name}`,
      );
    }
  }
});

test('the notebooks of this release hold the rows that they announce', () => {
  assert.deepEqual(home('00-start-here'), numbers('EMTD-0.', 1, 2));
  assert.deepEqual(home('01-state-space'), ['EMTD-A.1', 'EMTD-A.3', ...numbers('EMTD-1.', 1, 5)]);
  assert.deepEqual(home('02-hamiltonian'), numbers('EMTD-1.', 6, 14));
  assert.deepEqual(home('03-free-energy-and-langevin'), [
    'EMTD-A.2',
    'EMTD-A.5',
    ...numbers('EMTD-1.', 15, 17),
    'EMTD-2.15',
  ]);
  assert.deepEqual(home('04-ising'), numbers('EMTD-2.', 1, 4));
  assert.deepEqual(home('08-protocol'), ['EMTD-2.10', ...numbers('EMTD-3.', 1, 5)]);
  assert.deepEqual(home('06-merkle-dag'), numbers('EMTD-2.', 8, 9));
  assert.deepEqual(home('07-thermodynamic-cooling'), [
    'EMTD-2.11',
    'EMTD-2.14',
    ...numbers('EMTD-2.', 16, 18),
  ]);
  assert.deepEqual(home('09-lemma-1'), numbers('EMTD-3.', 6, 15));
  assert.deepEqual(home('10-reference-program'), [
    ...numbers('EMTD-2.', 12, 13),
    ...numbers('EMTD-3.', 16, 24),
  ]);
  assert.deepEqual(home('11-emergence'), ['EMTD-A.4', ...numbers('EMTD-4.', 1, 4)]);
  assert.deepEqual(home('12-traps-and-reheating'), numbers('EMTD-4.', 5, 7));
  assert.deepEqual(home('13-energy-ledger'), ['EMTD-A.6', ...numbers('EMTD-4.', 8, 10)]);
  assert.deepEqual(home('14-hebbian'), numbers('EMTD-4.', 11, 12));
  assert.deepEqual(home('23-finality-as-persistence'), ['AE-4', 'AE-5', 'AE-11', 'AE-17', 'AE-23', 'AE-24']);
  assert.deepEqual(home('05-ricci-flow'), numbers('EMTD-2.', 5, 7));
  assert.deepEqual(home('20-fall-of-byzantium'), [...numbers('AE-', 1, 3), ...numbers('AE-', 6, 8)]);
  assert.deepEqual(home('21-in-the-air'), [...numbers('AE-', 9, 10), ...numbers('AE-', 12, 13), 'AE-22']);
  assert.deepEqual(home('24-one-phase-diagram'), ['AE-21', ...numbers('AE-', 25, 26)]);
  assert.deepEqual(home('22-presence-is-load-bearing'), [
    ...numbers('AE-', 14, 16),
    ...numbers('AE-', 18, 20),
  ]);
});
