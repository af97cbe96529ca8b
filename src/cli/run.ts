// `emtd run NOTEBOOK…`: executes notebooks with the lab's kernel and writes the executed copies.
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeNotebook } from '../../kernel/notebook/notebookFile.js';
import { type Parameters, parseParameter } from '../../kernel/notebook/parametersCell.js';
import { type Command, CommandError, readCall, writableFolder } from './command.js';
import { executeAll, type Run } from './executeAll.js';

const usage = `emtd run NOTEBOOK... [options]
  --output DIR   folder of the executed copies (default: out/notebooks)
  --in-place     overwrite the notebook itself, when every cell has passed
  --param k=v    override a parameter; may be repeated (values are JSON, or else text)
  --timeout S    longest time for one cell, seconds (default: 600)
The environment reaches the cells: FULL=1 emtd run NOTEBOOK makes the publication run.`;

export const runCommand: Command = { usage, run };

const text = { type: 'string' } as const;
const options = { output: text, 'in-place': { type: 'boolean' }, param: { type: 'string', multiple: true }, timeout: text } as const;

async function run(args: string[]): Promise<number> {
  const { values, positionals } = readCall(() => parseArgs({ args, allowPositionals: true, options }));
  if (positionals.length === 0) throw new CommandError('no notebook given');
  if (values.output !== undefined && values['in-place']) throw new CommandError('either --output or --in-place, not both');
  const timeout = Number(values.timeout ?? 600);
  if (!(timeout > 0)) throw new CommandError(`--timeout must be positive, got ${values.timeout}`);
  const parameters = readCall(() => Object.assign({}, ...(values.param ?? []).map(parseParameter)) as Parameters);
  const folder = values['in-place'] ? undefined : (values.output ?? join('out', 'notebooks'));
  if (folder !== undefined) writableFolder(folder);

  /** A notebook that failed is written too, with its error, unless in place. */
  const keep = async ({ name: path, notebook, failed }: Run): Promise<string> => {
    if (failed && folder === undefined) return '';
    const target = folder === undefined ? path : join(folder, basename(path));
    writeNotebook(target, notebook);
    return ` -> ${target}`;
  };
  const runs = await executeAll(positionals, { parameters, timeout, keep });
  return runs.some(({ failed }) => failed) ? 1 : 0;
}
