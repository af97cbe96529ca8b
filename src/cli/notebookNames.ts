// The notebooks of a checkout by name: the path below notebooks/, without .ipynb, `/` between its parts on
// every platform: 00-start-here, variants/double-well.
import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { CommandError } from './command.js';
import { didYouMean } from './parseCall.js';

/**
 * The names of all notebooks in a folder and in those below it, in order: the folder's own first. Hidden
 * folders (Jupyter's checkpoints) are ignored.
 *
 * @throws Error if the folder does not exist
 * @example notebookNames('notebooks'); // ['00-start-here', ..., 'variants/xy-small-world']
 */
export function notebookNames(folder: string): string[] {
  if (!existsSync(folder)) {
    throw new Error(
      `no notebooks at ${folder}: they come with the repository, not with the package; fix: emtd run NOTEBOOK runs one of yours`,
    );
  }
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) =>
    file.replaceAll('\\', '/'),
  );
  const names = files
    .filter((file) => file.endsWith('.ipynb') && !/(^|\/)\./.test(file))
    .map((file) => file.slice(0, -'.ipynb'.length));
  const depth = (name: string): number => name.split('/').length;
  return names.sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
}

/**
 * The chosen names, each once; all names if none is given. A name may be its last part or a path.
 *
 * @throws CommandError that lists the unknown names
 * @example chosenNotebooks(['variants/double-well'], ['notebooks/variants/double-well.ipynb']); // ['variants/double-well']
 */
export function chosenNotebooks(all: readonly string[], choices: readonly string[]): string[] {
  const matches = choices.map((path) => {
    const name = basename(path, '.ipynb');
    return all.find((one) => basename(one) === name);
  });
  const unknown = choices.filter((_, k) => matches[k] === undefined);
  if (unknown.length > 0) {
    const ends = [...all, ...all.map((name) => basename(name))];
    const hint = didYouMean(basename(unknown[0], '.ipynb'), ends) || `; there are ${all.join(', ')}`;
    throw new CommandError(`no notebook ${unknown.join(', ')}${hint}`);
  }
  return choices.length > 0 ? [...new Set(matches.filter((name) => name !== undefined))] : [...all];
}
