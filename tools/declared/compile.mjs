// Compiles the checkout as `tsc --build` does, what changed only, with one step more: public functions check their arguments.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';
import { insertChecks } from './insert.mjs';
import { publicSignatures } from './signatures.mjs';

const record = (root) => join(root, 'dist', 'declared.json');
const tools = import.meta.dirname;

/** Types checked, JavaScript and declarations written. @returns whether there is no error; errors are printed */
export function compile(root) {
  const parsed = parse(root);
  const toolsHash = hashOfTools();
  const known = read(root);
  if (known.tools !== toolsHash) rmSync(parsed.options.tsBuildInfoFile, { force: true });
  const first = check(parsed);
  if (first === undefined) return false;
  const signatures = publicSignatures(first.getProgram(), doorsOf(root));
  const table = tableOf(root, signatures);
  // A function that became public, or whose types changed in another file, stands in a file that the compiler has no reason to write.
  const stale = Object.keys({ ...table, ...known.signatures }).filter((file) => JSON.stringify(table[file]) !== JSON.stringify(known.signatures?.[file]));
  emit(root, first, signatures, stale);
  writeFileSync(record(root), JSON.stringify({ tools: toolsHash, signatures: table }) + '\n');
  return true;
}

/** The step for files that are compiled one by one, without types: with the signatures of the last whole build. */
export function knownChecks(root) {
  const known = read(root);
  const signatures = known.tools === hashOfTools() ? known.signatures : {};
  return insertChecks(root, (node, file) => signatures[keyOf(root, file.fileName)]?.[nameOf(node)]);
}

const read = (root) => (existsSync(record(root)) ? JSON.parse(readFileSync(record(root), 'utf8')) : {});
const hashOfTools = () => createHash('sha256').update(readdirSync(tools).sort().map((name) => readFileSync(join(tools, name), 'utf8')).join('')).digest('hex');

/** The sources of the package's exports, without the plumbing. */
function doorsOf(root) {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.entries(exports).filter(([name, { types }]) => types && name !== './internal')
    .map(([, { types }]) => join(root, types.replace('./dist/', '').replace('.d.ts', '.ts')));
}

function parse(root) {
  return ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.json'), {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (error) => { throw new Error(String(error.messageText)); } });
}

function check(parsed) {
  const host = ts.createIncrementalCompilerHost(parsed.options);
  const program = ts.createIncrementalProgram({ rootNames: parsed.fileNames, options: parsed.options, host });
  const errors = [...program.getConfigFileParsingDiagnostics(), ...program.getOptionsDiagnostics(), ...program.getSyntacticDiagnostics(), ...program.getGlobalDiagnostics(), ...program.getSemanticDiagnostics()];
  if (errors.length === 0) return program;
  const format = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => process.cwd(), getNewLine: () => '\n' };
  process.stderr.write(ts.formatDiagnosticsWithColorAndContext(errors, format));
  return undefined;
}

function emit(root, program, signatures, stale) {
  const before = [insertChecks(root, (node) => signatures.get(ts.getOriginalNode(node)))];
  program.emit(undefined, undefined, undefined, false, { before });
  for (const key of stale) {
    const file = program.getSourceFile(join(root, key));
    if (file) program.getProgram().emit(file, undefined, undefined, false, { before });
  }
}

function tableOf(root, signatures) {
  const table = {};
  for (const [node, signature] of signatures) (table[keyOf(root, node.getSourceFile().fileName)] ??= {})[nameOf(node)] = signature;
  return table;
}

const keyOf = (root, file) => relative(root, file).split(sep).join('/');

/** By which a declaration is found again: its class and its name. */
function nameOf(node) {
  const own = ts.isConstructorDeclaration(node) ? 'constructor' : node.name?.text;
  const around = node.parent && ts.isClassDeclaration(node.parent) ? `${node.parent.name?.text}.` : '';
  return `${around}${own ?? node.parent?.name?.text}`;
}
