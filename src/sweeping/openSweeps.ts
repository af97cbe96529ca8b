// Sweeps for the command line: those that a module makes, or the one of a folder.
import { need } from '../files/node.js';
import { got } from '../numerics/check.js';
import { near } from '../numerics/near.js';
import { type Found, listen } from './found.js';
import { type Plan, Sweep } from './sweep.js';

/**
 * @param path of a module that makes the sweep, or of the folder of one
 * @param name of the sweep, where a module makes several
 * @throws Error where there is no sweep, or several and no name
 */
export async function openSweep(path: string, name?: string): Promise<Sweep> {
  const [fs, paths, urls] = [need('sweep', 'node:fs'), need('sweep', 'node:path'), need('sweep', 'node:url')];
  const found = fs.statSync(path, { throwIfNoEntry: false });
  if (!found) throw new Error(`no file or folder ${path}`);
  const full = paths.resolve(path);
  if (found.isDirectory()) {
    const file = paths.join(full, 'plan.json');
    if (!fs.existsSync(file)) throw new Error(`${path} is not the folder of a sweep: it has no plan.json`);
    return new Sweep(JSON.parse(fs.readFileSync(file, 'utf8')) as Plan, full);
  }
  const sweeps = await sweepsOf(urls.pathToFileURL(full).href);
  const named = sweeps.filter((one) => name === undefined || one.name === name);
  if (named.length === 1) return named[0];
  const names = sweeps.map((one) => one.name);
  if (named.length > 1)
    throw new Error(`${path} makes several sweeps, ${names.join(', ')}: --name says which`);
  const hint = name === undefined ? undefined : near(name, names);
  throw new Error(
    names.length === 0
      ? `${path} makes no sweep`
      : `${path} makes no sweep ${got(name)}; ${hint ? `did you mean "${hint}"?` : `it makes ${names.join(', ')}`}`,
  );
}

/** The module may go on with `await runs.here()`: it is not waited for. */
async function sweepsOf(module: string): Promise<Sweep[]> {
  const sweeps: Found[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      listen({ onSweep: (one) => sweeps.push(one), onWait: resolve });
      import(module).then(() => resolve(), reject);
    });
  } finally {
    listen(undefined);
  }
  const kept = sweeps as Sweep[];
  const loose = kept.find(({ folder }) => folder === undefined);
  if (loose) throw new Error(`the sweep ${loose.name} has no module: give it module: import.meta.url`);
  return kept;
}
