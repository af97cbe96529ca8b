// Stored verdicts: the measurements of the committed notebooks, one entry per claim (verdicts.json).
// `reproduce` measures again and compares: it fails when a verdict changes, not when a claim is refuted.
import { countText, type MimeBundle, printAs, showAs, tableBundle } from '../display/index.js';
import type { Measurements } from './quantity.js';
import { decidables } from './decidables.js';
import type { Verdict } from './verdict.js';
import { need, ownFile, readOwnFile } from '../files/node.js';
import { writeAtomically } from '../files/writeAtomically.js';
import { got } from '../numerics/check.js';
import { type Check, checkOf } from './checkClaim.js';
import { measuredText, scrolledBundle } from './scrolledTables.js';
import { roundedMeasurements } from './format.js';
import { asFields, asMeasurements, parsed } from './recordRules.js';

/** A committed verdict: the numbers behind it and the notebook that measured them. */
export interface VerdictRecord {
  readonly verdict: Verdict;
  readonly quantities: Measurements;
  readonly notebook: string;
  /** Digest of the run's manifest, null for a notebook without one. */
  readonly manifest: string | null;
}

/** Verdicts by claim id. */
export type Verdicts = Readonly<Record<string, VerdictRecord>>;

/** A row whose measured verdict differs from the committed one. */
export interface VerdictChange {
  readonly id: string;
  readonly committed: Verdict | undefined;
  readonly measured: Verdict | undefined;
}

const path = 'dist/src/claims/verdicts.json';

/** The file of verdicts in this build. */
export const committedVerdictsFile = ownFile(path);

/** The verdicts of one notebook's checks. */
export function verdictsOf(
  notebook: string,
  checks: readonly Check[],
  manifest: string | null = null,
): Verdicts {
  const records = checks.map(({ id, verdict, measured }) => [
    id,
    { verdict, quantities: measured, notebook, manifest },
  ]);
  return showVerdicts(Object.fromEntries(records) as Verdicts);
}

/**
 * Reads committed verdicts.
 *
 * @param without notebooks to leave out, since they are about to be measured again and may be out of date
 * @throws if the file is missing, is not JSON, names an unknown claim or quantity, or states a verdict that
 * does not follow from its numbers.
 * @example
 * const { verdict, notebook } = claims.readVerdicts()['EMTD-1.7'];
 * verdict; // 'supported'
 * notebook; // '02-hamiltonian'
 */
export function readVerdicts(
  file: string = committedVerdictsFile,
  without: readonly string[] = [],
): Verdicts {
  if (typeof file !== 'string') throw new TypeError(`readVerdicts: file must be a path, got ${got(file)}`); // a number names an open file
  try {
    const text =
      file === committedVerdictsFile
        ? readOwnFile('readVerdicts', path)
        : need('readVerdicts', 'node:fs').readFileSync(file, 'utf8');
    return parseVerdicts(text, without);
  } catch (error) {
    throw new Error(`readVerdicts: ${file}: ${(error as Error).message}`, { cause: error });
  }
}

/** Verdicts from the text of their file. @throws as `readVerdicts` */
export function parseVerdicts(text: string, without: readonly string[] = []): Verdicts {
  const records = Object.entries(asFields('verdicts', parsed('verdicts', text))).map(([id, value]) => {
    const fields = asFields(id, value);
    const { notebook, manifest } = fields;
    if (typeof notebook !== 'string')
      throw new TypeError(`${id}: notebook must be a text, got ${got(notebook)}`);
    if (manifest !== null && typeof manifest !== 'string')
      throw new TypeError(`${id}: manifest must be a text or null, got ${got(manifest)}`);
    return [
      id,
      {
        ...fields,
        quantities: asMeasurements(`${id}: quantities`, fields['quantities']),
      } as unknown as VerdictRecord,
    ] as const;
  });
  const verdicts = Object.fromEntries(records.filter(([, { notebook }]) => !without.includes(notebook)));
  for (const [id, { verdict, quantities }] of Object.entries(verdicts)) {
    const derived = checkOf(id, quantities).verdict;
    if (derived !== verdict)
      throw new Error(`${id}: the file says ${got(verdict)}, the numbers give ${derived}`);
  }
  return showVerdicts(verdicts);
}

/**
 * Writes verdicts, findings first, numbers to six digits; replaces the file completely or not at all.
 *
 * @throws if the folder cannot be written.
 */
export function writeVerdicts(file: string, verdicts: Verdicts): void {
  const entries = decidables()
    .filter(({ id }) => id in verdicts)
    .map(({ id }) => [id, { ...verdicts[id]!, quantities: roundedMeasurements(verdicts[id]!.quantities) }]);
  writeAtomically(file, `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`);
}

/**
 * Verdicts that differ between the file and a new run.
 *
 * @param notebooks the notebooks that were run; committed verdicts of others are ignored. All by default.
 * @example compareVerdicts({ 'EMTD-1.7': supported }, { 'EMTD-1.7': refuted }).length; // 1
 */
export function compareVerdicts(
  committed: Verdicts,
  measured: Verdicts,
  notebooks?: readonly string[],
): VerdictChange[] {
  const changes = decidables().map(({ id }) => {
    const old = committed[id];
    const wasRun = old && (!notebooks || notebooks.includes(old.notebook));
    return { id, committed: wasRun ? old.verdict : undefined, measured: measured[id]?.verdict };
  });
  return showAs(
    changes.filter((change) => change.committed !== change.measured),
    changesBundle,
  );
}

/** The verdicts, displayed as a table. */
const showVerdicts = (verdicts: Verdicts): Verdicts => printAs(verdicts, verdictsBundle);

function verdictsBundle(verdicts: Verdicts): MimeBundle {
  const rows = Object.entries(verdicts).map(([id, { verdict, quantities, notebook }]) => [
    id,
    verdict,
    measuredText(quantities),
    notebook,
  ]);
  return scrolledBundle({
    caption: countText(rows.length, 'verdict'),
    head: ['claim', 'verdict', 'measured', 'notebook'],
    rows,
  });
}

const changesBundle = (changes: readonly VerdictChange[]) =>
  tableBundle({
    caption: changes.length === 0 ? 'no verdict changed' : `${countText(changes.length, 'verdict')} changed`,
    head: ['claim', 'committed', 'measured'],
    rows: changes.map(({ id, committed, measured }) => [id, committed ?? '–', measured ?? '–']),
  });
