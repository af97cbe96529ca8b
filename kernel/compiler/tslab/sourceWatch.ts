// Which local sources were edited: asked before each cell. The file system's own events come late on a busy machine,
// and a cell that is run right after an edit would meet the old module.
import type * as TS from '@tslab/typescript-for-tslab';

interface Watched {
  readonly path: string;
  text: string | undefined;
  readonly tell: TS.FileWatcherCallback;
}

/** Replaces the compiler's file watcher; the returned function reports the changes since its last call. */
export function watchSources(ts: typeof TS): () => void {
  const watched = new Set<Watched>();
  const { readFile } = ts.sys;
  ts.sys.watchFile = (path, tell) => {
    const file = { path, text: readFile(path), tell };
    watched.add(file);
    return { close: () => watched.delete(file) };
  };
  const { Changed, Created, Deleted } = ts.FileWatcherEventKind;
  return () => {
    for (const file of new Set(watched)) {
      const [before, text] = [file.text, readFile(file.path)];
      if (text === before) continue;
      file.text = text;
      file.tell(file.path, text === undefined ? Deleted : before === undefined ? Created : Changed);
    }
  };
}
