// Publication runs: what the cells of a notebook measured with FULL=1 (the same cells, more repetitions),
// on file with the run's manifest (publication.json). A check shows it beside its own number.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { shown, summarised } from '../display/index.js';
import { writeAtomically } from './atomic.js';
import type { Claim, Measurements } from './claim.js';
import { measurementsTable, publicationBundle, publicationsBundle } from './display.js';
import { roundedMeasurements } from './format.js';
import type { ManifestRecord } from './manifest.js';

export interface PublicationRun {
  readonly manifest: ManifestRecord;
  /** What each claim's check was given, by claim id. */
  readonly measured: Readonly<Record<string, Measurements>>;
}

/** Publication runs by notebook. */
export type PublicationRuns = Readonly<Record<string, PublicationRun>>;

/** The publication runs that this build carries. */
export const publicationFile = fileURLToPath(new URL('./publication.json', import.meta.url));

let committed: PublicationRuns | undefined;

/** The publication runs on file; none if there is no file yet. */
export function publicationRuns(): PublicationRuns {
  committed ??= summarised(readRuns(), publicationsBundle);
  return committed;
}

function readRuns(): PublicationRuns {
  const runs = existsSync(publicationFile) ? (JSON.parse(readFileSync(publicationFile, 'utf8')) as PublicationRuns) : {};
  return Object.fromEntries(Object.entries(runs).map(([name, run]) => [name, summarised(run, publicationBundle)]));
}

/** What the publication run of its notebook measured for a claim, if there is one. */
export function publishedFor(claim: Claim): Measurements {
  return shown({ ...publicationRuns()[claim.notebook]?.measured[claim.id] }, measurementsTable);
}

/** The record of one publication run. */
export function publicationRun(
  checks: readonly { readonly id: string; readonly measured: Measurements }[], manifest: ManifestRecord,
): PublicationRun {
  const measured = Object.fromEntries(checks.map((one) => [one.id, roundedMeasurements(one.measured)]));
  return summarised({ manifest, measured }, publicationBundle);
}

/**
 * Writes publication runs in the order of their names; the file is replaced whole or not at all.
 *
 * @throws if the folder cannot be written.
 */
export function writePublicationRuns(file: string, runs: PublicationRuns): void {
  const ordered = Object.fromEntries(Object.entries(runs).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  writeAtomically(file, `${JSON.stringify(ordered, null, 2)}\n`);
}
