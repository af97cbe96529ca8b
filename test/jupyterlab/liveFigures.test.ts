// Live figures in JupyterLab 4, in headless Chromium: frames while a slider is dragged, a page loaded anew, a
// cell run again, Stop and interrupt.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { labHosts } from './hosts.js';
import { plotCell } from '../kernel/notebookText.js';
import { Lab, type OpenNotebook } from './lab.js';

const { python, browser, skip } = labHosts('live figures are not tested in JupyterLab', 'ipywidgets');

const cells = [
  `import { bond, hamiltonian, histogram, interact, live, ring, site, slider } from 'emtd-lab'; import { disagreement, orderParameter } from 'emtd-lab/measure';
const energy = hamiltonian(ring(64), [
  bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J: 0.05 }),
  site((x, h) => x.squaredNorm().sub(1).square().mul(h), { h: 0.5 }),
]);`,
  "interact(({ T, kind }) => `twice ${(2 * T).toFixed(2)} ${kind}`, { T: slider({ label: 'T', min: 0, max: 2, value: 1 }), kind: ['ring', 'torus'] })",
  `const shown = live(energy, {
  temperature: slider({ label: 'T', min: 0.01, max: 2, value: 0.05 }), parameters: { J: [0, 1] }, timeStep: 0.01,
  observe: { disagreement, 'order parameter': orderParameter },
});
shown`,
  plotCell,
  '1 + 1',
];

/** Drags a slider of a cell to a fraction of its length, in small steps as a hand does. */
async function drag(notebook: OpenNotebook, cell: number, which: number, fraction: number): Promise<void> {
  const slider = notebook.cells.nth(cell).locator('.widget-slider').nth(which);
  await slider.scrollIntoViewIfNeeded();
  const line = (await slider.locator('.noUi-target').boundingBox())!;
  const handle = (await slider.locator('.noUi-handle').boundingBox())!;
  const [x, y] = [handle.x + handle.width / 2, handle.y + handle.height / 2];
  const end = line.x + fraction * line.width;
  const { mouse } = notebook.page;
  await mouse.move(x, y);
  await mouse.down();
  for (let k = 1; k <= 20; k++) {
    await mouse.move(x + ((end - x) * k) / 20, y);
    await notebook.page.waitForTimeout(40);
  }
  await mouse.up();
}

/** Counts the pictures that the page is given from now on. */
const countFrames = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const counted = globalThis as unknown as {
      pictures: number;
      URL: { createObjectURL(blob: unknown): string };
    };
    const create = counted.URL.createObjectURL;
    counted.pictures = 0;
    counted.URL.createObjectURL = (blob) => {
      counted.pictures++;
      return create.call(counted.URL, blob);
    };
  });
const frames = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as { pictures: number }).pictures);

describe('live figures in JupyterLab', { skip, timeout: 300_000 }, () => {
  let lab: Lab;
  let notebook: OpenNotebook;
  before(async () => {
    lab = await Lab.start(python, browser);
    notebook = await lab.open('live figures', cells);
    await countFrames(notebook.page);
    await notebook.menu('Run', 'Run All Cells');
    await notebook.prompt(4).filter({ hasText: '[5]:' }).waitFor({ timeout: 120_000 });
  });
  after(() => lab.stop());

  test('interact: a dragged slider runs the function, once more with the value where it stops', async () => {
    await notebook.shows(1, 'twice 2.00 ring');
    await drag(notebook, 1, 0, 1);
    await notebook.shows(1, 'twice 4.00 ring');
    await notebook.cells.nth(1).locator('select').selectOption('torus');
    await notebook.shows(1, 'twice 4.00 torus');
  });

  test('live: frames come, also while the temperature is dragged', async () => {
    const { page } = notebook;
    await notebook.cells.nth(2).locator('img.widget-image').waitFor({ timeout: 30_000 });
    const [before, start] = [await frames(page), performance.now()];
    await drag(notebook, 2, 0, 0.9);
    await page.waitForTimeout(2000);
    const rate = (1000 * ((await frames(page)) - before)) / (performance.now() - start);
    assert.ok(rate >= 1, `${rate.toFixed(1)} frames a second; 10 are wanted on a quiet machine`);
    await notebook.picture('live');
  });

  test('a plot is live, drawn by the renderer beside the kernelspec or by one that is there', async () => {
    await notebook.cells.nth(3).locator('.js-plotly-plot .main-svg').first().waitFor({ timeout: 30_000 });
  });

  test('a page loaded anew has the values, and the chains go on', async () => {
    const { page } = notebook;
    await notebook.run(4, 'shown.controls.temperature.value > 1.5');
    await notebook.shows(4, 'true');
    await page.keyboard.press('ControlOrMeta+S');
    await page.waitForTimeout(2000);
    await page.reload();
    const image = notebook.cells.nth(2).locator('img.widget-image');
    await image.waitFor({ timeout: 60_000 });
    await countFrames(page);
    await notebook.shows(1, 'twice 4.00 torus');
    await page.waitForTimeout(3000);
    assert.ok((await frames(page)) >= 3, `${await frames(page)} frames in 3 s`);
    await drag(notebook, 1, 0, 0);
    await notebook.shows(1, 'twice 0.00 torus');
  });

  test('run again, the old figure ends; Stop leaves the figure, drawn by plotly', async () => {
    await notebook.run(2);
    const stop = notebook.cells.nth(2).locator('button', { hasText: 'Stop' });
    await stop.waitFor({ timeout: 30_000 });
    await notebook.page.waitForTimeout(1000);
    await stop.click();
    await notebook.cells.nth(2).locator('.js-plotly-plot .main-svg').first().waitFor({ timeout: 30_000 });
    assert.equal(await notebook.cells.nth(2).locator('img.widget-image').count(), 0);
    await notebook.picture('stopped');
  });

  test('the interrupt of the toolbar ends it as well', async () => {
    await notebook.run(2);
    await notebook.cells.nth(2).locator('img.widget-image').waitFor({ timeout: 30_000 });
    await notebook.page.waitForTimeout(1000);
    await notebook.toolbar('interrupt');
    await notebook.cells.nth(2).locator('.js-plotly-plot .main-svg').first().waitFor({ timeout: 30_000 });
  });
});
