// TypeScript 6, with the internal functions that this compiler uses and that its declarations do not list.
// The package pins the exact version; test/kernel/typescriptCompiler.test.ts fails if one of them is missing.
import { createRequire } from 'node:module';
import type TS from 'typescript';
import type { Mapping } from '../places.js';
import { loadCached } from './codeCache.js';

/** A cell's file carries what `createProgram` would have put on it. */
export interface CellFile extends TS.SourceFile {
  path: string;
  resolvedPath: string;
  originalFileName: string;
  imports: TS.StringLiteralLike[];
  moduleAugmentations: TS.Node[];
  ambientModuleNames: string[];
  parseDiagnostics: TS.Diagnostic[];
  bindDiagnostics: TS.Diagnostic[];
  commentDirectives?: Directive[];
}

/** `@ts-ignore` or `@ts-expect-error` in a comment. */
interface Directive {
  range: TS.TextRange;
  type: 0 | 1;
}

export interface Checker extends TS.TypeChecker {
  getDiagnostics(file: TS.SourceFile): TS.Diagnostic[];
  resolveName(
    name: string,
    at: TS.Node | undefined,
    meaning: TS.SymbolFlags,
    excludeGlobals: boolean,
  ): TS.Symbol | undefined;
}

export type Resolution = TS.ResolvedModuleWithFailedLookupLocations;

/** Methods of a program that a checker uses, beyond the public ones. */
export interface Program extends TS.Program {
  getResolvedModule(file: TS.SourceFile, name: string, mode: TS.ResolutionMode): Resolution | undefined;
  getResolvedModuleFromModuleSpecifier(
    specifier: TS.StringLiteralLike,
    file?: TS.SourceFile,
  ): Resolution | undefined;
  getModeForUsageLocation(file: TS.SourceFile, usage: TS.StringLiteralLike): TS.ResolutionMode;
}

interface Internals {
  createTypeChecker(host: TS.Program): Checker;
  bindSourceFile(file: TS.SourceFile, options: TS.CompilerOptions): void;
  isExpressionNode(node: TS.Node): boolean;
  getTouchingPropertyName(file: TS.SourceFile, position: number): TS.Node;
  skipOuterExpressions(node: TS.Expression): TS.Expression;
  getModuleInstanceState(node: TS.ModuleDeclaration): number;
  createCommentDirectivesMap(
    file: TS.SourceFile,
    directives: Directive[],
  ): {
    markUsed(line: number): boolean;
    getUnusedExpectations(): Directive[];
  };
  decodeMappings(mappings: string): Iterable<Mapping>;
  getJSDocCommentsAndTags(node: TS.Node): readonly (TS.JSDoc | TS.JSDocTag)[];
  Completions: {
    getCompletionsAtPosition(
      host: object,
      program: TS.Program,
      log: (line: string) => void,
      file: TS.SourceFile,
      at: number,
      preferences: TS.UserPreferences,
    ): TS.CompletionInfo | undefined;
  };
  SymbolDisplay: {
    getSymbolKind(checker: TS.TypeChecker, symbol: TS.Symbol, at: TS.Node): string;
    getSymbolDisplayPartsDocumentationAndSymbolKind(
      checker: TS.TypeChecker,
      symbol: TS.Symbol,
      file: TS.SourceFile,
      enclosing: TS.Node | undefined,
      at: TS.Node,
      meaning?: number,
    ): { displayParts: TS.SymbolDisplayPart[] };
  };
}

const require = createRequire(import.meta.url);

const { version } = require('typescript/package.json') as { version: string };
const loaded = loadCached(require.resolve('typescript'), `typescript-${version}`);

export const ts = loaded.exports as typeof TS & Internals;

/** Keeps TypeScript's compiled code for the next kernel, once it has been used enough. */
export const storeCode = loaded.store;
export type { TS };
