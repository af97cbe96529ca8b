// A function from JavaScript text whose `import()` works as in a file of that name; the text keeps its lines.
import { Script, constants } from 'node:vm';

export function compileFunction(
  file: string,
  parameters: string,
  body: string,
  isAsync = false,
): (...args: unknown[]) => unknown {
  return new Script(`(${isAsync ? 'async ' : ''}function (${parameters}) {\n${body}\n})`, {
    filename: file,
    lineOffset: -1,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }).runInThisContext() as (...args: unknown[]) => unknown;
}
