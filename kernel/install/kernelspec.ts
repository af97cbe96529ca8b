// The kernelspec: how Jupyter finds and starts this kernel (jupyter_client documentation, "Kernel specs").
// This package writes it with absolute paths; beside kernel.json are the logos and plotly.js, which Jupyter serves
// at /kernelspecs/NAME/FILE.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeAtomically } from '../../src/files/writeAtomically.js';
import { kernelCommand } from '../notebook/kernelCommand.js';
import { kernelName, kernelspecMetadata } from '../notebook/kernelspecMetadata.js';
import type { CompilerName } from '../wire/compilerNames.js';
import { protocolVersion } from '../wire/message.js';
import { versions } from '../wire/versions.js';
import { writeRenderer } from './renderer.js';

export interface SpecOptions {
  displayName?: string;
  /** The cell compiler; the kernel's default if none is named. */
  compiler?: CompilerName;
  /** Whether cells can use the lab's names without an import; true by default. */
  prelude?: boolean;
  /** The command that starts the kernel; this package's own by default. */
  argv?: readonly string[];
}

export type KernelJson = ReturnType<typeof kernelJson>;

/** The content of kernel.json. */
export function kernelJson({ displayName, compiler, prelude, argv }: SpecOptions = {}) {
  const { display_name, language } = kernelspecMetadata;
  return {
    argv: argv ?? kernelCommand({ compiler, prelude }),
    display_name: displayName ?? (compiler ? display_name.replace(')', `, ${compiler})`) : display_name),
    language,
    interrupt_mode: 'message',
    kernel_protocol_version: `${protocolVersion}.0`, // 5.5 would promise the handshake of JEP 66
    metadata: { debugger: false, 'emtd-lab': { version: versions.kernel, compiler: compiler ?? 'default' } },
  };
}

export const kernelJsonText = (spec: KernelJson): string => `${JSON.stringify(spec, undefined, 2)}\n`;

/** The files beside kernel.json, by name. */
export function resources(): Record<string, string> {
  const logos = ['logo-32x32.png', 'logo-64x64.png', 'logo-svg.svg'];
  return {
    ...Object.fromEntries(logos.map((file) => [file, fileURLToPath(new URL(`./logos/${file}`, import.meta.url))])),
    'plotly.min.js': createRequire(import.meta.url).resolve('plotly.js-dist-min/plotly.min.js'),
  };
}

/** Fills a folder with a kernelspec: kernel.json last, since Jupyter sees a kernel where it lies. */
export function fillKernelspec(folder: string, spec: KernelJson): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, from] of Object.entries(resources())) writeAtomically(join(folder, name), readFileSync(from));
  writeAtomically(join(folder, 'kernel.json'), kernelJsonText(spec));
}

/** Writes this kernel's spec and renderer under a data folder of our own (one of JUPYTER_PATH); returns its folder. */
export function writeKernelspec(dataFolder: string, options: SpecOptions = {}): string {
  const folder = join(dataFolder, 'kernels', kernelName);
  fillKernelspec(folder, kernelJson(options));
  writeRenderer(dataFolder);
  return folder;
}
