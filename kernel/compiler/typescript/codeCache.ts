// TypeScript is one script of nine megabytes: reading its compiled code from a file instead of compiling it again
// halves the time to load it. The file is made once per version of TypeScript and Node, in the user's own cache.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

/** `$XDG_CACHE_HOME/emtd-lab`, else `~/.cache/emtd-lab`. */
const folder = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'emtd-lab');

/**
 * A CommonJS module in one file, loaded as `require` does, with its code from the cache where it fits. `store` stores the
 * code compiled so far if none is stored; it ignores errors.
 */
export function loadCached(path: string, version: string): { exports: unknown; store(): void } {
  const cache = join(folder, `${version}-node-${process.version}-${process.arch}.code`);
  const cachedData = readIfThere(cache);
  const script = new Script(Module.wrap(readFileSync(path, 'utf8')), { filename: path, cachedData });
  const module = { exports: {} };
  const run = script.runInThisContext() as (...args: unknown[]) => void;
  run.call(module.exports, module.exports, createRequire(path), module, path, dirname(path));
  const isStored = cachedData !== undefined && script.cachedDataRejected !== true;
  return {
    exports: module.exports,
    store: () => {
      if (!isStored) writeQuietly(cache, script.createCachedData());
    },
  };
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Writes a file completely or not at all: other kernels may be reading. */
function writeQuietly(path: string, data: Buffer): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(`${path}.${process.pid}`, data, { mode: 0o600 });
    renameSync(`${path}.${process.pid}`, path);
  } catch {
    // a read-only home only costs time
  }
}
