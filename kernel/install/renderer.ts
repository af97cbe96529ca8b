// The renderer of plotly figures for JupyterLab 4 and Notebook 7 (labextension/): a prebuilt extension, which they
// find in `labextensions/` of the same data folder as the kernelspec whose plotly.js it loads.
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readKernelspec } from './findKernelspecs.js';
import { namesIn } from './namesIn.js';

const rendererFolder = (dataFolder: string): string => join(dataFolder, 'labextensions', 'emtd-lab-plotly');

export function writeRenderer(dataFolder: string): void {
  cpSync(fileURLToPath(new URL('./labextension', import.meta.url)), rendererFolder(dataFolder), { recursive: true });
}

/** Removes the renderer when no kernel of this lab is left under the data folder. */
export function removeUnusedRenderer(dataFolder: string): void {
  const kernels = join(dataFolder, 'kernels');
  if (namesIn(kernels).some((name) => readKernelspec(join(kernels, name)).ours)) return;
  rmSync(rendererFolder(dataFolder), { recursive: true, force: true });
}
