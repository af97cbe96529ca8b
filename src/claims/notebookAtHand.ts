// Checks and manifests of an executed notebook, read from its outputs: the only channel between a cell and
// the ledger. A check's verdict is not read; it is derived again from its numbers and the present ledger.
import { got } from '../numerics/check.js';
import { type Check, checkMime, checkOf, showChecks } from './checkClaim.js';
import { decidables } from './decidables.js';
import { type ManifestRecord, manifestMime } from './manifest.js';
import { asFields, asManifest, asMeasurements } from './recordRules.js';

/**
 * The checks that an executed notebook (parsed .ipynb, nbformat 4) displays, in order.
 *
 * @throws for a value that is not a notebook, for a malformed check, and for a claim checked twice.
 */
export function collectChecks(notebook: unknown): Check[] {
  const checks = outputs(notebook, checkMime).map((payload) => {
    const { id, quantities } = asFields('collectChecks: a check', payload);
    if (typeof id !== 'string')
      throw new TypeError(`collectChecks: the id of a check must be a text, got ${got(id)}`);
    return checkOf(id, asMeasurements(`collectChecks: ${id}`, quantities));
  });
  const ids = checks.map(({ id }) => id);
  const twice = ids.find((id, i) => ids.indexOf(id) < i);
  if (twice) throw new Error(`collectChecks: ${twice} is checked twice`);
  return showChecks(checks);
}

/**
 * The manifest that an executed notebook displays last, if any.
 * @throws TypeError for one that is malformed
 */
export function collectManifest(notebook: unknown): ManifestRecord | undefined {
  const payload = outputs(notebook, manifestMime).at(-1);
  return payload === undefined ? undefined : asManifest('collectManifest: the manifest', payload);
}

/** Notebooks for experiments: they decide nothing. */
const workbenches: readonly string[] = ['30-your-own-hamiltonian'];
const isWorkbench = (name: string): boolean => workbenches.includes(name) || name.startsWith('variants/');

/**
 * Why the checks of a notebook fail, in words: a claim that belongs to another notebook, a claim of its own
 * that is not checked, a declared quantity without a number, a control that does not hold. Empty for a valid
 * notebook, whatever its verdicts.
 */
export function notebookFaults(name: string, checks: readonly Check[]): string[] {
  const home = decidables().filter(({ notebook }) => notebook === name);
  if (home.length === 0 && !isWorkbench(name))
    return [`${name}: no finding and no row of the earlier form is at home in this notebook`];
  const checked = new Set(checks.map(({ id }) => id));
  return [
    ...home
      .filter(({ id }) => !checked.has(id))
      .map(({ id }) => `${id}: at home in ${name}, not checked there`),
    ...checks.flatMap(({ id, of, missing, unmet }) => [
      ...(of.notebook === name ? [] : [`${id}: at home in ${of.notebook}, checked in ${name}`]),
      ...missing.map((quantity) => `${id}: ${quantity} is declared and not given`),
      ...unmet.map((quantity) => `${id}: control ${quantity} does not hold`),
    ]),
  ];
}

/** Payloads of one mime type among the outputs of all code cells. */
function outputs(notebook: unknown, mime: string): unknown[] {
  const { cells } = (notebook ?? {}) as { cells?: unknown };
  if (!Array.isArray(cells)) throw new Error('collectChecks: not a notebook: it has no list of cells');
  return (cells as readonly unknown[])
    .flatMap((cell) => listIn(cell, 'outputs'))
    .flatMap((output) => {
      const { data } = isFields(output) ? output : {};
      return isFields(data) && Object.hasOwn(data, mime) ? [data[mime]] : [];
    });
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The list under a name; empty where there is no such list, as in a cell of text. */
export function listIn(value: unknown, name: string): readonly unknown[] {
  const list = isFields(value) ? value[name] : undefined;
  return Array.isArray(list) ? list : [];
}
