// What counts as the code of a run, as a hash: the module that has it and the files of yours that this
// imports, by their tokens, so that comments, types and blank lines do not count; of other packages the
// version; of the lab the content of what is built. Of a module that makes the sweep too, the statements that
// only use the sweep do not count: a longer list of values keeps all results. Files that a run reads do not
// count either: give what is in them as a parameter.
import type { Node, Program } from 'acorn';
import { need, ownFile } from '../files/node.js';
import { optionalPackage } from '../files/optionalPackage.js';
import { sha256Of } from '../numerics/sha256.js';
import { keptStatements, mentions, specifiersOf } from './syntax.js';

type Acorn = typeof import('acorn');

/**
 * @param module path of the file that exports the run
 * @throws Error for a file that cannot be read or parsed, and for an import that cannot be followed
 */
export function codeOf(module: string, run: string): string {
  const parts = new Map<string, string>();
  visit(need('sweep', 'node:fs').realpathSync(module), run, parts);
  return sha256Of(JSON.stringify([run, ...parts.values()])).slice(0, 32);
}

/** Adds the file and what it imports; `run` for the module that has it. */
function visit(file: string, run: string | undefined, parts: Map<string, string>): void {
  if (parts.has(file)) return;
  const source = need('sweep', 'node:fs').readFileSync(file, 'utf8');
  if (!/[.][cm]?[jt]s$/.test(file)) return void parts.set(file, source);
  const { text, tokens, tree } = parse(file, source);
  const kept = run === undefined ? tree.body : keptStatements(tree, run);
  const [imports, others] = [kept.filter(isImport), kept.filter((node) => !isImport(node))];
  const lines = imports.map((node) => {
    const names = node.specifiers
      .filter(({ local }) => mentions(others, new Set([local.name])))
      .map(({ start, end }) => text.slice(start, end).replace(/\s+/g, ' '));
    return `import ${names.sort().join()} from ${node.source.raw}`;
  });
  let last = 0;
  const words = tokens
    .filter(({ start }) => others.some((node) => node.start <= start && start < node.end))
    .map(({ start, end }, k) => {
      const isNewLine = k === 0 || /[\n\r\u2028\u2029]/.test(text.slice(last, start));
      const between = isNewLine ? '\n' : ' '; // the end of a line may end a statement
      last = end;
      return between + text.slice(start, end);
    });
  parts.set(file, [...lines, ...words].join(''));
  for (const specifier of specifiersOf(file, kept)) follow(file, specifier, parts);
}

const isImport = (node: Node): node is import('acorn').ImportDeclaration => node.type === 'ImportDeclaration';

function parse(file: string, source: string) {
  const { parse: parseScript } = optionalPackage<Acorn>('sweep', 'acorn');
  const tokens: { readonly start: number; readonly end: number }[] = [];
  const isScript = file.endsWith('.cjs') || file.endsWith('.cts');
  const text = file.endsWith('ts')
    ? need('sweep', 'node:module').stripTypeScriptTypes(source, { mode: 'strip' })
    : source;
  try {
    const tree: Program = parseScript(text, {
      ecmaVersion: 'latest',
      sourceType: isScript ? 'script' : 'module',
      onToken: (token) => void tokens.push({ start: token.start, end: token.end }),
    });
    return { text, tokens, tree };
  } catch (cause) {
    throw new Error(`sweep: cannot read the code of ${file}: ${(cause as Error).message}`, { cause });
  }
}

function follow(file: string, specifier: string, parts: Map<string, string>): void {
  const { createRequire, isBuiltin } = need('sweep', 'node:module');
  if (isBuiltin(specifier)) return;
  const path = need('sweep', 'node:path');
  const isOwn = /^([.]|\/|file:)/.test(specifier);
  if (!isOwn && !specifier.startsWith('#')) {
    const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
    if (name === 'emtd-lab') return addLab(parts);
    return void parts.set(`package ${name}`, `${name} ${versionOf(name, path.dirname(file))}`);
  }
  const target = specifier.startsWith('file:')
    ? need('sweep', 'node:url').fileURLToPath(specifier)
    : specifier;
  let found: string;
  try {
    found = createRequire(file).resolve(target);
  } catch (cause) {
    throw new Error(`sweep: cannot follow the import of ${JSON.stringify(specifier)} in ${file}`, { cause });
  }
  if (['dist/src/', 'dist/lib/'].some((folder) => found.startsWith(ownFile(folder)))) return addLab(parts);
  visit(need('sweep', 'node:fs').realpathSync(found), undefined, parts);
}

/** The version of a package as a file in this folder finds it. */
function versionOf(name: string, folder: string): string {
  const [fs, path] = [need('sweep', 'node:fs'), need('sweep', 'node:path')];
  const manifest = path.join(folder, 'node_modules', name, 'package.json');
  if (fs.existsSync(manifest)) return String(JSON.parse(fs.readFileSync(manifest, 'utf8')).version);
  if (path.dirname(folder) === folder)
    throw new Error(`sweep: no package ${name} is installed beside the module of the run`);
  return versionOf(name, path.dirname(folder));
}

function addLab(parts: Map<string, string>): void {
  if (!parts.has('the lab')) parts.set('the lab', labHash());
}

/** The hash of what is built of the lab, not the number of its version. */
export function labHash(): string {
  const fs = need('sweep', 'node:fs');
  const folder = ownFile('dist/lib/');
  const files = fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .sort();
  return sha256Of(...files.flatMap((name) => [name, fs.readFileSync(folder + name)]));
}
