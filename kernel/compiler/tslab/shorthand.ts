// tslab compiles the name of a variable of an earlier cell to a property of `exports`, except in `{ name }`,
// where the checker knows the property and not the variable. There this says `{ name: exports.name }`.
import type * as TS from '@tslab/typescript-for-tslab';

export function expandShorthand(
  ts: typeof TS,
  checker: TS.TypeChecker,
): TS.TransformerFactory<TS.SourceFile> {
  const { factory } = ts;
  const isEarlier = (declaration: TS.Declaration): boolean =>
    declaration.getSourceFile().fileName.endsWith('/__prev__.d.ts');
  return (context) => (file) => {
    const visit = (node: TS.Node): TS.Node => {
      if (!ts.isShorthandPropertyAssignment(node)) return ts.visitEachChild(node, visit, context);
      const variable = checker.getShorthandAssignmentValueSymbol(node);
      if (!variable?.declarations?.some(isEarlier)) return node;
      const value = factory.createPropertyAccessExpression(
        factory.createIdentifier('exports'),
        node.name.text,
      );
      return factory.createPropertyAssignment(node.name.text, value);
    };
    return ts.visitNode(file, visit) as TS.SourceFile;
  };
}
