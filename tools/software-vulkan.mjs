// Sees to it that the tests of the GPU have one: SwiftShader, Vulkan as a program, from Debian's
// chromium-common and libvulkan1, unpacked into .cache/vulkan without installing them. Run after the build;
// used by CI, harmless anywhere. What is there already is used; what cannot be had is said, and the tests
// skip by name.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cache, findSoftwareVulkan } from '../dist/test/runtime/softwareVulkan.js';

const say = (line) => console.log(`software-vulkan: ${line}`);

const complete = () => findSoftwareVulkan()?.loader !== undefined;
if (!complete()) {
  const problem = unpack('chromium-common', 'libvulkan1');
  if (problem) say(problem);
}
const found = findSoftwareVulkan();
say(
  found
    ? `${found.manifest}, loaded by ${found.loader ?? 'no libvulkan.so.1 that is known'}`
    : 'none: the tests of the GPU will skip',
);

/** What went wrong, if something did. */
function unpack(...packages) {
  if (process.platform !== 'linux') return `only Debian and its kin have the packages ${packages.join(', ')}`;
  const folder = mkdtempSync(join(tmpdir(), 'vulkan-'));
  const run = (command, ...args) =>
    spawnSync(command, args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'], timeout: 600_000 });
  try {
    if (run('apt-get', 'download', '-q', ...packages).status !== 0) {
      if (process.getuid() === 0) run('apt-get', 'update', '-qq');
      const { status, error } = run('apt-get', 'download', '-q', ...packages);
      if (status !== 0)
        return `apt-get download ${packages.join(' ')} failed (${error?.message ?? `exit code ${status}`}); fix: apt-get update as root`;
    }
    mkdirSync(cache, { recursive: true });
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.deb'))) {
      const { status, error } = run('dpkg', '-x', join(folder, file), cache);
      if (status !== 0) return `dpkg -x ${file} failed (${error?.message ?? `exit code ${status}`})`;
    }
    // Of 100 MB of a browser the tests need two libraries and a manifest.
    for (const name of readdirSync(join(cache, 'usr', 'lib', 'chromium'))) {
      if (!/^(libvk_swiftshader|libvulkan|vk_swiftshader_icd)/.test(name))
        rmSync(join(cache, 'usr', 'lib', 'chromium', name), { recursive: true });
    }
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
