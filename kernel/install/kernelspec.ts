// The kernelspec: how Jupyter finds and starts this kernel (jupyter_client documentation, "Kernel specs").
// This package writes it with absolute paths; beside kernel.json are the logos and plotly.js, which Jupyter
// serves at /kernelspecs/NAME/FILE.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeAtomically } from '../../src/files/writeAtomically.js';
import { type CommandOptions, kernelCommand } from '../notebook/kernelCommand.js';
import { kernelName, kernelspecMetadata } from '../notebook/kernelspecMetadata.js';
import { protocolVersion } from '../wire/message.js';
import { packageRoot } from '../wire/ownPackage.js';
import { versions } from '../wire/versions.js';
import { writeRenderer } from './renderer.js';

export interface SpecOptions extends CommandOptions {
  displayName?: string;
  /** The name of the kernel's own folder, where its package lies in one (home.ts). */
  home?: string;
}

export type KernelJson = ReturnType<typeof kernelJson>;

/** The content of kernel.json. */
export function kernelJson({ displayName, compiler, prelude, root, home }: SpecOptions = {}) {
  const { display_name, language } = kernelspecMetadata;
  return {
    argv: kernelCommand({ compiler, prelude, root }),
    display_name: displayName ?? (compiler ? display_name.replace(')', `, ${compiler})`) : display_name),
    language,
    interrupt_mode: 'message',
    kernel_protocol_version: `${protocolVersion}.0`, // 5.5 would promise the handshake of JEP 66
    metadata: {
      debugger: false,
      'emtd-lab': { version: versions.kernel, compiler: compiler ?? 'default', home },
    },
  };
}

export const kernelJsonText = (spec: KernelJson): string => `${JSON.stringify(spec, undefined, 2)}\n`;

const logos = ['logo-32x32.png', 'logo-64x64.png', 'logo-svg.svg'];

/** The names of the files beside kernel.json. */
export const resourceNames: readonly string[] = [...logos, 'plotly.min.js'];

/** The files beside kernel.json, by name; plotly.js as the kernel's package finds it. */
export function resources(root = packageRoot): Record<string, string> {
  return {
    ...Object.fromEntries(
      logos.map((file) => [file, fileURLToPath(new URL(`./logos/${file}`, import.meta.url))]),
    ),
    'plotly.min.js': createRequire(join(root, 'package.json')).resolve('plotly.js-dist-min/plotly.min.js'),
  };
}

/** Fills a folder with a kernelspec: kernel.json last, since Jupyter sees a kernel where it lies. */
export function fillKernelspec(folder: string, spec: KernelJson, root?: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, from] of Object.entries(resources(root)))
    writeAtomically(join(folder, name), readFileSync(from));
  writeAtomically(join(folder, 'kernel.json'), kernelJsonText(spec));
}

/**
 * Writes this kernel's spec and renderer under a data folder of our own (one of JUPYTER_PATH); returns its
 * folder.
 */
export function writeKernelspec(dataFolder: string, options: SpecOptions = {}): string {
  const folder = join(dataFolder, 'kernels', kernelName);
  fillKernelspec(folder, kernelJson(options), options.root);
  writeRenderer(dataFolder);
  return folder;
}
