// Sees to it that this machine has the hosts that the kernel is tested in: JupyterLab 4 and Notebook 7 with
// ipywidgets, jupyter console, nbclient and nbconvert in ./.venv by pip, or Debian's packages (as root) where
// no index answers; Debian's classic Notebook 6; and a Chromium. Run after the build; used by CI, harmless
// anywhere. What cannot be had is said, and its tests skip by name; only a machine without any Jupyter is an
// error.
import { spawnSync } from 'node:child_process';
import { findJupyter, pythons, quietly } from '../dist/kernel/install/jupyter.js';
import {
  debianAdvice,
  debianPackages,
  labPackages,
  makeJupyterVenv,
} from '../dist/kernel/install/jupyterVenv.js';
import { findChromium } from '../dist/test/jupyterlab/chromium.js';
import { findFirefox } from '../dist/test/site/firefox.js';
import { root } from './run.mjs';

const packages = [...labPackages, 'notebook', 'jupyter_console', 'nbclient', 'nbconvert'];
const hasAll = (python) => quietly(python, ['-c', `import ${packages.join(', ')}`]).status === 0;
const say = (line) => console.log(`jupyter-host: ${line}`);

if (!pythons(root).some(hasAll)) {
  try {
    makeJupyterVenv(root, say, packages);
  } catch (error) {
    say(error.message);
    apt(...debianPackages, 'python3-jupyter-console', 'python3-nbconvert');
  }
}
const conformance = 'jupyter_kernel_test'; // no index that pip knows here has it: Debian's own Python does
if (!pythons(root).some((python) => quietly(python, ['-c', `import ${conformance}`]).status === 0)) {
  apt('python3-jupyter-kernel-test');
}
const isClassic = 'import notebook, sys; sys.exit(notebook.version_info[0] >= 7)'; // Debian's is 6, pip's 7
if (!pythons(root).some((python) => quietly(python, ['-c', isClassic]).status === 0)) apt('jupyter-notebook');
if (!findChromium()) apt('chromium');
if (!findFirefox()) apt('firefox-esr');

const found = findJupyter(root);
say(found ? `${found.title} (${found.command})` : `no Jupyter to be had; fix: ${debianAdvice}`);
say(`browser: ${findChromium() ?? 'none, the tests in JupyterLab will skip'}`);
if (!found) process.exit(1);

function apt(...names) {
  if (process.platform !== 'linux' || process.getuid() !== 0)
    return say(`not root on Debian: ${names.join(' ')} not installed`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (...args) => spawnSync('apt-get', args, { stdio: 'inherit', env });
  run('update', '-qq');
  run('install', '-y', '-qq', ...names);
}
