// What a notebook stores, in JupyterLab: figures fit their output, also in a narrow page, and have their own
// size where there is room, also beside Python's plotly, which draws its own; of a widget that is gone its
// picture stays.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Locator } from 'playwright-core';
import { quietly } from '../../kernel/install/jupyter.js';
import { pythonWith } from '../kernel/python.js';
import { labHosts } from './hosts.js';
import { Lab, pictureFile } from './lab.js';

const { python, browser, skip } = labHosts('stored figures are not tested in JupyterLab');
const withPlotly = pythonWith('jupyterlab', 'plotly') === python;

const mime = 'application/vnd.plotly.v1+json';
/** One white pixel. */
const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==';

/** A figure of the lab as notebooks store it; without a name, one of Python's plotly. */
function stored(width: number, name?: string): object {
  const layout = {
    width,
    height: 300,
    margin: { l: 0, r: 0, t: 0, b: 0 },
    ...(name ? { meta: { name } } : {}),
  };
  const data = {
    [mime]: { data: [{ type: 'scatter', mode: 'markers', x: [0, 1], y: [0, 1] }], layout },
    'image/png': png,
    'text/plain': 'figure',
  };
  return cell(`f${width}${name ?? ''}`, data, { 'image/png': { width, height: 300 } });
}

/** A widget whose kernel is gone, as notebooks store it. */
function widget(): object {
  const view = { version_major: 2, version_minor: 0, model_id: 'gone' };
  const html = `<div>T: <b>1</b> <img width="560" src="data:image/png;base64,${png}"></div>`;
  return cell(
    'w',
    { 'application/vnd.jupyter.widget-view+json': view, 'text/html': html, 'text/plain': 'T: 1' },
    {},
  );
}

function cell(id: string, data: object, metadata: object): object {
  const outputs = [{ output_type: 'display_data', data, metadata }];
  return { cell_type: 'code', id, metadata: {}, source: '0', execution_count: 1, outputs };
}

function notebook(cells: readonly object[]): string {
  const kernelspec = { name: 'emtd-lab', display_name: 'TypeScript (EMTD Lab)', language: 'typescript' };
  return JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 });
}

const drawn = async (cell: Locator): Promise<{ width: number; height: number }> => {
  const chart = cell.locator('.js-plotly-plot .main-svg').first();
  await chart.waitFor({ timeout: 60_000 });
  return (await chart.boundingBox())!;
};

for (const beside of withPlotly ? [false, true] : [false]) {
  const where = beside ? "beside Python's plotly" : 'alone';
  test(`stored figures fit their output, ${where}`, { skip, timeout: 180_000 }, async () => {
    const lab = await Lab.start(python, browser, 'jupyterlab', beside);
    try {
      writeFileSync(
        join(lab.folder, 'stored.ipynb'),
        notebook([stored(1320, 'wide'), stored(560, 'small'), stored(580), widget()]),
      );
      const trusted = quietly(python, ['-m', 'jupyter', 'trust', join(lab.folder, 'stored.ipynb')]); // as what JupyterLab has saved
      assert.equal(trusted.status, 0, trusted.stderr);
      for (const width of [1250, 420]) {
        const { page, cells } = await lab.look('stored', width);
        await cells.nth(3).waitFor({ timeout: 60_000 });
        const wide = await drawn(cells.nth(0));
        const { width: room } = (await cells.nth(0).locator('.jp-OutputArea-output').boundingBox())!;
        await page.screenshot({ path: pictureFile(`stored ${beside ? 'beside' : 'alone'} ${width}`) });
        assert.ok(
          room < 1320 && Math.abs(wide.width - room) < 30,
          `${wide.width} px in ${room}, page of ${width}`,
        );
        assert.ok(Math.abs(wide.height / wide.width - 300 / 1320) < 0.01, `${wide.height} px high`);
        const small = await drawn(cells.nth(1));
        assert.ok(Math.abs(small.width - Math.min(560, room)) < 30, `${small.width} px`);
        const bar = await cells
          .nth(0)
          .locator('.emtd-plotly')
          .evaluate((node) => node.offsetHeight - node.clientHeight);
        assert.equal(bar, 0, 'no scroll bar');
        await cells
          .nth(2)
          .locator(beside ? '.jp-RenderedPlotly' : '.emtd-plotly > .js-plotly-plot')
          .waitFor();
        if (width === 1250) {
          const point = (await cells.nth(0).locator('.points path').first().boundingBox())!; // a shrunken chart must find it
          await page.mouse.move(point.x + 9, point.y - 9);
          await page.mouse.move(point.x + point.width / 2, point.y + point.height / 2, { steps: 5 });
          await cells.nth(0).locator('.hovertext', { hasText: '0' }).first().waitFor({ timeout: 10_000 });
        }
        await cells.nth(3).locator('img[width="560"]').waitFor({ timeout: 60_000 }); // not "model not found"
        await page.close();
      }
    } finally {
      await lab.stop();
    }
  });
}
