// Reads wrong inputs in a process of its own: `node child.js SEED FOLDER {"READER":[FROM,COUNT]}`. It writes
// the reader and the number of each input to FOLDER/place before it reads it, so that its parent can tell
// which one hangs, and prints what it found, a line of JSON per reader.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { drawOf } from './mutate.js';

export interface Found {
  readonly reader: string;
  readonly inputs: number;
  /** Read without an error, and refused by name. */
  readonly read: number;
  readonly refused: number;
  readonly raw: readonly string[];
  readonly escapes: readonly string[];
  readonly slowest: number;
}

const [seed, scratch, plan] = process.argv.slice(2);
const writes: string[] = [];
const { readers } = await import('./readers.js');
const real = { ...fs };
const all = await readers(scratch, (path, text) => real.writeFileSync(path, text));
for (const reader of Object.values(all)) await reader.read(undefined); // a right input
const place = real.openSync(`${scratch}/place`, 'w');

// what is written to files from here on is an escape
for (const call of [
  'writeFileSync',
  'appendFileSync',
  'mkdirSync',
  'rmSync',
  'renameSync',
  'unlinkSync',
  'createWriteStream',
  'writeFile',
  'symlinkSync',
] as const) {
  (fs as unknown as Record<string, unknown>)[call] = (...args: unknown[]) => {
    writes.push(`${call} ${String(args[0])}`);
    return (real as unknown as Record<string, (...of: unknown[]) => unknown>)[call](...args);
  };
}
syncBuiltinESMExports();

/** Messages of errors that nobody wrote for a reader. */
const rawText =
  /Cannot read propert|is not a function|is not iterable|is not a constructor|Cannot convert|Cannot mix BigInt|Invalid array length|Invalid string length|Maximum call stack|Cannot set propert|Cannot destructure|reading '|Cannot assign|circular structure|offset is out of bounds|Array buffer allocation|must be of type|Reduce of empty/;

const globals = [
  Object.prototype,
  Array.prototype,
  Function.prototype,
  String.prototype,
  Number.prototype,
  Float32Array.prototype,
  Map.prototype,
  Object,
  Array,
];
const namesOf = (): string => globals.map((each) => Object.getOwnPropertyNames(each).join()).join('|');
const before = namesOf();

async function fuzz(name: string, from: number, count: number): Promise<Found> {
  const reader = all[name];
  const found = {
    reader: name,
    inputs: 0,
    read: 0,
    refused: 0,
    raw: [] as string[],
    escapes: [] as string[],
    slowest: 0,
  };
  for (let at = from; at < from + count && found.raw.length + found.escapes.length < 20; at++) {
    real.writeSync(place, `${name} ${at}`.padEnd(60), 0);
    const start = performance.now();
    try {
      await reader.read(drawOf(name, seed, at));
      found.read++;
    } catch (error) {
      const message = error instanceof Error ? error.message : `no error: ${String(error)}`;
      const isNamed = reader.says.test(message) && (!rawText.test(message) || reader.says.source === '.');
      const where = error instanceof Error ? String(error.stack).split('\n').slice(1, 5).join('\n') : '';
      if (message.startsWith('escape: ')) found.escapes.push(`${at}: ${message}`);
      else if (isNamed) found.refused++;
      else found.raw.push(`${at}: ${message.slice(0, 300)}\n${where}`);
    }
    found.slowest = Math.max(found.slowest, performance.now() - start);
    found.inputs++;
    if (found.inputs % 50 === 0 && namesOf() !== before)
      found.escapes.push(`before ${at}: a prototype was changed`);
  }
  if (namesOf() !== before) found.escapes.push('a prototype was changed');
  found.escapes.push(...writes.splice(0).map((write) => `it wrote a file: ${write}`));
  return found;
}

for (const [name, [from, count]] of Object.entries(JSON.parse(plan) as Record<string, [number, number]>)) {
  real.writeSync(1, `${JSON.stringify(await fuzz(name, from, count))}\n`);
}
process.exit(0);
