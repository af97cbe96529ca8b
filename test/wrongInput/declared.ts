// What the declarations of the library say of each argument: which values of the pool it takes, and what an object has in it.
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export interface Declared {
  /** Names of the pool that the type takes. */
  readonly takes: (name: string) => boolean;
  /** Whether it takes anything at all, or anything of a kind that the user chooses. */
  readonly takesAll: boolean;
  readonly isOptional: boolean;
  /** The type of a name in an object, of an entry in a list; nothing where the type is open. */
  readonly inside: (name: string) => Declared | undefined;
  readonly names: readonly string[];
  /** Whether any name may be given, as in a table by name. */
  readonly isOpen: boolean;
  /** Whether names may be left out, so that an unknown one may be a slip. */
  readonly hasOptional: boolean;
}

export interface Signature { readonly room: string; readonly names: readonly string[]; readonly parameters: readonly Declared[] }

/** The object that a method belongs to: it is given, not changed. */
const anything: Declared = {
  takes: () => true, takesAll: true, isOptional: true, inside: () => undefined, names: [], isOpen: true, hasOptional: false,
};

/** The public functions and classes, by name, and their methods, as `Field.at`, with the object first. */
export function readDeclarations(): ReadonlyMap<string, Signature> {
  const [library, poolFile] = [file('../../src/index.d.ts'), file('pool.d.ts')];
  const program = ts.createProgram([library, poolFile], {
    module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022, lib: ['lib.es2023.d.ts'], strict: true, skipLibCheck: true, types: ['node', '@webgpu/types'],
  });
  const checker = program.getTypeChecker();
  const exportsOf = (path: string): ts.Symbol[] => checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(path)!)!);
  const poolType = checker.getTypeOfSymbol(exportsOf(poolFile).find(({ name }) => name === 'pool')!);
  const ofPool = new Map(checker.getPropertiesOfType(poolType).map((each) => [each.name, checker.getTypeOfSymbol(each)]));
  const found = new Map<string, Signature>();
  for (const symbol of exportsOf(library)) {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    if (!(target.flags & ts.SymbolFlags.Value)) continue;
    const room = /\/src\/(\w+)\//.exec(target.declarations![0].getSourceFile().fileName)?.[1] ?? 'none';
    const type = checker.getTypeOfSymbol(target);
    const own = signatureOf(room, [...type.getCallSignatures(), ...type.getConstructSignatures()]);
    if (own) found.set(symbol.name, own);
    if (!(target.flags & ts.SymbolFlags.Class)) continue;
    for (const member of checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(target))) {
      const method = member.flags & ts.SymbolFlags.Method ? signatureOf(room, checker.getTypeOfSymbol(member).getCallSignatures()) : undefined;
      if (method && method.parameters.length > 0) found.set(`${symbol.name}.${member.name}`, { room, names: ['this', ...method.names], parameters: [anything, ...method.parameters] });
    }
  }
  return found;

  function signatureOf(room: string, signatures: readonly ts.Signature[]): Signature | undefined {
    if (signatures.length === 0) return undefined;
    const most = Math.max(...signatures.map(({ parameters }) => parameters.length));
    const at = (i: number): Declared => either(signatures.flatMap((signature) => declarationOf(signature, i)));
    const widest = signatures.find(({ parameters }) => parameters.length === most)!;
    return { room, names: widest.parameters.map(({ name }) => (name.startsWith('__') ? 'options' : name)), parameters: Array.from({ length: most }, (_, i) => at(i)) };
  }

  function declarationOf(signature: ts.Signature, i: number): Declared[] {
    if (i >= signature.parameters.length) return [];
    const symbol = signature.parameters[i];
    const declaration = symbol.valueDeclaration as ts.ParameterDeclaration | undefined;
    const type = checker.getTypeOfSymbol(symbol);
    const isRest = declaration?.dotDotDotToken !== undefined;
    const isOptional = isRest || i >= (signature as unknown as { minArgumentCount: number }).minArgumentCount;
    return [declared(isRest ? (checker.getIndexTypeOfType(type, ts.IndexKind.Number) ?? type) : type, isOptional)];
  }

  function declared(given: ts.Type, isOptional: boolean): Declared {
    const type = checker.getNonNullableType(bound(given));
    const parts = (type.isUnion() ? type.types : [type]).map(bound);
    const isObject = (part: ts.Type): boolean => (part.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0;
    const objects = parts.filter((part) => isObject(part) && part.getCallSignatures().length === 0);
    const open = objects.map((part) => checker.getIndexTypeOfType(part, ts.IndexKind.String)).find((each) => each !== undefined);
    const inside = (name: string): Declared | undefined => {
      const entry = /^\d+$/.test(name) ? objects.map((part) => checker.getIndexTypeOfType(part, ts.IndexKind.Number)).find((each) => each !== undefined) : undefined;
      const properties = objects.flatMap((part) => checker.getPropertyOfType(part, name) ?? []);
      const types = properties.map((each) => checker.getTypeOfSymbol(each));
      const isLoose = properties.some((each) => (each.flags & ts.SymbolFlags.Optional) !== 0) || properties.length < objects.length;
      const all = entry ? [entry] : types.length > 0 ? types : open ? [open] : [];
      return all.length === 0 ? undefined : either(all.map((each) => declared(each, isLoose || properties.length === 0)));
    };
    return {
      isOptional, inside, isOpen: open !== undefined || objects.length === 0,
      takesAll: parts.some((part) => (part.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.TypeParameter)) !== 0),
      takes: (name) => checker.isTypeAssignableTo(ofPool.get(name)!, bound(given)),
      hasOptional: objects.some((part) => checker.getPropertiesOfType(part).some((each) => (each.flags & ts.SymbolFlags.Optional) !== 0)),
      names: [...new Set(objects.flatMap((part) => checker.getPropertiesOfType(part).map((each) => each.name)))],
    };
  }

  function bound(type: ts.Type): ts.Type {
    return type.flags & ts.TypeFlags.TypeParameter ? (checker.getBaseConstraintOfType(type) ?? type) : type;
  }
}

/** What any of several types takes. */
function either(all: readonly Declared[]): Declared {
  if (all.length === 1) return all[0];
  return {
    takes: (name) => all.some((each) => each.takes(name)),
    takesAll: all.some((each) => each.takesAll),
    isOptional: all.some((each) => each.isOptional),
    inside: (name) => {
      const some = all.flatMap((each) => each.inside(name) ?? []);
      return some.length === 0 ? undefined : either(some);
    },
    names: [...new Set(all.flatMap((each) => each.names))],
    isOpen: all.some((each) => each.isOpen),
    hasOptional: all.some((each) => each.hasOptional),
  };
}
