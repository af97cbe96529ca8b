// A hash over every source file that the build reads, so that a stale dist/ can be named as such.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export function sourceFingerprint(root) {
  const hash = createHash('sha256');
  for (const room of ['src', 'kernel']) {
    const files = readdirSync(join(root, room), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !['verdicts.json', 'publication.json'].includes(entry.name)) // written by runs, not by hand
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .sort();
    for (const file of files) {
      hash.update(relative(root, file).split(sep).join('/')).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}
