// Each `await e` of a cell becomes `__resume(__epoch(), await e)`, which ends code that an interrupt has
// left behind (back/epochs.ts).
import type * as TS from '@tslab/typescript-for-tslab';

export function awaitCheckpoints(ts: typeof TS): TS.TransformerFactory<TS.SourceFile> {
  const { factory } = ts;
  const call = (name: string, ...args: TS.Expression[]): TS.Expression =>
    factory.createCallExpression(factory.createIdentifier(name), undefined, args);
  return (context) => (file) => {
    const visit = (node: TS.Node): TS.Node => {
      const visited = ts.visitEachChild(node, visit, context);
      return ts.isAwaitExpression(visited) ? call('__resume', call('__epoch'), visited) : visited;
    };
    return ts.visitNode(file, visit) as TS.SourceFile;
  };
}
