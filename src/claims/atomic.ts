// Replaces a file completely or not at all: writes beside it, flushes, then renames (atomic on one file system).
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Writes text to a file so that a reader sees the old content or the new, never a part.
 *
 * @throws if the folder cannot be written; then the old file is unchanged and no file is left beside it.
 */
export function writeAtomically(file: string, text: string): void {
  const beside = `${file}.${process.pid}.tmp`;
  try {
    const handle = openSync(beside, 'w');
    try {
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw new Error(`writeAtomically: cannot write ${file}: ${(error as Error).message}`, { cause: error });
  }
}
