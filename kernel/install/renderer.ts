// The renderer of plotly figures for JupyterLab 4 and Notebook 7 (labextension/): a prebuilt extension, which
// they find in `labextensions/` of the same data folder as the kernelspec whose plotly.js it loads.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeAtomically } from '../../src/files/writeAtomically.js';
import { readKernelspec } from './findKernelspecs.js';
import { namesIn } from './namesIn.js';

const rendererFolder = (dataFolder: string): string => join(dataFolder, 'labextensions', 'emtd-lab-plotly');

/** package.json last: Jupyter sees an extension where it lies. */
export function writeRenderer(dataFolder: string): void {
  const [from, to] = [fileURLToPath(new URL('./labextension', import.meta.url)), rendererFolder(dataFolder)];
  const files = readdirSync(from, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(from, file)).isFile(),
  );
  for (const file of [...files.filter((name) => name !== 'package.json'), 'package.json']) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    writeAtomically(join(to, file), readFileSync(join(from, file)));
  }
}

/** Removes the renderer when no kernel of this lab is left under the data folder. */
export function removeUnusedRenderer(dataFolder: string): void {
  const kernels = join(dataFolder, 'kernels');
  if (namesIn(kernels).some((name) => readKernelspec(join(kernels, name)).ours)) return;
  rmSync(rendererFolder(dataFolder), { recursive: true, force: true });
}
