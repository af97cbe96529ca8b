// Which Chromium this machine has, for the tests in JupyterLab; EMTD_CHROMIUM names one by hand.
import { existsSync } from 'node:fs';
import { onPath, thisMachine } from '../../kernel/install/machine.js';

export function findChromium(): string | undefined {
  const named = process.env['EMTD_CHROMIUM'];
  if (named) return existsSync(named) ? named : undefined;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  return names.map((name) => onPath(thisMachine(), name)).find((path) => path !== undefined);
}
