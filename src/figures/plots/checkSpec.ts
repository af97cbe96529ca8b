// What a specification must be that was read back, of a notebook or a file, before its data are read: plotly
// checks the rest when it draws.
import { got } from '../../numerics/check.js';
import type { FigureSpec } from './figureSpec.js';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
const isCell = (value: unknown): boolean =>
  ['string', 'number', 'undefined'].includes(typeof value) || value === null;

/** @throws TypeError that names the part which is wrong */
export function requireSpec(caller: string, spec: unknown): asserts spec is FigureSpec {
  const { data, layout } = isFields(spec) ? spec : {};
  if (!Array.isArray(data) || !isFields(layout))
    throw new TypeError(`${caller}: figure must be a Figure or a plotly specification, got ${got(spec)}`);
  if (layout['meta'] !== undefined && !isFields(layout['meta']))
    throw new TypeError(`${caller}: layout.meta must be an object, got ${got(layout['meta'])}`);
  for (const name of ['name', 'title', 'caption'])
    requireText(`${caller}: layout.meta`, (layout['meta'] ?? {}) as Fields, name);
  for (const [k, trace] of (data as readonly unknown[]).entries())
    requireTrace(`${caller}: trace ${k}`, trace);
}

function requireText(where: string, fields: Fields, name: string): void {
  if (fields[name] === undefined || typeof fields[name] === 'string') return;
  throw new TypeError(`${where}: ${name} must be a text, got ${got(fields[name])}`);
}

function requireTrace(where: string, trace: unknown): void {
  if (!isFields(trace)) throw new TypeError(`${where} must be an object, got ${got(trace)}`);
  const { meta = {}, marker = {} } = trace;
  requireText(where, trace, 'name');
  if (!isFields(meta)) throw new TypeError(`${where}: meta must be an object, got ${got(meta)}`);
  for (const name of ['series', 'role', 'panel']) requireText(`${where}: meta`, meta, name);
  if (!isFields(marker)) throw new TypeError(`${where}: marker must be an object, got ${got(marker)}`);
  if (!['number', 'undefined'].includes(typeof meta['of']))
    throw new TypeError(`${where}: meta.of must be a number, got ${got(meta['of'])}`);
  for (const name of ['x', 'y']) requireEach(where, name, trace[name], isCell, 'a number or a text');
  requireEach(where, 'z', trace['z'], isRow, 'a row of numbers');
  if (trace['type'] === 'heatmap' && !(trace['z'] === undefined || Array.isArray(trace['z'])))
    throw new TypeError(`${where}: z must be a list of rows, got ${got(trace['z'])}`);
  for (const name of ['error_x', 'error_y']) {
    const bars = trace[name];
    if (bars === undefined) continue;
    const ends = isFields(bars) ? [bars['array'], bars['arrayminus']] : [];
    if (ends.length === 0 || !ends.every(isList))
      throw new TypeError(`${where}: ${name} must have array and arrayminus, got ${got(bars)}`);
    for (const end of ends)
      requireEach(where, name, end, (x) => typeof x === 'number' || x === null, 'a number');
  }
  const { role } = meta;
  const hasValues = role === 'edge' && trace['marker'] !== undefined; // edges, one point each
  requireEach(
    where,
    'customdata',
    trace['customdata'],
    hasValues ? isRow : isCell,
    hasValues ? 'the two ends of an edge' : 'a number or a text',
  );
  if ((role === 'edge' || role === 'node') && !isList(trace['customdata']))
    throw new TypeError(`${where}: customdata must say the ${role}s, got ${got(trace['customdata'])}`);
  if (isList(marker['color']))
    requireEach(`${where}: marker`, 'color', marker['color'], isCell, 'a number or a text');
  if (hasValues && !isList(marker['color']))
    throw new TypeError(`${where}: marker.color must be a list, got ${got(marker['color'])}`);
}

const isRow = (value: unknown): boolean => isList(value) && Array.from(value).every(isCell);

function requireEach(
  where: string,
  name: string,
  list: unknown,
  holds: (value: unknown) => boolean,
  rule: string,
): void {
  if (list === undefined) return;
  if (!isList(list)) throw new TypeError(`${where}: ${name} must be a list, got ${got(list)}`);
  const wrong = Array.from(list).findIndex((value) => !holds(value));
  if (wrong >= 0) throw new TypeError(`${where}: ${name}[${wrong}] must be ${rule}, got ${got(list[wrong])}`);
}
