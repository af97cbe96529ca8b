// The public names of the package, their docstrings and examples, as the declarations in dist have them.
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import * as lab from '../lab.js';

export type Kind = 'value' | 'type';
export interface Example {
  readonly of: string;
  readonly code: string;
}
/** `bare`: options, where the name is a type of options, that have no words. */
export interface PublicName {
  readonly name: string;
  readonly kind: Kind;
  readonly file: string;
  readonly doc: string;
  readonly bare: readonly string[];
  readonly examples: readonly Example[];
}

const index = fileURLToPath(new URL('../lab.d.ts', import.meta.url));
const program = ts.createProgram([index], {
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  skipLibCheck: true,
  types: [],
});
const checker = program.getTypeChecker();

/** Each with the examples of its own and of its members. */
export function publicNames(): PublicName[] {
  const door = checker.getSymbolAtLocation(program.getSourceFile(index)!)!;
  return checker.getExportsOfModule(door).map((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const file = symbol.declarations![0].getSourceFile().fileName;
    return {
      name: exported.name,
      kind: exported.name in lab ? 'value' : 'type',
      file,
      doc: words(symbol),
      bare: /(Options|Parameters)$/.test(exported.name)
        ? withoutWords(checker.getDeclaredTypeOfSymbol(symbol))
        : [],
      examples: /\/dist\/src\//.test(file)
        ? [symbol, ...members(symbol)].flatMap((each) =>
            examplesOf(each, each === symbol ? '' : `${exported.name}.`, exported.name),
          )
        : [],
    };
  });
}

const words = (symbol: ts.Symbol): string => ts.displayPartsToString(symbol.getDocumentationComment(checker));
const withoutWords = (type: ts.Type): string[] =>
  type
    .getProperties()
    .filter((each) => words(each) === '')
    .map(({ name }) => name);

function members(symbol: ts.Symbol): ts.Symbol[] {
  return symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)
    ? [...(symbol.members ?? []), ...(symbol.exports ?? [])].map(([, member]) => member)
    : [];
}

function examplesOf(symbol: ts.Symbol, owner: string, name: string): Example[] {
  const of = owner === '' ? name : owner + symbol.name;
  return symbol
    .getJsDocTags(checker)
    .filter((tag) => tag.name === 'example')
    .map(({ text }) => ({ of, code: ts.displayPartsToString(text) }));
}
