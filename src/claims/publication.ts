// Publication runs: measurements by the cells of a notebook with FULL=1 (the same cells, more repetitions),
// stored with the run's manifest (publication.json). A check shows them beside its own numbers.
import { type MimeBundle, printAs, showAs, tableBundle } from '../display/index.js';
import { builtin, ownFile, readOwnFile } from '../files/node.js';
import { writeAtomically } from '../files/writeAtomically.js';
import type { Measurements } from './quantity.js';
import { measuredText, scrolledBundle } from './scrolledTables.js';
import { formatMeasurement, roundedMeasurements } from './format.js';
import type { ManifestRecord } from './manifest.js';
import { asFields, asManifest, asMeasurements, parsed } from './recordRules.js';

/** The numbers of a notebook's long run, and what it depends on. */
export interface PublicationRun {
  readonly manifest: ManifestRecord;
  /** The numbers of each claim's check, by claim id. */
  readonly measured: Readonly<Record<string, Measurements>>;
}

/** Publication runs by notebook. */
export type PublicationRuns = Readonly<Record<string, PublicationRun>>;

const path = 'dist/src/claims/publication.json';

/** The file of publication runs in this build. */
export const publicationFile = ownFile(path);

let committed: PublicationRuns | undefined;

/** The stored publication runs; none if there is no file yet. */
export function publicationRuns(): PublicationRuns {
  if (committed) return committed;
  const isMissing = builtin('node:fs')?.existsSync(publicationFile) === false;
  return (committed = parsePublicationRuns(isMissing ? '{}' : readOwnFile('publicationRuns', path)));
}

/**
 * Publication runs from the text of their file.
 * @throws TypeError, SyntaxError for a text that holds something else
 */
export function parsePublicationRuns(text: string): PublicationRuns {
  const where = 'publicationRuns';
  const runs = Object.entries(asFields(where, parsed(where, text))).map(([notebook, value]) => {
    const { manifest, measured } = asFields(`${where}: ${notebook}`, value);
    const numbers = Object.entries(asFields(`${where}: ${notebook}: measured`, measured));
    for (const [id, quantities] of numbers) asMeasurements(`${where}: ${notebook}: ${id}`, quantities);
    return [
      notebook,
      printAs(
        { manifest: asManifest(`${where}: ${notebook}: manifest`, manifest), measured } as PublicationRun,
        publicationBundle,
      ),
    ] as const;
  });
  return printAs<PublicationRuns>(Object.fromEntries(runs), publicationsBundle);
}

/** The measurements for a finding or row by the publication run of its notebook; empty if there is none. */
export function publishedFor({
  id,
  notebook,
}: {
  readonly id: string;
  readonly notebook: string;
}): Measurements {
  return showAs({ ...publicationRuns()[notebook]?.measured[id] }, measurementsTable);
}

/** The record of one publication run. */
export function publicationRun(
  checks: readonly { readonly id: string; readonly measured: Measurements }[],
  manifest: ManifestRecord,
): PublicationRun {
  const measured = Object.fromEntries(checks.map((one) => [one.id, roundedMeasurements(one.measured)]));
  return printAs({ manifest, measured }, publicationBundle);
}

/**
 * Writes publication runs in the order of their names; replaces the file completely or not at all.
 *
 * @throws if the folder cannot be written.
 */
export function writePublicationRuns(file: string, runs: PublicationRuns): void {
  const ordered = Object.fromEntries(Object.entries(runs).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  writeAtomically(file, `${JSON.stringify(ordered, null, 2)}\n`);
}

const publicationBundle = ({ manifest, measured }: PublicationRun): MimeBundle =>
  scrolledBundle({
    caption: `publication run ${manifest.digest.slice(0, 16)}, seeds ${manifest.seeds.join(' ')}`,
    head: ['claim', 'measured'],
    rows: Object.entries(measured).map(([id, numbers]) => [id, measuredText(numbers)]),
  });

const publicationsBundle = (runs: PublicationRuns) =>
  tableBundle({
    head: ['notebook', 'claims', 'run'],
    rows: Object.entries(runs).map(([name, { manifest, measured }]) => [
      name,
      String(Object.keys(measured).length),
      manifest.digest.slice(0, 16),
    ]),
  });

const measurementsTable = (measured: Measurements) =>
  tableBundle({
    head: ['quantity', 'measured'],
    rows: Object.entries(measured).map(([name, one]) => [name, formatMeasurement(one)]),
  });
