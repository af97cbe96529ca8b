// Where runs keep how far they have come: a file for each, written whole, gone when the run is done; without
// a folder, memory.
import type { Checkpoint } from '../dynamics/index.js';
import { need } from '../files/node.js';
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
  const isThere = fs?.existsSync(file);
  const texts = new Map<string, string>(
    isThere ? Object.entries(JSON.parse(fs!.readFileSync(file, 'utf8'))) : [],
  );
  let last = performance.now();
  return {
    read: (name) => texts.get(name),
    write(name, text) {
      texts.set(name, text);
      last = performance.now();
      if (!fs) return;
      fs.mkdirSync(`${folder}/checkpoints`, { recursive: true });
      writeAtomically(file, JSON.stringify(Object.fromEntries(texts)));
    },
    get isDue() {
      return signal.aborted || performance.now() - last > 1000 * seconds;
    },
  };
}

export function removeCheckpoint(folder: string | undefined, key: string): void {
  if (folder !== undefined) need('sweep', 'node:fs').rmSync(pathOf(folder, key), { force: true });
}
