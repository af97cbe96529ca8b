// The sentences of both documents, all 105 in their order: where each stands, what kind of sentence it is, and
// where it is decided. They have no verdicts: what is decided by runs is a finding.
import { card, countText, type MimeBundle, printAs, showAs } from '../display/index.js';
import { readOwnFile } from '../files/node.js';
import { got } from '../numerics/check.js';
import { scrolledBundle } from './scrolledTables.js';
import { asFields, parsed } from './recordRules.js';

/** What kind of sentence it is. One that is decided on a page of the earlier form keeps its row there. */
export const sentenceClasses = [
  'see finding',
  'derived true',
  'derived false',
  'by construction',
  'definition',
  'not testable',
  'earlier form',
] as const;
/** The class of a sentence. */
export type SentenceClass = (typeof sentenceClasses)[number];

/** A sentence of EMTD or AE. */
export interface Sentence {
  readonly id: string;
  readonly document: 'EMTD' | 'AE';
  /** What it speaks of: the document's model, or the program that EMTD prints in section 3.3. */
  readonly about: 'document' | 'program';
  readonly section: string;
  /** The document's words, or null where it has none (then `absent` says so). */
  readonly quote: string | null;
  readonly absent?: string;
  /** The notebook that speaks of it. */
  readonly notebook: string;
  readonly class: SentenceClass;
  /** The argument, in one to three sentences. */
  readonly why: string;
  /** The finding that decides it. */
  readonly finding?: string;
  /** Another sentence that rests on the same fact. */
  readonly same?: string;
  readonly source?: string;
}

let all: ReadonlyMap<string, Sentence> | undefined;

/**
 * Every sentence, in the order of the two documents.
 *
 * @example claims.sentences().length; // 105
 */
export function sentences(): readonly Sentence[] {
  return printAs([...table().values()], sentencesBundle);
}

/**
 * The sentence with this id.
 *
 * @throws if there is no such id.
 * @example claims.sentence('EMTD-1.7').section; // '1.1, Definition 1.2'
 */
export function sentence(id: string): Sentence {
  const found = table().get(id);
  if (!found) throw new Error(`sentence: no sentence has the id ${got(id)}`);
  return found;
}

function table(): ReadonlyMap<string, Sentence> {
  all ??= new Map(
    parseSentences(readOwnFile('sentences', 'dist/src/claims/sentences.json')).map((one) => [one.id, one]),
  );
  return all;
}

/** The sentences of the text of their file. @throws TypeError, SyntaxError for a text that holds something else */
export function parseSentences(text: string): Sentence[] {
  const rows = parsed('sentences', text);
  if (!Array.isArray(rows)) throw new TypeError(`sentences must be a list, got ${got(rows)}`);
  return rows.map((row, at) => {
    const where = `sentences: row ${at}`;
    const fields = asFields(where, row);
    const need = (holds: boolean, name: string, rule: string): void => {
      if (!holds) throw new TypeError(`${where}: ${name} must be ${rule}, got ${got(fields[name])}`);
    };
    for (const name of ['id', 'document', 'about', 'section', 'notebook', 'why'])
      need(typeof fields[name] === 'string', name, 'a text');
    for (const name of ['absent', 'finding', 'same', 'source'])
      need(['string', 'undefined'].includes(typeof fields[name]), name, 'a text');
    need(fields['quote'] === null || typeof fields['quote'] === 'string', 'quote', 'a text or null');
    need(
      (sentenceClasses as readonly unknown[]).includes(fields['class']),
      'class',
      sentenceClasses.join(', '),
    );
    return showAs(fields as unknown as Sentence, sentenceCard);
  });
}

/** The quotation; `math` goes around one that is a bare formula. */
export function quotation({ quote, absent }: Sentence, math = ''): string {
  if (quote === null) return absent ?? '';
  return quote.includes('\\') && !quote.includes('$') ? `“${math}${quote}${math}”` : `“${quote}”`;
}

/** "EMTD-2.17: see finding F07". */
export const classText = (one: Sentence): string =>
  one.class === 'see finding' ? `see finding ${one.finding}` : one.class;

const sentenceCard = (one: Sentence): MimeBundle =>
  card(`${one.id}: ${classText(one)}`, {
    sentence: quotation(one),
    why: one.why,
    source: one.source,
    'same fact': one.same,
    place: `${one.document}, ${one.section}; notebook ${one.notebook}`,
    about: one.about === 'program' ? 'the program that EMTD prints' : undefined,
  });

const sentencesBundle = (rows: readonly Sentence[]): MimeBundle =>
  scrolledBundle({
    caption: countText(rows.length, 'sentence'),
    head: ['sentence', 'class', 'notebook', 'words'],
    rows: rows.map((one) => [one.id, classText(one), one.notebook, quotation(one)]),
  });
