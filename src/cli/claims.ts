// `emtd claims`: the findings with their answers, and how many sentences there are of each class. `emtd claims
// F07` prints one finding whole, `emtd claims EMTD-2.17` a sentence and where it is decided.
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { readNotebook } from '../../kernel/notebook/notebookFile.js';
import {
  Check,
  classText,
  earlierRows,
  finding,
  findings,
  findingWord,
  answerOf,
  ledgerPage,
  publishedFor,
  quotation,
  readVerdicts,
  scoreboardText,
  type Sentence,
  sentence,
  sentences,
} from '../claims/index.js';
import { plainTable } from '../display/index.js';
import { writeAtomically } from '../files/writeAtomically.js';
import { got } from '../numerics/check.js';
import { notebookPath } from './checkout.js';
import { CommandError } from './command.js';
import { figuresOf } from './figureFiles.js';
import { didYouMean } from './parseCall.js';
import type { Call } from './table.js';
import type { tables } from './tables.js';

export function printLedger({ values, operands: [id] }: Call<typeof tables.claims>): number {
  if (values.html) return writePage(resolve('out', 'ledger.html'));
  if (id !== undefined) return say(values.json ? recordOf(known(id)) : whole(known(id)));
  if (values.json) {
    const [found, said] = [findings(), sentences()].map((list) => list.map(({ id: one }) => recordOf(one)));
    return say({
      findings: found,
      sentences: said,
      earlier: earlierRows().map(({ id: one }) => recordOf(one)),
    });
  }
  return say(values.sentences ? sentencesTable() : scoreboardText());
}

/** @throws CommandError if there is no such finding or sentence */
function known(id: string): string {
  const ids = [...findings(), ...sentences()].map((one) => one.id);
  if (!ids.includes(id)) throw new CommandError(`unknown id ${got(id)}${didYouMean(id, ids)}`);
  return id;
}

const isFindingId = (id: string): boolean => findings().some((one) => one.id === id);
const earlier = (id: string) => earlierRows().find((one) => one.id === id);

/** A finding, or a sentence with what is known of it. */
function whole(id: string): string {
  if (isFindingId(id)) {
    const one = finding(id);
    return [new Check(one, publishedFor(one)), String(one)].join('\n\n');
  }
  const row = earlier(id);
  const one = sentence(id);
  const parts = [`${id}: ${classText(one)}`, quotation(one), one.why, one.source, placeOf(one)];
  const check =
    row && one.class === 'earlier form' ? new Check(row, readVerdicts()[id]?.quantities ?? {}) : '';
  const decided = one.finding === undefined ? '' : `${whole(one.finding)}`;
  const lines = parts.filter((text) => text).map((text, k) => (k === 0 ? text! : `  ${text}`));
  return [lines.join('\n'), decided, String(check)].filter(Boolean).join('\n\n');
}

const placeOf = ({ document, section, notebook, same, about }: Sentence): string =>
  `${document}, ${section}; notebook ${notebook}` +
  `${about === 'program' ? '; about the program of section 3.3' : ''}${same ? `; the same fact as ${same}` : ''}`;

function recordOf(id: string): object {
  if (isFindingId(id)) {
    const one = finding(id);
    return { ...one, word: findingWord(one), text: answerOf(one), measured: publishedFor(one) };
  }
  const row = earlier(id);
  const measured = readVerdicts()[id];
  const one = sentence(id);
  return row && one.class === 'earlier form' ? { ...one, earlier: { ...row, ...measured } } : { ...one };
}

const sentencesTable = (): string =>
  plainTable({
    head: ['sentence', 'class', 'notebook', 'words'],
    rows: sentences().map((one) => {
      const words = quotation(one);
      return [one.id, classText(one), one.notebook, words.length > 70 ? `${words.slice(0, 69)}…` : words];
    }),
  });

function writePage(file: string): number {
  const figures = findings().map(({ notebook }): [string, string] => {
    const path = notebookPath(notebook); // an installed package has no notebooks
    const [first] = existsSync(path) ? figuresOf(readNotebook(path)) : [];
    return [notebook, first?.png ?? ''];
  });
  const link = (notebook: string): string => `../notebooks/${notebook}.ipynb`;
  mkdirSync(dirname(file), { recursive: true });
  writeAtomically(file, ledgerPage({ figures: Object.fromEntries(figures), link }));
  console.log(`the ledger as a page: ${file}`);
  return 0;
}

/** Prints a text, or an object as JSON. */
function say(what: string | object): number {
  console.log(typeof what === 'string' ? what : JSON.stringify(what, infinities, 2));
  return 0;
}

/** JSON has no infinity: an open end of a region is null. */
const infinities = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? null : value;
