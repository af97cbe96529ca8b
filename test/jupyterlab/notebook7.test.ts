// The kernel in Notebook 7, which is built of JupyterLab's parts: run all, a live plot, a slider, Stop.
import { test } from 'node:test';
import { pythonWith, skipWithout } from '../kernel/python.js';
import { findChromium } from './chromium.js';
import { plotCell } from '../kernel/notebookText.js';
import { Lab } from './lab.js';

const python = pythonWith('jupyterlab', 'notebook', 'ipywidgets');
const browser = findChromium();
const skip = skipWithout(
  'the kernel is not tested in Notebook 7',
  python && browser,
  'Notebook 7 with ipywidgets (pip install notebook ipywidgets), or Chromium, not found',
);

test('Notebook 7: results, a live plot, a slider, Stop', { skip, timeout: 180_000 }, async () => {
  const lab = await Lab.start(python!, browser!, 'notebook');
  try {
    const notebook = await lab.open('notebook 7', [
      "import { histogram, slider } from 'emtd-lab';\n20 + 1",
      plotCell,
      "slider({ label: 'T', min: 0, max: 10, step: 1, value: 2 })",
      "console.log('begun'); while (true);",
    ]);
    await notebook.menu('Run', 'Run All Cells');
    await notebook.shows(0, '21');
    await notebook.output(1).locator('svg.main-svg').first().waitFor({ timeout: 60_000 });
    await notebook.cells.nth(2).locator('.noUi-handle').waitFor({ timeout: 60_000 });
    await notebook.shows(3, 'begun');
    await notebook.toolbar('interrupt');
    await notebook.shows(3, 'KeyboardInterrupt');
    await notebook.prompt(3).filter({ hasText: '[4]:' }).waitFor(); // the reply follows the error
    await notebook.picture('end');
  } finally {
    await lab.stop();
  }
});
