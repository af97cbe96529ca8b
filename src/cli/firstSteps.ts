// `emtd` alone: what to try next, where it is called.
import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url)).replace(/[\\/]$/, '');

/** In the checkout, in a project that has the package, elsewhere. */
export function firstSteps(folder: string, checkout = root): string {
  const [emtd, steps] = stepsFor(folder, checkout);
  const width = Math.max(...steps.map(([command]) => command.length));
  return `EMTD Lab: statistical mechanics on networks, with a ledger of tested claims.

Three commands to try next:
${steps.map(([command, text]) => `  ${command.padEnd(width)}   ${text}`).join('\n')}

All commands: ${emtd} --help`;
}

type Step = readonly [command: string, text: string];
const claims = 'every claim of the two papers, with its verdict';

function stepsFor(folder: string, checkout: string): [emtd: string, steps: Step[]] {
  const first = join(checkout, 'notebooks', '00-start-here.ipynb');
  if (existsSync(first) && `${folder}${sep}`.startsWith(`${checkout}${sep}`)) {
    return ['npx emtd', [
      [`npx emtd run ${relative(folder, first)}`, 'run the first notebook, nothing but Node needed'],
      ['npx emtd claims', claims],
      ['npm start', 'open the notebooks in Jupyter'],
    ]];
  }
  const emtd = hasPackage(folder) ? 'npx emtd' : 'emtd';
  return [emtd, [
    [`${emtd} claims`, claims],
    [`${emtd} certify --runs 20`, 'how often the certificate rejects right and wrong samplers'],
    [`${emtd} kernel install`, 'put the kernel into your Jupyter: cells of TypeScript that know the lab'],
  ]];
}

/** Whether a project at the folder, or above it, has the package installed. */
function hasPackage(folder: string): boolean {
  if (existsSync(join(folder, 'node_modules', 'emtd-lab', 'package.json'))) return true;
  return dirname(folder) !== folder && hasPackage(dirname(folder));
}
