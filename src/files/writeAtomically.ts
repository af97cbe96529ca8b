// The one way to write a file: beside its place, flushed, then renamed (atomic on one file system). Whatever ends the process,
// the file has its old content or its new one.
import { randomBytes } from 'node:crypto';
import {
  accessSync, closeSync, constants, fchmodSync, fsyncSync, lstatSync, openSync, readlinkSync, realpathSync, renameSync, rmSync, statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * Writes a file so that a reader sees the old content or the new, never a part. The mode of a file that is there stays; through a
 * symbolic link the file that it points to is written.
 *
 * @throws if the file cannot be written, by its name; then the old file is unchanged and no file is left beside it
 * @example writeAtomically('out/figures/relaxation.svg', svg);
 */
export function writeAtomically(file: string, content: string | Uint8Array): void {
  let beside: string | undefined;
  try {
    const target = linked(file);
    const old = statSync(target, { throwIfNoEntry: false });
    if (old && !old.isFile()) throw new Error('it is there, and is no file');
    if (old) accessSync(target, constants.W_OK); // a rename would replace what is write-protected
    beside = join(dirname(target), `.${randomBytes(6).toString('hex')}.tmp`);
    const handle = openSync(beside, 'wx');
    try {
      if (old && process.platform !== 'win32') fchmodSync(handle, old.mode & 0o7777);
      writeFileSync(handle, content);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(beside, target);
  } catch (error) {
    if (beside !== undefined) rmSync(beside, { force: true });
    throw new Error(`writeAtomically: cannot write ${file}: ${(error as Error).message}`, { cause: error });
  }
}

/** The file at the end of symbolic links; it need not exist. */
function linked(file: string): string {
  if (!lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()) return file;
  try {
    return realpathSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return linked(resolve(dirname(file), readlinkSync(file)));
  }
}
