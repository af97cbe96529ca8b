// A hash over everything that the build reads, so that a stale dist/ can be named as such.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Where the build writes the hash of what it was made from. */
export const buildRecord = (root) => join(root, 'dist', 'build.json');

export const isCurrent = (root) =>
  existsSync(buildRecord(root)) &&
  JSON.parse(readFileSync(buildRecord(root), 'utf8')).sources === sourceFingerprint(root);

export function sourceFingerprint(root) {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', 'tsconfig.json']) hash.update(readFileSync(join(root, file)));
  for (const room of ['src', 'kernel', join('tools', 'cephes'), join('tools', 'tfjs')]) {
    const files = readdirSync(join(root, room), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !['verdicts.json', 'publication.json'].includes(entry.name)) // written by runs, not by hand
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .sort();
    for (const file of files) {
      hash
        .update(relative(root, file).split(sep).join('/'))
        .update('\0')
        .update(readFileSync(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}
