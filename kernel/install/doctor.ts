// The kernel's part of `emtd doctor`: Jupyter, every kernelspec, the kernel itself; the fix for each finding.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KernelClient } from '../notebook/client.js';
import { damagedCaches } from '../compiler/typescript/codeCache.js';
import { missingPackages } from '../wire/ownPackage.js';
import { versions } from '../wire/versions.js';
import { type ListedKernelspec, findKernelspecs, packageOf } from './findKernelspecs.js';
import type { Finding } from './finding.js';
import { type Jupyter, findJupyter, jupyterDataFolders, quietly } from './jupyter.js';
import { resourceNames } from './kernelspec.js';
import { thisMachine } from './machine.js';
import { dataFolders } from './places.js';

/** The renderer of figures, relative to a kernelspec's folder. */
const rendererBeside = join('..', '..', 'labextensions', 'emtd-lab-plotly');

/** The oldest Node that the lab is tested on. */
const oldestNode = 22;

export async function kernelFindings(root: string): Promise<Finding[]> {
  const jupyter = findJupyter(root);
  const folders = jupyter && jupyterDataFolders(jupyter);
  const specs = findKernelspecs(dataFolders(thisMachine()));
  const ours = specs.filter((spec) => spec.ours);
  return [
    jupyterFinding(jupyter),
    ...(folders ? [widgetsFinding(jupyter, folders)] : []),
    ...(ours.length > 0 ? ours.map((spec) => ownFinding(spec, folders)) : [notInstalled()]),
    ...specs.filter((spec) => !spec.ours && spec.broken).map(foreignFinding),
    ...cacheFindings(),
    await startFinding(root, ours),
  ];
}

/** Whether a version of Node (`v22.12.0`) is recent enough. */
export function isRecentNode(version: string): boolean {
  return parseInt(version.replace(/^v/, '')) >= oldestNode;
}

export const nodeAdvice = `install Node ${oldestNode} or later`;

function jupyterFinding(jupyter: Jupyter | undefined): Finding {
  const what = 'Jupyter';
  return jupyter
    ? { what, state: 'ok', text: `${jupyter.title} (${[jupyter.command, ...jupyter.args].join(' ')})` }
    : {
        what,
        state: 'note',
        text: 'not found; fix: npx emtd start makes a .venv with pip, or says which packages to install',
      };
}

/** Sliders need the front-end part of ipywidgets 7 or later; it lies in Jupyter's data folders. */
function widgetsFinding({ title }: Jupyter, folders: readonly string[]): Finding {
  const what = 'widgets';
  const [file, mark] = title.startsWith('JupyterLab')
    ? ['labextensions/@jupyter-widgets/jupyterlab-manager/package.json', '@jupyter-widgets']
    : ['nbextensions/jupyter-js-widgets/extension.js', '@jupyter-widgets/controls'];
  const found = folders.map((folder) => join(folder, file)).find((path) => existsSync(path));
  const instead = 'sliders show as text; fix: pip install --upgrade ipywidgets';
  if (!found) return { what, state: 'note', text: `${title} has no ipywidgets, ${instead}` };
  return readFileSync(found, 'utf8').includes(mark)
    ? { what, state: 'ok', text: `${title} has ipywidgets: sliders are live` }
    : { what, state: 'note', text: `${title} has an ipywidgets older than 7, ${instead}` };
}

const notInstalled = (): Finding => ({
  what: 'kernelspec',
  state: 'note',
  text: 'not installed (npx emtd start needs none); fix: npx emtd kernel install',
});

function ownFinding(spec: ListedKernelspec, folders: readonly string[] | undefined): Finding {
  const { name, folder, argv, ours, broken, shadowedBy } = spec;
  const what = `kernelspec ${name}`;
  const again = `npx emtd kernel install --force${placeOption(spec)}${name === 'emtd-lab' ? '' : ` --name ${name}`}`;
  const finding = (state: Finding['state'], text: string): Finding => ({ what, state, text });
  if (broken) return finding('problem', `${folder}: ${broken}; fix: ${again}`);
  if (argv[0] === 'python')
    return finding('ok', `${folder}, version ${ours!.version}, of the Python package emtd-lab`);
  const node = quietly(argv[0]!, ['--version']).stdout?.trim() ?? '';
  if (!isRecentNode(node))
    return finding('problem', `${argv[0]} is ${node || 'no Node'}; fix: ${nodeAdvice}, then ${again}`);
  if (folders && !folders.some((data) => join(data, 'kernels', name) === folder)) {
    const fix = 'npx emtd kernel install --sys-prefix in its environment';
    return finding('problem', `${folder}: the Jupyter found above does not look there; fix: ${fix}`);
  }
  if (shadowedBy)
    return finding('note', `${folder}: Jupyter takes ${shadowedBy} instead; fix: uninstall one of them`);
  if (ours!.version !== versions.kernel) {
    return finding(
      'note',
      `${folder}: starts version ${ours!.version}, this is ${versions.kernel}; fix: ${again}`,
    );
  }
  const missing = [...resourceNames, rendererBeside].find((file) => !existsSync(join(folder, file)));
  if (missing) return finding('note', `${folder}: ${missing} is missing; fix: ${again}`);
  return finding('ok', `${folder}, version ${ours!.version}, Node ${node}, starts from ${packageOf(argv)}`);
}

function placeOption({ origin, folder, name }: ListedKernelspec): string {
  if (origin === 'user') return '';
  if (origin === 'environment') return ' --sys-prefix';
  const data = folder.slice(0, -join('kernels', name).length - 1);
  const prefix = data.endsWith(join('share', 'jupyter'))
    ? data.slice(0, -join('share', 'jupyter').length - 1)
    : '';
  return prefix ? ` --prefix ${JSON.stringify(prefix)}` : '';
}

const foreignFinding = ({ name, folder, broken }: ListedKernelspec): Finding => ({
  what: `kernelspec ${name}`,
  state: 'note',
  text: `${folder}: ${broken}; fix: jupyter kernelspec remove ${name}`,
});

/** Damaged files of compiled code; a kernel does not use them. `folder`: default, the user's cache. */
export function cacheFindings(folder?: string): Finding[] {
  const text = (path: string): string =>
    `${path}: damaged; the next kernel on its version of Node replaces it; fix: delete it`;
  return damagedCaches(folder).map((path) => ({ what: 'compiled code', state: 'note', text: text(path) }));
}

/** Starts a kernel of this package, computes 1 + 1 and stops a loop, where it has what a kernel needs. */
async function startFinding(root: string, ours: readonly ListedKernelspec[]): Promise<Finding> {
  const what = 'kernel';
  const missing = missingPackages();
  if (missing.length > 0) {
    const text =
      ours.length > 0
        ? 'has its folder of its own; npx emtd kernel doctor tries it'
        : `needs ${missing.join(', ')}; fix: npx emtd kernel install`;
    return { what, state: ours.length > 0 ? 'ok' : 'note', text };
  }
  const { KernelClient } = await import('../notebook/client.js');
  const began = performance.now();
  try {
    const kernel = await KernelClient.start({ folder: root });
    const result = await valueOf(kernel, 'const one = 1; one + 1');
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const running = kernel.execute('setTimeout(() => { for (;;); }); await new Promise(() => {});');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await kernel.interrupt();
    await running;
    const after = await valueOf(kernel, 'one');
    await kernel.shutdown();
    if (result !== '2')
      return { what, state: 'problem', text: `1 + 1 gave ${result}; fix: npm ci && npm run build` };
    const works = `starts and computes 1 + 1 in ${seconds} s`;
    return after === '1'
      ? { what, state: 'ok', text: `${works}; Stop keeps the variables` }
      : {
          what,
          state: 'problem',
          text: `${works}; on Node ${process.versions.node}, Stop loses the variables; fix: Node 24`,
        };
  } catch (error) {
    return {
      what,
      state: 'problem',
      text: `does not start: ${(error as Error).message}; fix: npm ci && npm run build`,
    };
  }
}

async function valueOf(kernel: KernelClient, code: string): Promise<string | undefined> {
  let value: string | undefined;
  await kernel.execute(code, ({ header, content }) => {
    if (header.msg_type === 'execute_result')
      value = (content['data'] as Record<string, string>)['text/plain'];
  });
  return value;
}
