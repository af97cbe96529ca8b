// The language that cells may use: what the running Node has, and no more. TypeScript declares each piece of
// the standard library since ES2023 in a file of its own; a piece counts where Node has the value named
// beside it.
import { type TS, ts } from './internals.js';

const pieces: Record<string, string> = {
  'es2024.arraybuffer': 'ArrayBuffer.prototype.transfer',
  'es2024.collection': 'Map.groupBy',
  'es2024.object': 'Object.groupBy',
  'es2024.promise': 'Promise.withResolvers',
  'es2024.regexp': 'RegExp.prototype.unicodeSets',
  'es2024.sharedmemory': 'Atomics.waitAsync',
  'es2024.string': 'String.prototype.isWellFormed',
  'es2025.collection': 'Set.prototype.union',
  'es2025.float16': 'Float16Array',
  'es2025.intl': 'Intl.DurationFormat',
  'es2025.iterator': 'Iterator',
  'es2025.promise': 'Promise.try',
  'es2025.regexp': 'RegExp.escape',
  'esnext.array': 'Array.fromAsync',
  'esnext.collection': 'Map.prototype.getOrInsert',
  'esnext.error': 'Error.isError',
  'esnext.sharedmemory': 'Atomics.pause',
  'esnext.temporal': 'Temporal',
  'esnext.date': 'Date.prototype.toTemporalInstant',
  'esnext.typedarrays': 'Uint8Array.fromBase64',
};

/** File names of TypeScript's declarations. */
export const libraries: string[] = [
  'es2023',
  'esnext.disposable',
  'decorators',
  ...Object.keys(pieces).filter(isHere),
].map((name) => `lib.${name}.d.ts`);

/** Of the syntax, TypeScript checks flags of regular expressions by it. */
export const target: TS.ScriptTarget = ts.ScriptTarget.ES2025;

function isHere(piece: string): boolean {
  const names = pieces[piece]!.split('.');
  const last = names.pop()!;
  const owner = names.reduce<object | undefined>(
    (value, name) => value?.[name as keyof typeof value],
    globalThis,
  );
  return owner !== undefined && last in owner;
}
