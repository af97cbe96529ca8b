// The kernelspec: how Jupyter finds and starts this kernel. Written by us, with absolute paths, into
// `kernels/emtd-lab` under a Jupyter data folder.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kernelCommand } from '../notebook/kernelProcess.js';

export const kernelName = 'emtd-lab';

/** What notebooks for this kernel say in their metadata. */
export const kernelspecMetadata = {
  name: kernelName,
  display_name: 'TypeScript (EMTD Lab)',
  language: 'typescript',
};

/** Writes the kernelspec under a data folder (one of JUPYTER_PATH) and returns its folder. */
export function writeKernelspec(dataFolder: string): string {
  const folder = join(dataFolder, 'kernels', kernelName);
  mkdirSync(folder, { recursive: true });
  const spec = {
    argv: kernelCommand(),
    display_name: kernelspecMetadata.display_name,
    language: kernelspecMetadata.language,
    interrupt_mode: 'message',
    metadata: { debugger: false },
  };
  writeFileSync(join(folder, 'kernel.json'), `${JSON.stringify(spec, undefined, 2)}\n`);
  cpSync(fileURLToPath(new URL('./logos', import.meta.url)), folder, { recursive: true });
  return folder;
}
