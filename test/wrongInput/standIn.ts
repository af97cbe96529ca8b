// A hook of node's loader: who imports test/display/lab.js gets the functions that record their calls.
import type { LoadHook, ResolveHook } from 'node:module';

let names: readonly string[] = [];
export const initialize = (data: { names: readonly string[] }): void => {
  names = data.names;
};

const standIn = 'recorded:lab';
export const resolve: ResolveHook = (specifier, context, next) =>
  /(display\/lab|^[.]\/lab)[.]js$/.test(specifier) &&
  /\/test\/(display|wrongInput)\//.test(context.parentURL ?? '')
    ? { url: standIn, shortCircuit: true }
    : next(specifier, context);

export const load: LoadHook = (url, context, next) =>
  url === standIn
    ? {
        format: 'module',
        shortCircuit: true,
        source: `export const { ${names.join(', ')} } = globalThis.recordedLab;`,
      }
    : next(url, context);
