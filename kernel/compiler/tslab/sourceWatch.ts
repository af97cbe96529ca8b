// Which local sources were edited: asked before each cell. The file system's own events come late on a busy
// machine, and a cell that is run right after an edit would use the old module. The thousands of files of
// packages are not watched.
import type * as TS from '@tslab/typescript-for-tslab';

interface Watched {
  readonly path: string;
  text: string | undefined;
  readonly notify: TS.FileWatcherCallback;
}

/** Replaces the compiler's file watcher; the returned function reports the changes since its last call. */
export function watchSources(ts: typeof TS): () => void {
  const watched = new Set<Watched>();
  const ignored = { close: () => {} };
  const { readFile } = ts.sys;
  ts.sys.watchDirectory = () => ignored;
  ts.sys.watchFile = (path, notify) => {
    if (path.endsWith('.d.ts') || path.endsWith('.json') || path.includes('/node_modules/')) return ignored;
    const file = { path, text: readFile(path), notify };
    watched.add(file);
    return { close: () => watched.delete(file) };
  };
  const { Changed, Created, Deleted } = ts.FileWatcherEventKind;
  return () => {
    for (const file of new Set(watched)) {
      const [before, text] = [file.text, readFile(file.path)];
      if (text === before) continue;
      file.text = text;
      file.notify(file.path, text === undefined ? Deleted : before === undefined ? Created : Changed);
    }
  };
}
