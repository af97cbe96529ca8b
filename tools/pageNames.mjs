// Lint: names that Node has and a page lacks (process, Buffer, setImmediate, globalThis.process) stand only
// in the seam, three files of src/files, in the command line and in the drawing thread. A name is Node's
// where Node's types declare it and those of the language and of pages do not.
import { relative } from 'node:path';
import ts from 'typescript';
import { root } from './run.mjs';

const isOfPages = (path) =>
  path.startsWith('src/') &&
  !/^src\/(cli\/|files\/(base64|nextTurn|node)[.]ts|figures\/rendering\/(painter|stage)[.]ts)/.test(path);

const { options, fileNames } = ts.getParsedCommandLineOfConfigFile(
  'tsconfig.json',
  { lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'] },
  { ...ts.sys, getCurrentDirectory: () => root },
);
const inRoot = (file) => relative(root, file).replaceAll('\\', '/');
const program = ts.createProgram(
  fileNames.filter((file) => inRoot(file).startsWith('src/')),
  options,
);
const checker = program.getTypeChecker();
const faults = program
  .getSourceFiles()
  .filter(({ fileName }) => isOfPages(inRoot(fileName)))
  .flatMap(namesOf);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;

function namesOf(file) {
  const found = [];
  const visit = (node) => {
    if (ts.isIdentifier(node) && isGlobal(node) && isOfNode(symbolOf(node))) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      found.push(
        `${inRoot(file.fileName)}:${line + 1}: a page has no ${node.text}; builtin or need of src/files/node gives node:process and the modules of Node`,
      );
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Whether a name stands for a value of the global scope: alone, or as a property of globalThis. */
function isGlobal(node) {
  const { parent } = node;
  if (
    ts.isPartOfTypeNode(node) ||
    ts.isQualifiedName(parent) ||
    ts.isImportSpecifier(parent) ||
    parent.propertyName === node
  )
    return false;
  return (
    !ts.isPropertyAccessExpression(parent) ||
    parent.name !== node ||
    parent.expression.getText() === 'globalThis'
  );
}

function symbolOf(node) {
  return ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node);
}

function isOfNode(symbol) {
  const files = (symbol?.declarations ?? []).map((declaration) => declaration.getSourceFile().fileName);
  return files.length > 0 && files.every((file) => /[\\/]@types[\\/]node[\\/]/.test(file));
}
