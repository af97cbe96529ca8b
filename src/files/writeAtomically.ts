// The one way to write a file: beside its place, flushed, then renamed (atomic on one file system). Whatever
// ends the process, the file has its old content or its new one. What a killed write leaves beside goes with
// a later write into the folder.
import { need } from './node.js';

/** Milliseconds after which a file beside is that of a write that was killed. */
const abandoned = 3_600_000;

/**
 * Writes a file so that a reader sees the old content or the new, never a part. The mode of a file that is
 * there stays; through a symbolic link the file that it points to is written.
 *
 * @throws if the file cannot be written, by its name; then the old file is unchanged and no file is left
 * beside it
 * @example writeAtomically('out/figures/relaxation.svg', svg);
 */
export function writeAtomically(file: string, content: string | Uint8Array): void {
  const [fs, path] = [need('writeAtomically', 'node:fs'), need('writeAtomically', 'node:path')];
  let beside: string | undefined;
  try {
    const target = linked(file);
    const old = fs.statSync(target, { throwIfNoEntry: false });
    if (old && !old.isFile()) throw new Error('the path exists and is not a file');
    if (old) fs.accessSync(target, fs.constants.W_OK); // a rename would replace what is write-protected
    beside = path.join(
      path.dirname(target),
      `.${need('writeAtomically', 'node:crypto').randomBytes(6).toString('hex')}.tmp`,
    );
    const handle = fs.openSync(beside, 'wx');
    try {
      if (old && need('writeAtomically', 'node:process').platform !== 'win32')
        fs.fchmodSync(handle, old.mode & 0o7777);
      fs.writeFileSync(handle, content);
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
    fs.renameSync(beside, target);
  } catch (error) {
    if (beside !== undefined) fs.rmSync(beside, { force: true });
    throw new Error(`writeAtomically: cannot write ${file}: ${(error as Error).message}`, { cause: error });
  }
  try {
    removeAbandoned(path.dirname(beside));
  } catch {
    // the file is written; leftovers that cannot be removed, such as another user's, stay
  }
}

function removeAbandoned(folder: string): void {
  const [fs, path] = [need('writeAtomically', 'node:fs'), need('writeAtomically', 'node:path')];
  for (const name of fs.readdirSync(folder).filter((one) => /^[.][0-9a-f]{12}[.]tmp$/.test(one))) {
    const file = path.join(folder, name);
    const age = Date.now() - (fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Infinity);
    if (age > abandoned) fs.rmSync(file, { force: true });
  }
}

/** The file at the end of symbolic links; it need not exist. */
function linked(file: string): string {
  const [fs, path] = [need('writeAtomically', 'node:fs'), need('writeAtomically', 'node:path')];
  if (!fs.lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()) return file;
  try {
    return fs.realpathSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return linked(path.resolve(path.dirname(file), fs.readlinkSync(file)));
  }
}
