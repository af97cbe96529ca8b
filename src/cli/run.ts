// `emtd run NOTEBOOK...`: executes notebooks with the lab's kernel and writes the executed copies.
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { writeNotebook } from '../../kernel/notebook/notebookFile.js';
import { type Parameters, parseParameter } from '../../kernel/notebook/parametersCell.js';
import { CommandError, numberOf, writableFolder } from './command.js';
import { executeAll, type Run } from './executeAll.js';
import { didYouMean } from './parseCall.js';
import type { Call } from './table.js';
import type { tables } from './tables.js';

const LONGEST = 2_147_483; // of node's timers

export async function run({ values, operands: paths }: Call<typeof tables.run>): Promise<number> {
  if (values.output !== undefined && values['in-place'])
    throw new CommandError('either --output or --in-place, not both');
  const timeout = numberOf(
    'timeout',
    values.timeout ?? '600',
    (seconds) => seconds > 0 && seconds <= LONGEST,
    `a number of seconds above 0, at most ${LONGEST}`,
  );
  const parameters = Object.assign({}, ...(values.param ?? []).map(readParameter)) as Parameters;
  const folder = values['in-place'] ? undefined : (values.output ?? join('out', 'notebooks'));
  const targetOf = (path: string): string => (folder === undefined ? path : join(folder, basename(path)));
  refuseMissing(paths);
  refuseOverwriting(paths, targetOf, folder !== undefined);
  if (folder !== undefined) writableFolder(folder, '--output');

  /** A notebook that failed is written too, with its error, unless in place. */
  const keep = async ({ name: path, notebook, failed }: Run): Promise<string> => {
    if (failed && folder === undefined) return '';
    writeNotebook(targetOf(path), notebook);
    return ` -> ${targetOf(path)}`;
  };
  const runs = await executeAll(paths, { parameters, timeout, keep });
  return runs.some(({ failed }) => failed) ? 1 : 0;
}

function readParameter(text: string): Parameters {
  try {
    return parseParameter(text);
  } catch (error) {
    throw new CommandError(`--param: ${(error as Error).message}`);
  }
}

function refuseMissing(paths: readonly string[]): void {
  const missing = paths.find((path) => !existsSync(path));
  if (missing === undefined) return;
  const folder = dirname(missing);
  const others = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.ipynb')) : [];
  throw new CommandError(`no notebook ${missing}${didYouMean(basename(missing), others)}`);
}

/** No result over another, and none over a notebook unless in place. */
function refuseOverwriting(
  paths: readonly string[],
  targetOf: (path: string) => string,
  isCopy: boolean,
): void {
  const sources = new Set(paths.map(place));
  const taken = new Map<string, string>();
  for (const path of paths) {
    const target = place(targetOf(path));
    const other = taken.get(target);
    if (other !== undefined) {
      const fix =
        other === path
          ? 'name it once'
          : isCopy
            ? 'run them one by one, each with its own --output'
            : 'name one of them';
      throw new CommandError(`${other} and ${path} would both be written to ${targetOf(path)}; fix: ${fix}`);
    }
    if (isCopy && sources.has(target)) {
      const fix = '--in-place, or another folder as --output';
      throw new CommandError(`${path} would be written over the notebook ${targetOf(path)}; fix: ${fix}`);
    }
    taken.set(target, path);
  }
}

/** Where a path leads, links followed; two paths of one file are equal. */
function place(path: string): string {
  const inFolder = existsSync(dirname(path))
    ? join(realpathSync(dirname(path)), basename(path))
    : resolve(path);
  const full = existsSync(path) ? realpathSync(path) : inFolder;
  return process.platform === 'linux' ? full : full.toLowerCase(); // file systems that do not tell A from a
}
