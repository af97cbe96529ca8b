// The classic Notebook of Debian 12 (6.4, with an ipywidgets too old for the protocol): figures show as their
// picture, widgets as what stands in for them, and Stop works.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quietly, pythons } from '../../kernel/install/jupyter.js';
import { root } from '../kernel/harness.js';
import { skipWithout } from '../kernel/python.js';
import { findChromium } from './chromium.js';
import { plotCell } from '../kernel/notebookText.js';
import { ClassicNotebook } from './classicNotebook.js';

const python = pythons(root).find(
  (candidate) =>
    quietly(candidate, ['-c', 'import notebook, sys; sys.exit(notebook.version_info[0] >= 7)']).status === 0,
);
const browser = findChromium();
const skip = skipWithout(
  'the kernel is not tested in the classic Notebook',
  python && browser,
  'no Python here has notebook 6 (Debian 12: apt-get install jupyter-notebook), or no Chromium',
);

test('classic Notebook: a figure is a picture, a slider its text, Stop works', {
  skip,
  timeout: 180_000,
}, async () => {
  const notebook = await ClassicNotebook.open(python!, browser!, [
    "import { histogram, slider, interact } from 'emtd-lab';\n20 + 1",
    plotCell,
    "slider({ label: 'T', min: 0, max: 10, step: 1, value: 2 })",
    'interact(({ n }) => n * 111, { n: [1, 9, 1] })',
    "console.log('begun'); while (true);",
  ]);
  try {
    await notebook.runAll();
    await notebook.shows(0, '21');
    await notebook.output(1).locator('img').waitFor({ timeout: 60_000 });
    assert.ok((await notebook.output(1).locator('img').boundingBox())!.width > 200);
    await notebook.shows(2, /T.*2/);
    await notebook.shows(3, '555');
    await notebook.shows(4, 'begun');
    await notebook.stop();
    await notebook.shows(4, 'KeyboardInterrupt');
    await notebook.picture('end');
  } finally {
    await notebook.close();
  }
});
