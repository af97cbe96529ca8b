// The notebooks of a checkout by name: the path below notebooks/, without .ipynb, `/` between its parts on every
// platform: 00-start-here, variants/double-well.
import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * The names of all notebooks in a folder and in those below it, in order: the folder's own first. Hidden folders
 * (Jupyter's checkpoints) are left out.
 *
 * @throws Error if the folder does not exist
 * @example notebookNames('notebooks'); // ['00-start-here', ..., 'variants/xy-small-world']
 */
export function notebookNames(folder: string): string[] {
  if (!existsSync(folder)) throw new Error(`no notebooks at ${folder}: they come with the repository, not with the package`);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
  const names = files.filter((file) => file.endsWith('.ipynb') && !/(^|\/)\./.test(file)).map((file) => file.slice(0, -'.ipynb'.length));
  const depth = (name: string): number => name.split('/').length;
  return names.sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
}

/**
 * The names that are asked for; all of them when none is. The last part is enough, and a path will do.
 *
 * @throws Error that names what there is not
 * @example chosenNotebooks(['00-start-here', 'variants/double-well'], ['notebooks/variants/double-well.ipynb']); // ['variants/double-well']
 */
export function chosenNotebooks(all: readonly string[], asked: readonly string[]): string[] {
  const found = asked.map((path) => {
    const name = basename(path, '.ipynb');
    return all.find((one) => basename(one) === name);
  });
  const unknown = asked.filter((_, k) => found[k] === undefined);
  if (unknown.length > 0) throw new Error(`no notebook ${unknown.join(', ')}; there are ${all.join(', ')}`);
  return asked.length > 0 ? found.filter((name) => name !== undefined) : [...all];
}
