// What files of verdicts and publication runs, and the outputs of notebooks, must hold: they are read back,
// and may have been changed by hand.
import { got } from '../numerics/check.js';
import type { Measurements } from './quantity.js';
import type { ManifestRecord } from './manifest.js';

type Fields = Readonly<Record<string, unknown>>;

/** The value as an object. @throws TypeError for a list, null and anything else that is not an object */
export function asFields(where: string, value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new TypeError(`${where} must be an object, got ${got(value)}`);
}

function requireField(
  where: string,
  fields: Fields,
  name: string,
  rule: string,
  holds: (value: unknown) => boolean,
): void {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (!holds(value)) throw new TypeError(`${where}: ${name} must be ${rule}, got ${got(value)}`);
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isTextOrNull = (value: unknown): boolean => value === null || isText(value);
const listOf =
  (holds: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.every(holds);
const isInterval = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && value.every((end) => typeof end === 'number');

/** @throws TypeError unless each value is an estimate with an interval */
export function asMeasurements(where: string, value: unknown): Measurements {
  for (const [name, one] of Object.entries(asFields(where, value))) {
    const at = `${where}: ${name}`;
    requireField(at, asFields(at, one), 'estimate', 'a number', (estimate) => typeof estimate === 'number');
    requireField(at, one as Fields, 'interval', 'two numbers', isInterval);
  }
  return value as Measurements;
}

/** @throws TypeError unless it is the record of a run */
export function asManifest(where: string, value: unknown): ManifestRecord {
  const fields = asFields(where, value);
  for (const name of ['package', 'version', 'node', 'digest'])
    requireField(where, fields, name, 'a text', isText);
  for (const name of ['backend', 'tfjs']) requireField(where, fields, name, 'a text or null', isTextOrNull);
  requireField(where, fields, 'full', 'true or false', (full) => typeof full === 'boolean');
  requireField(
    where,
    fields,
    'seeds',
    'a list of numbers and texts',
    listOf((seed) => typeof seed === 'number' || isText(seed)),
  );
  requireField(where, fields, 'trajectories', 'a list of texts', listOf(isText));
  requireField(where, fields, 'graphs', 'a list', Array.isArray);
  for (const graph of fields['graphs'] as readonly unknown[]) {
    for (const name of ['name', 'hash'])
      requireField(`${where}: a graph`, asFields(`${where}: a graph`, graph), name, 'a text', isText);
  }
  return value as ManifestRecord;
}

/** The text as JSON. @throws SyntaxError that names where it stands */
export function parsed(where: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`${where} must be JSON: ${(cause as Error).message}`, { cause });
  }
}
