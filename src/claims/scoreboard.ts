// The ledger at a glance: the findings with their answers, and how many sentences there are of each class.
import { plainTable } from '../display/index.js';
import { checkOf } from './checkClaim.js';
import type { Finding } from './finding.js';
import { answerOf, findings } from './findings.js';
import { publishedFor } from './publication.js';
import { type SentenceClass, sentenceClasses, sentences } from './sentence.js';

/** The result of a finding in a word, by its publication run: yes, no, not decided, derived: no, withdrawn. */
export function findingWord(one: Finding): string {
  if (one.withdrawn !== undefined) return 'withdrawn';
  if (one.derived) return `derived: ${one.derived.answer}`;
  return checkOf(one.id, publishedFor(one)).verdict;
}

/** How many sentences of each class a document has. */
export function scoreboard(document: 'EMTD' | 'AE'): Readonly<Record<SentenceClass, number>> {
  const own = sentences().filter((one) => one.document === document);
  const counts = sentenceClasses.map((name) => [name, own.filter((one) => one.class === name).length]);
  return Object.fromEntries(counts) as Record<SentenceClass, number>;
}

/** Each finding on two lines, question and answer; then the counts of sentences. */
export function scoreboardText(): string {
  const found = findings().map(
    (one) => `${one.id}  ${one.question}\n     ${findingWord(one)}: ${one.withdrawn ?? answerOf(one)}`,
  );
  const rows = (['EMTD', 'AE'] as const).map((document) => {
    const counts = Object.values(scoreboard(document));
    return [document, ...[counts.reduce((sum, n) => sum + n, 0), ...counts].map(String)];
  });
  const table = plainTable({ head: ['document', 'sentences', ...sentenceClasses], rows });
  return [...found, '', table].join('\n');
}
