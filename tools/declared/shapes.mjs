// A declared type as a shape that src/numerics/declared.ts checks at run time.
import ts from 'typescript';

const deepest = 4;
const typedArrays = ['Int8', 'Uint8', 'Uint8Clamped', 'Int16', 'Uint16', 'Int32', 'Uint32', 'Float32', 'Float64', 'BigInt64', 'BigUint64'].map((name) => `${name}Array`);
const asGlobal = new Map([...typedArrays, 'ArrayBuffer', 'DataView', 'Map', 'Set', 'Date', 'RegExp', 'Promise', 'AbortSignal', 'Error', 'WeakMap', 'URL', 'SharedArrayBuffer'].map((name) => [name, name]));
asGlobal.set('ReadonlyMap', 'Map').set('ReadonlySet', 'Set').set('Buffer', 'Uint8Array').set('RangeError', 'Error').set('TypeError', 'Error');

/**
 * The shape of a type. A number is finite, unless the sentence of the parameter or of the member says Infinity or NaN.
 */
export function shapeOf(checker, type, sentence = '', depth = 0, seen = []) {
  if (/^(untrusted|checked)\b/.test(sentence)) return 'any'; // the function itself looks at it
  const flags = type.flags;
  const has = (mask) => (flags & mask) !== 0;
  const deeper = (inner, own = sentence) => shapeOf(checker, inner, own, depth + 1, [...seen, type]);
  if (has(ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Never | ts.TypeFlags.Conditional | ts.TypeFlags.IndexedAccess | ts.TypeFlags.TemplateLiteral)) {
    const constraint = has(ts.TypeFlags.Conditional | ts.TypeFlags.IndexedAccess) ? checker.getBaseConstraintOfType(type) : undefined;
    return has(ts.TypeFlags.TemplateLiteral) ? 'string' : constraint && constraint !== type ? shapeOf(checker, constraint, sentence, depth, seen) : 'any';
  }
  if (has(ts.TypeFlags.TypeParameter)) {
    const constraint = checker.getBaseConstraintOfType(type);
    return constraint && !(constraint.flags & ts.TypeFlags.Unknown) ? shapeOf(checker, constraint, sentence, depth, seen) : 'any';
  }
  if (type.isUnion()) return eitherOf(type.types.map((part) => shapeOf(checker, part, sentence, depth, seen)));
  if (type.isStringLiteral() || type.isNumberLiteral()) return { is: [type.value] };
  if (has(ts.TypeFlags.BooleanLiteral)) return { is: [checker.typeToString(type) === 'true'] };
  if (has(ts.TypeFlags.NumberLike)) return /\bNaN\b/.test(sentence) ? 'any number' : /\b(Infinity|infinite)\b/.test(sentence) ? 'number' : 'finite';
  if (has(ts.TypeFlags.StringLike)) return 'string';
  if (has(ts.TypeFlags.BooleanLike)) return 'boolean';
  if (has(ts.TypeFlags.BigIntLike)) return 'bigint';
  if (has(ts.TypeFlags.ESSymbolLike)) return 'symbol';
  if (has(ts.TypeFlags.Null)) return 'null';
  if (has(ts.TypeFlags.Undefined | ts.TypeFlags.Void)) return 'undefined';
  if (has(ts.TypeFlags.NonPrimitive)) return 'object';
  if (checker.isTupleType(type)) return tuple(checker, type, deeper);
  if (checker.isArrayType(type)) return { list: depth > deepest ? 'any' : deeper(checker.getTypeArguments(type)[0]) };
  if (type.isIntersection() && type.types.some((part) => part.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike))) {
    return shapeOf(checker, type.types.find((part) => part.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike)), sentence, depth, seen);
  }
  const name = type.symbol?.name ?? '';
  const isMapped = ((type.objectFlags ?? 0) & ts.ObjectFlags.Mapped) !== 0; // as Pick makes
  const isLibrary = !isMapped && (type.symbol?.declarations?.every((each) => /node_modules\/(typescript|@types\/node)\//.test(each.getSourceFile().fileName)) ?? false);
  const first = () => checker.getTypeArguments(type)[0];
  if (isLibrary && name === 'ArrayLike') return { list: deeper(first()) };
  if (isLibrary && ['Iterable', 'Iterator', 'IterableIterator', 'Generator'].includes(name)) return { iterable: deeper(first()) };
  if (isLibrary && asGlobal.has(name)) return { global: asGlobal.get(name) };
  if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) return 'function';
  if (name.startsWith('Tensor') && checker.getPropertyOfType(type, 'dataId')) return { tensor: true };
  const isClass = type.isClass() || ((type.symbol?.flags ?? 0) & ts.SymbolFlags.Class) !== 0;
  const table = type.getStringIndexType();
  const properties = checker.getPropertiesOfType(type).filter((each) => isPublic(each));
  if (table && properties.length === 0) return { table: depth > deepest ? 'any' : deeper(table) };
  if (isLibrary) return 'object';
  if (isClass) return { name, has: Object.fromEntries(properties.filter((each) => !isOptional(each)).slice(0, 5).map((each) => [each.name, 'any'])) };
  if (depth > deepest || seen.includes(type)) return 'object';
  const entries = (which) => properties.filter((each) => isOptional(each) === which).map((each) => [each.name, memberShape(each)]);
  const [required, may] = [entries(false), entries(true)];
  const ownName = type.aliasSymbol?.name ?? (name.startsWith('__') ? '' : name);
  const isOptions = !table && !isMapped && may.length > 0 && !required.some(([, of]) => of === 'function')
    && !properties.some((each) => each.flags & ts.SymbolFlags.Method); // an object that acts may keep more
  return { name: ownName, has: Object.fromEntries(required), ...(may.length > 0 ? { may: Object.fromEntries(may) } : {}), ...(isOptions ? { options: true } : {}) };

  function memberShape(symbol) {
    const inner = checker.getTypeOfSymbol(symbol);
    const own = deeper(inner, ts.displayPartsToString(symbol.getDocumentationComment(checker)));
    return symbol.flags & ts.SymbolFlags.Method ? 'function' : isOptional(symbol) ? given(own) : own;
  }
}

const isOptional = (symbol) => (symbol.flags & ts.SymbolFlags.Optional) !== 0;
const isPublic = (symbol) => !symbol.name.startsWith('__') && !symbol.name.startsWith('#')
  && !(symbol.declarations ?? []).some((each) => ts.getCombinedModifierFlags(each) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected));

function tuple(checker, type, deeper) {
  const parts = checker.getTypeArguments(type).map((part) => deeper(part));
  const { minLength, hasRestElement, target } = type.target ?? {};
  const fixed = (target ?? type.target)?.elementFlags?.every((flag) => flag === ts.ElementFlags.Required) ?? (minLength === parts.length && !hasRestElement);
  return fixed ? { tuple: parts } : { list: eitherOf(parts) };
}

/** A union: literals together, nested unions flat, everything where one part is anything. */
export function eitherOf(parts) {
  const flat = parts.flatMap((part) => (typeof part === 'object' && 'either' in part ? part.either : [part]));
  if (flat.includes('any')) return 'any';
  const is = [...new Set(flat.flatMap((part) => (typeof part === 'object' && 'is' in part ? part.is : [])))];
  const literals = is.includes(true) && is.includes(false) ? ['boolean', ...rest(is.filter((each) => typeof each !== 'boolean'))] : rest(is);
  const others = flat.filter((part) => !(typeof part === 'object' && 'is' in part));
  const different = [...new Map([...literals, ...others].map((part) => [JSON.stringify(part), part])).values()];
  return different.length === 1 ? different[0] : { either: different };
}
const rest = (is) => (is.length > 0 ? [{ is: is.toSorted() }] : []); // the compiler's order depends on what it read before

/** Without `undefined`, for what may be left out. */
export const given = (shape) => (typeof shape === 'object' && 'either' in shape ? eitherOf(shape.either.filter((part) => part !== 'undefined')) : shape);
export const takesUndefined = (shape) => shape === 'any' || shape === 'undefined' || (typeof shape === 'object' && 'either' in shape && shape.either.includes('undefined'));
