// What the tests in JupyterLab need of a machine; what is missing is said once, by name.
import { pythonWith, skipWithout } from '../kernel/python.js';
import { findChromium } from './chromium.js';

export function labHosts(
  what: string,
  ...modules: string[]
): { python: string; browser: string; skip: string | false } {
  const python = pythonWith('jupyterlab', ...modules);
  const browser = findChromium();
  const missing = [
    ...(python ? [] : [`JupyterLab (pip install ${['jupyterlab', ...modules].join(' ')})`]),
    ...(browser ? [] : ['Chromium (apt-get install chromium)']),
  ];
  const reason = `${missing.join(' and ')} not found; node tools/jupyter-host.mjs installs what can be had`;
  return {
    python: python ?? '',
    browser: browser ?? '',
    skip: skipWithout(what, missing.length === 0, reason),
  };
}
