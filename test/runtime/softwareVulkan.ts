// A Vulkan driver that is a program: SwiftShader, from Debian's chromium-common, where it is installed or
// where tools/software-vulkan.mjs has unpacked it; else Mesa's lavapipe. What the environment already says is
// left alone.
import { existsSync, readdirSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Where the tool unpacks packages: below the project's root, which dist/test/machine is three folders under.
 */
export const cache = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '.cache', 'vulkan');
export const advice = 'node tools/software-vulkan.mjs (Debian and its kin)';

export interface Driver {
  /** The JSON file that tells Vulkan's loader of it. */
  readonly manifest: string;
  /** The loader's library, where there is one to be named. */
  readonly loader: string | undefined;
}

export function findSoftwareVulkan(): Driver | undefined {
  const roots = [cache, '/'];
  const folders = roots.flatMap((root) =>
    ['usr/lib/chromium', 'usr/share/vulkan/icd.d'].map((folder) => join(root, folder)),
  );
  const manifest = folders.flatMap((folder) =>
    within(folder, /^vk_swiftshader_icd.*json$|^lvp_icd.*json$/),
  )[0];
  if (!manifest) return undefined;
  const architecture = { x64: 'x86_64', arm64: 'aarch64' }[process.arch as string] ?? process.arch;
  const libraries = roots.flatMap((root) =>
    ['chromium', `${architecture}-linux-gnu`].map((folder) => join(root, 'usr/lib', folder)),
  );
  return { manifest, loader: libraries.flatMap((folder) => within(folder, /^libvulkan[.]so[.]1$/))[0] };
}

const within = (folder: string, name: RegExp): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => name.test(file))
        .map((file) => join(folder, file))
    : [];

/**
 * Makes this process see it; why there is none, otherwise. A driver named by VK_DRIVER_FILES or
 * VK_ICD_FILENAMES is taken.
 */
export function useSoftwareVulkan(): string | undefined {
  if (process.env['VK_DRIVER_FILES'] || process.env['VK_ICD_FILENAMES']) return undefined;
  const driver = process.platform === 'linux' ? findSoftwareVulkan() : undefined;
  if (!driver) return `no software Vulkan on this machine; ${advice}`;
  process.env['VK_ICD_FILENAMES'] = driver.manifest;
  if (driver.loader) preload(driver.loader);
  return undefined;
}

/**
 * Keeps the library in the process, so that one who asks for it by name gets it; it is no addon of Node,
 * which Node says.
 */
function preload(library: string): void {
  const keep = 0x1000; // RTLD_NODELETE
  try {
    process.dlopen({ exports: {} }, library, constants.dlopen.RTLD_NOW | keep);
  } catch (error) {
    if (!/did not self-register/.test((error as Error).message)) throw error;
  }
}
