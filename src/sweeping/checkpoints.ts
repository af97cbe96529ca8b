// Where runs keep how far they have come: a file for each, written whole, gone when the run is done; without
// a folder, memory. A file that was changed since does not count: the run begins anew.
import type { Checkpoint } from '../dynamics/index.js';
import { need } from '../files/node.js';
import { sha256Of } from '../numerics/sha256.js';
import { writeAtomically } from '../files/writeAtomically.js';

const pathOf = (folder: string, key: string): string => `${folder}/checkpoints/${key}.json`;

/** @param seconds of the period; at every write the file has all texts */
export function checkpointOf(
  folder: string | undefined,
  key: string,
  seconds: number,
  signal: AbortSignal,
): Checkpoint {
  const fs = folder === undefined ? undefined : need('sweep', 'node:fs');
  const file = folder === undefined ? '' : pathOf(folder, key);
  const texts = fs?.existsSync(file) ? textsOf(fs.readFileSync(file, 'utf8')) : new Map<string, string>();
  let last = performance.now();
  return {
    read: (name) => texts.get(name),
    write(name, text) {
      texts.set(name, text);
      last = performance.now();
      if (!fs) return;
      fs.mkdirSync(`${folder}/checkpoints`, { recursive: true });
      const all = JSON.stringify([...texts]);
      writeAtomically(file, `${sha256Of(all)} ${all}`);
    },
    get isDue() {
      return signal.aborted || performance.now() - last > 1000 * seconds;
    },
  };
}

function textsOf(content: string): Map<string, string> {
  const [checksum, text] = [content.slice(0, 64), content.slice(65)];
  return new Map(sha256Of(text) === checksum ? (JSON.parse(text) as [string, string][]) : []);
}

export function removeCheckpoint(folder: string | undefined, key: string): void {
  if (folder !== undefined) need('sweep', 'node:fs').rmSync(pathOf(folder, key), { force: true });
}
