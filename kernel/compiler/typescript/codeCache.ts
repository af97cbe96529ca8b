// TypeScript is one script of nine megabytes: reading its compiled code from a file instead of compiling it
// again halves the time to load it. The file is made once per version of TypeScript and Node, in the user's
// own cache:
//   SHA-256 of the code (32 bytes), its length (4 bytes, little endian), the code
// V8 runs damaged code until it crashes, so that a file is used only if both are right; any other is deleted
// and made anew.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { writeAtomically } from '../../../src/files/writeAtomically.js';

const extension = '.checked-code';
const headerLength = 36;

/** `$XDG_CACHE_HOME/emtd-lab`, else `~/.cache/emtd-lab`. */
const ownFolder = (): string => join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'emtd-lab');

/**
 * A CommonJS module in one file, loaded as `require` does, with its code from the cache where it fits.
 * `store` stores the code compiled so far if none is stored; it ignores errors.
 */
export function loadCached(
  path: string,
  version: string,
  folder = ownFolder(),
): { exports: unknown; isCached: boolean; store(): void } {
  const cache = join(folder, `${version}-node-${process.version}-${process.arch}${extension}`);
  const cachedData = readCode(cache);
  if (!cachedData) rmQuietly(cache);
  const script = new Script(Module.wrap(readFileSync(path, 'utf8')), { filename: path, cachedData });
  const module = { exports: {} };
  const run = script.runInThisContext() as (...args: unknown[]) => void;
  run.call(module.exports, module.exports, createRequire(path), module, path, dirname(path));
  const isCached = cachedData !== undefined && script.cachedDataRejected !== true;
  return {
    exports: module.exports,
    isCached,
    store: () => {
      if (!isCached) writeQuietly(cache, script.createCachedData());
    },
  };
}

/** The files of the cache that are not as they were written. */
export function damagedCaches(folder = ownFolder()): string[] {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(extension)) : [];
  return names.map((name) => join(folder, name)).filter((path) => readCode(path) === undefined);
}

/** The code in a file; undefined where there is none, or it is damaged. */
function readCode(path: string): Buffer | undefined {
  try {
    const file = readFileSync(path);
    const code = file.subarray(headerLength);
    return file.subarray(0, headerLength).equals(header(code)) ? code : undefined;
  } catch {
    return undefined;
  }
}

function header(code: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(code.length);
  return Buffer.concat([createHash('sha256').update(code).digest(), length]);
}

/** Other kernels may be reading it. */
function writeQuietly(path: string, code: Buffer): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeAtomically(path, Buffer.concat([header(code), code]));
  } catch {
    // a read-only home or a full disk only costs time
  }
}

function rmQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // it is not ours to delete
  }
}
