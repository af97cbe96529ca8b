// Makes ./.venv with JupyterLab by pip, for machines without Jupyter. By default pip without a reachable
// index retries for minutes; if pip is configured with extra (local) indexes, each is also tried alone.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pythons, quietly, venvPython } from './jupyter.js';

/** The packages for `npm start`: a front end, and its part of the sliders. */
export const labPackages = ['jupyterlab', 'ipywidgets'];

/** Packages of Debian 12 for machines where no index answers; JupyterLab is not among them. */
export const debianPackages = ['jupyter-client', 'python3-nbclient', 'jupyter-notebook'];
export const debianAdvice = `apt-get install ${debianPackages.join(' ')}`;

/** Makes the environment, or adds to it; throws with the reason and the fix when it cannot. */
export function makeJupyterVenv(
  root: string,
  say: (line: string) => void,
  packages: readonly string[] = labPackages,
): void {
  const folder = join(root, '.venv');
  const isOurs = !existsSync(folder);
  const python = pythons(root).find((candidate) => quietly(candidate, ['--version']).status === 0);
  if (!python) throw new Error(`there is no Python; fix: ${debianAdvice}`);
  say(`${isOurs ? 'making' : 'adding to'} ${folder} with pip: ${packages.join(', ')}`);
  const reasons: string[] = [];
  const made = isOurs ? quietly(python, ['-m', 'venv', folder], 120_000) : undefined;
  if (made && made.status !== 0) reasons.push(lastError(made.stderr || made.stdout));
  else {
    const pip = venvPython(root);
    for (const indexes of [[], ...extraIndexes(pip)]) {
      const install = ['-m', 'pip', 'install', '--retries', '0', '--timeout', '15', ...indexes, ...packages];
      const result = quietly(pip, install, 600_000);
      if (result.status === 0) return;
      reasons.push(lastError(result.stderr));
    }
  }
  if (isOurs) rmSync(folder, { recursive: true, force: true });
  const why = `no Jupyter on this machine, and pip could not install it (${reasons.join('; ')})`;
  throw new Error(`${why}; fix on Debian or Ubuntu: ${debianAdvice}`);
}

/** pip's configured extra indexes, each as the only one. */
function extraIndexes(python: string): string[][] {
  const { stdout } = quietly(python, ['-m', 'pip', 'config', 'list']);
  const urls = [...(stdout ?? '').matchAll(/extra-index-url=['"](.*)['"]/g)].flatMap(([, value]) =>
    value.split(/\\n|\s+/),
  );
  return [...new Set(urls.filter((url) => url !== ''))].map((url) => [
    '--index-url',
    url,
    '--extra-index-url',
    url,
  ]);
}

function lastError(text: string): string {
  const lines = text.trim().split('\n');
  return lines.findLast((line) => line.startsWith('ERROR')) ?? lines.at(-1) ?? 'no reason given';
}
