// TypeScript in a page: a module of the site, whose files are the page's.
import ts from 'typescript';
import { all, existsSync, foldersIn, isFolder } from './fs.js';
import { lab, typescript } from './places.js';

const system: Partial<ts.System> = {
  args: [],
  newLine: '\n',
  useCaseSensitiveFileNames: true,
  write: () => {},
  readFile: (path) => all.get(path),
  writeFile: () => {},
  resolvePath: (path) => path,
  fileExists: (path) => existsSync(path) && all.has(path),
  directoryExists: isFolder,
  createDirectory: () => {},
  getExecutingFilePath: () => typescript,
  getCurrentDirectory: () => lab,
  getDirectories: foldersIn,
  readDirectory: () => [],
  exit: () => {},
};
(ts as unknown as { setSys(system: unknown): void }).setSys(system);

export const loadCached = (): { exports: unknown; isCached: boolean; store(): void } => ({
  exports: ts,
  isCached: true,
  store: () => {},
});
