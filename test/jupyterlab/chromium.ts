// The machine's own Chromium, headless; EMTD_CHROMIUM names one by hand.
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { onPath, thisMachine } from '../../kernel/install/machine.js';

export function findChromium(): string | undefined {
  const named = process.env['EMTD_CHROMIUM'];
  if (named) return existsSync(named) ? named : undefined;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  return names.map((name) => onPath(thisMachine(), name)).find((path) => path !== undefined);
}

export function launch(executablePath: string): Promise<Browser> {
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath, args });
}
