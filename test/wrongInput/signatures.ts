// The room of each public function, and the names of its parameters as its own source has them.
import { readdirSync } from 'node:fs';
import * as lab from '../lab.js';

export interface Signature {
  readonly room: string;
  readonly names: readonly string[];
}

/** The public functions and classes, by name. */
export async function readSignatures(): Promise<ReadonlyMap<string, Signature>> {
  const found = new Map<string, Signature>();
  const folders = readdirSync(new URL('../../src/', import.meta.url), { withFileTypes: true }).filter(
    (entry) => entry.isDirectory(),
  );
  for (const { name: room } of folders) {
    const own = (await import(`../../src/${room}/index.js`).catch(() => ({}))) as Record<string, unknown>;
    for (const [name, value] of Object.entries(own)) {
      if (typeof value !== 'function' || (lab as Record<string, unknown>)[name] !== value || found.has(name))
        continue;
      found.set(name, { room, names: parametersOf(String(value)) });
    }
  }
  return found;
}

/** What is taken apart in place is called options. */
function parametersOf(source: string): string[] {
  const from = /^class\b/.test(source) ? source.indexOf('constructor(') : 0;
  const names: string[] = [];
  let depth = 0;
  for (let at = source.indexOf('(', from), start = at + 1; from >= 0 && at < source.length; at++) {
    if ('([{'.includes(source[at])) depth++;
    if (')]}'.includes(source[at])) depth--;
    if (depth > 1 || (depth === 1 && source[at] !== ',')) continue;
    const part = source.slice(start, at).trim();
    if (part !== '') names.push(/^(?:\.{3})?(\w+)/.exec(part)?.[1] ?? 'options');
    start = at + 1;
    if (depth === 0) break;
  }
  return names;
}
