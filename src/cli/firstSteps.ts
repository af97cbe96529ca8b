// `emtd` alone: what it is here, and what to try next: in a checkout, in a project that has the package, from
// the Python package, elsewhere.
import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { homeName } from '../../kernel/install/home.js';
import { packageRoot } from '../../kernel/wire/ownPackage.js';

/** @param root the package of this command */
export function firstSteps(folder: string, root = packageRoot): string {
  const [what, emtd, steps] = stepsFor(folder, root);
  const width = Math.max(...steps.map(([command]) => command.length));
  return `EMTD Lab: statistical mechanics on networks, with a ledger of tested claims.
${what}

Three commands to try next:
${steps.map(([command, text]) => `  ${command.padEnd(width)}   ${text}`).join('\n')}

All commands: ${emtd} --help`;
}

type Step = readonly [command: string, text: string];
const claims = 'what was found, and every sentence of the two papers';

function stepsFor(folder: string, root: string): [what: string, emtd: string, steps: Step[]] {
  const first = join(root, 'notebooks', '00-start-here.ipynb');
  if (existsSync(first) && `${folder}${sep}`.startsWith(`${root}${sep}`)) {
    return [
      `The checkout ${root}: its kernel, figures and notebooks are ready.`,
      'npx emtd',
      [
        [`npx emtd run ${relative(folder, first)}`, 'run the first notebook, nothing but Node needed'],
        ['npx emtd claims', claims],
        ['npm start', 'open the notebooks in Jupyter'],
      ],
    ];
  }
  if (basename(dirname(dirname(root))) === homeName()) {
    return [
      `The Python package emtd-lab: its kernel is in the Jupyter of this Python, and starts from ${root}.`,
      'emtd',
      [
        ['jupyter lab', 'a new notebook with the kernel "TypeScript (EMTD Lab)"'],
        ['emtd run NOTEBOOK', 'run a notebook without Jupyter'],
        ['emtd claims', claims],
      ],
    ];
  }
  const project = projectOf(folder);
  const emtd = project === undefined ? 'emtd' : 'npx emtd';
  return [
    project === undefined
      ? `The package ${root}.`
      : `The package of the project ${project}: import { ring } from 'emtd-lab'.`,
    emtd,
    [
      [`${emtd} kernel install`, 'put the kernel into your Jupyter: cells of TypeScript that know the lab'],
      [`${emtd} claims`, claims],
      [`${emtd} certify --runs 20`, 'how often the certificate rejects right and wrong samplers'],
    ],
  ];
}

/** The project at the folder, or above it, that has the package installed. */
function projectOf(folder: string): string | undefined {
  if (existsSync(join(folder, 'node_modules', 'emtd-lab', 'package.json'))) return folder;
  return dirname(folder) === folder ? undefined : projectOf(dirname(folder));
}
