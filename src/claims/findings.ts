// The findings, each in a file of its own in findings/, and their answers with the numbers of the publication run.
import { card, type MimeBundle, printAs, showAs } from '../display/index.js';
import { got } from '../numerics/check.js';
import type { Finding } from './finding.js';
import { all } from './findings/all.js';
import { describeRegions, formatInterval } from './format.js';
import { publishedFor } from './publication.js';
import type { Measurements } from './quantity.js';
import { scrolledBundle } from './scrolledTables.js';

/**
 * All findings.
 *
 * @example claims.findings().map(({ id }) => id).includes('F07'); // true
 */
export const findings = (): readonly Finding[] => printAs(all.map(shown), findingsBundle);

/**
 * The finding with this id.
 *
 * @throws if there is no such id.
 * @example claims.finding('F07').sentences.includes('EMTD-2.17'); // true
 */
export function finding(id: string): Finding {
  const found = all.find((one) => one.id === id);
  if (!found) throw new Error(`finding: no finding has the id ${got(id)}; there are ${idsText()}`);
  return shown(found);
}

const idsText = (): string => all.map(({ id }) => id).join(', ');

/**
 * The answer in words, with the numbers of the publication run.
 *
 * @example claims.answerOf(claims.finding('F07')).includes('{'); // false: each number has its interval
 */
export function answerOf(one: Finding): string {
  const measured: Measurements = publishedFor(one);
  return one.answer.replace(/[{](\w+)[}]/g, (whole, name: string) => {
    const number = measured[name];
    return number ? formatInterval(number) : whole;
  });
}

const findingCard = (one: Finding): MimeBundle =>
  card(`${one.id}: ${one.question}`, {
    answer: answerOf(one),
    withdrawn: one.withdrawn,
    'literal reading': one.literal,
    repair: one.repair,
    competitor: one.competitor,
    covers: one.covers,
    proof: one.derived?.proof,
    ...Object.fromEntries(
      Object.entries(one.quantities).map(([name, quantity]) => [
        name,
        `${quantity.meaning}; ${describeRegions(quantity)}`,
      ]),
    ),
    'planted yes': one.planted.yes,
    'planted no': one.planted.no,
    'would overturn it': one.overturns,
    changed: one.changed,
    decides: one.sentences.join(', '),
    notebook: one.notebook,
  });

const shown = (one: Finding): Finding => showAs({ ...one }, findingCard);

const findingsBundle = (rows: readonly Finding[]): MimeBundle =>
  scrolledBundle({
    caption: `${rows.length} findings`,
    head: ['finding', 'question', 'notebook'],
    rows: rows.map(({ id, question, notebook }) => [id, question, notebook]),
  });
