// What a module's syntax says about its code: which of its statements only use a sweep, and what it imports.
// Trees are those of acorn (ESTree).
import type { Node, Program } from 'acorn';

type Tree = Node & Readonly<Record<string, unknown>>;

/** Calls `see` for a node and all below it, with the name of the field that it stands in. */
function walk(
  node: Tree,
  see: (node: Tree, parent?: Tree, field?: string) => void,
  parent?: Tree,
  at?: string,
) {
  see(node, parent, at);
  for (const [field, value] of Object.entries(node)) {
    for (const child of Array.isArray(value) ? value : [value])
      if (typeof (child as Tree | null)?.type === 'string') walk(child as Tree, see, node, field);
  }
}

/** Whether one of the names is used there as a variable; `x.name` and `{ name: 1 }` are no use of it. */
export function mentions(nodes: readonly Node[], names: ReadonlySet<string>): boolean {
  let found = false;
  for (const node of nodes) {
    walk(node as Tree, (one, parent, field) => {
      if (one.type !== 'Identifier' || !names.has(one['name'] as string)) return;
      const isLabel = (field === 'property' || field === 'key') && parent?.['computed'] === false;
      if (!isLabel || parent['shorthand'] === true) found = true;
    });
  }
  return found;
}

/** The names that a statement declares at the top of its module, or imports. */
function declared(statement: Tree): string[] {
  if (statement.type === 'ImportDeclaration')
    return (statement['specifiers'] as { readonly local: { readonly name: string } }[]).map(
      ({ local }) => local.name,
    );
  const inner = (statement['declaration'] ?? statement) as Tree;
  const roots = inner.type === 'VariableDeclaration' ? (inner['declarations'] as Tree[]) : [inner];
  return roots.flatMap(({ id }) => {
    const names: string[] = [];
    if (id) walk(id as Tree, (one) => one.type === 'Identifier' && names.push(one['name'] as string));
    return names;
  });
}

/**
 * The statements of a module without those that use `sweep` or the lab's room `sweeping`, or what such a statement declares; all of them
 * where the run itself is among these, or is neither declared nor imported here.
 */
export function keptStatements({ body }: Program, run: string): readonly Program['body'][number][] {
  const gone = new Set<string>();
  for (const node of body) {
    if (node.type !== 'ImportDeclaration') continue;
    for (const one of node.specifiers)
      if (
        one.type === 'ImportSpecifier' &&
        one.imported.type === 'Identifier' &&
        /^sweep(ing)?$/.test(one.imported.name)
      )
        gone.add(one.local.name);
  }
  if (gone.size === 0) return body;
  let kept = body;
  for (let before = Infinity; kept.length < before; ) {
    before = kept.length;
    kept = kept.filter((node) => {
      if (node.type === 'ImportDeclaration' || !mentions([node], gone)) return true;
      declared(node as Node as Tree).forEach((name) => gone.add(name));
      return false;
    });
  }
  return kept.some((node) => declared(node as Node as Tree).includes(run)) ? kept : body;
}

/**
 * What the statements import, by the text in quotes.
 * @throws Error for an import whose text is computed: what it loads cannot be known
 */
export function specifiersOf(file: string, statements: readonly Node[]): string[] {
  const found: string[] = [];
  for (const statement of statements) {
    walk(statement as Tree, (node) => {
      const isRequire = node.type === 'CallExpression' && (node['callee'] as Tree)['name'] === 'require';
      const source = isRequire
        ? (node['arguments'] as Tree[])[0]
        : (node['source'] as Tree | null | undefined);
      if (!source || !(isRequire || /^(Import|Export)/.test(node.type))) return;
      if (typeof source['value'] !== 'string')
        throw new Error(`sweep: an import in ${file} has no fixed name: what counts as code is not known`);
      found.push(source['value']);
    });
  }
  return found;
}
