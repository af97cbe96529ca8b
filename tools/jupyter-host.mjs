// Sees to it that this machine has a Jupyter host for the tests: what is there, else ./.venv by pip, else
// Debian's packages (as root). Run after the build; used by CI, harmless anywhere.
import { spawnSync } from 'node:child_process';
import { findJupyter } from '../dist/kernel/install/jupyter.js';
import { debianAdvice, makeJupyterVenv } from '../dist/kernel/install/jupyterVenv.js';
import { root } from './run.mjs';

const apt = (...args) => spawnSync('apt-get', args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });

function install() {
  try {
    makeJupyterVenv(root, console.log);
  } catch (error) {
    console.log(`pip could not: ${error.message}`);
    if (process.getuid?.() !== 0) process.exit(1);
    apt('update', '-qq');
    apt('install', '-y', '-qq', ...debianAdvice.split(' ').slice(2));
  }
}

if (!findJupyter(root)) install();
const found = findJupyter(root);
if (!found) {
  console.error(`jupyter-host: no Jupyter to be had; fix: ${debianAdvice}`);
  process.exit(1);
}
console.log(`jupyter-host: ${found.title}`);
