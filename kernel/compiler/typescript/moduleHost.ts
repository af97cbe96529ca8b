// The files of a program: those on the disk, each read once; and two that exist only here, the globals of
// cells and the hub, a module that imports everything that cells have imported so far.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Folders } from '../cellCompiler.js';
import { type Resolution, type TS, ts } from './internals.js';

const require = createRequire(import.meta.url);

export class ModuleHost {
  /** The two files that a program starts from. */
  readonly globals: string;
  readonly hub: string;
  /** The imports of the hub. */
  readonly specifiers = new Set<string>();
  readonly host: TS.CompilerHost;
  /** Types of packages lie beside the notebook's packages, then beside the kernel's. */
  readonly options: TS.CompilerOptions;
  /** `stamp`: time and size of a file that may be edited. */
  readonly #sources = new Map<string, { file: TS.SourceFile; stamp?: string }>();
  readonly #resolutions: TS.ModuleResolutionCache;
  /** Cells import like a file in the notebook's folder; modules not found there, like the kernel. */
  readonly #folders: readonly [notebook: string, kernel: string];

  constructor({ root, folder }: Folders, globals: string, options: TS.CompilerOptions) {
    this.globals = join(root, '__globals__.d.ts');
    this.hub = join(folder, '__imports__.ts');
    const typeRoots = [
      join(root, 'node_modules', '@types'),
      dirname(dirname(require.resolve('@types/node/package.json'))),
    ];
    this.options = { ...options, typeRoots };
    this.#folders = [
      join(folder, 'cell.ts'),
      join(dirname(require.resolve('emtd-lab/package.json')), 'cell.ts'),
    ];
    this.#resolutions = ts.createModuleResolutionCache(root, (name) => name, this.options);
    const disk = ts.createCompilerHost(this.options);
    const virtual = (path: string): string | undefined =>
      path === this.globals ? globals : path === this.hub ? this.#hubText() : undefined;
    this.host = {
      ...disk,
      jsDocParsingMode: ts.JSDocParsingMode.ParseNone, // comments are read again when somebody asks (services.ts)
      getCurrentDirectory: () => root,
      fileExists: (path) => virtual(path) !== undefined || disk.fileExists(path),
      readFile: (path) => virtual(path) ?? disk.readFile(path),
      getSourceFile: (path, how) => {
        const text = virtual(path);
        return text === undefined ? this.#read(path, how) : ts.createSourceFile(path, text, how);
      },
      resolveModuleNameLiterals: (literals, from, redirected) =>
        literals.map(({ text }) => this.resolve(text, from, redirected)),
    };
  }

  /** The file that a specifier stands for in a file; without one, in a cell. */
  resolve(specifier: string, from: string = this.hub, redirected?: TS.ResolvedProjectReference): Resolution {
    const within = (file: string): Resolution =>
      ts.resolveModuleName(specifier, file, this.options, this.host, this.#resolutions, redirected);
    if (from !== this.hub) return within(from);
    const [notebook, kernel] = this.#folders;
    const resolved = within(notebook);
    return resolved.resolvedModule || specifier.startsWith('.') ? resolved : within(kernel);
  }

  /** Removes all specifiers but these from the hub; true when there were others. */
  keep(kept: readonly string[]): boolean {
    const others = [...this.specifiers].filter((specifier) => !kept.includes(specifier));
    for (const specifier of others) this.specifiers.delete(specifier);
    return others.length > 0;
  }

  /** Forgets cached facts about the disk that may change. */
  forget(): void {
    for (const [path, { stamp }] of this.#sources) if (stamp !== undefined) this.#sources.delete(path);
    this.#resolutions.clear();
  }

  /** Drops local sources that were edited; true when there were any. */
  refresh(): boolean {
    const edited = [...this.#sources].filter(
      ([path, { stamp }]) => stamp !== undefined && stamp !== stampOf(path),
    );
    for (const [path] of edited) this.#sources.delete(path);
    return edited.length > 0;
  }

  #hubText(): string {
    return (
      [...this.specifiers].map((specifier) => `import ${JSON.stringify(specifier)};`).join('\n') +
      '\nexport {};'
    );
  }

  #read(path: string, how: TS.ScriptTarget | TS.CreateSourceFileOptions): TS.SourceFile | undefined {
    const known = this.#sources.get(path);
    if (known) return known.file;
    if (!existsSync(path)) return undefined;
    const stamp = isEditable(path) ? stampOf(path) : undefined;
    const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), how);
    this.#sources.set(path, { file, stamp });
    return file;
  }
}

/** Local TypeScript and JSON, which a reader edits beside the notebook; declarations of packages are not. */
export function isEditable(path: string): boolean {
  return !path.includes('/node_modules/') && !path.endsWith('.d.ts');
}

function stampOf(path: string): string {
  const { mtimeMs, size } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: 0, size: 0 };
  return `${mtimeMs}:${size}`;
}
