// The kernel in JupyterLab 4, driven in headless Chromium: run all, a plot, Stop, Tab, Shift-Tab, restart.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { labHosts } from './hosts.js';
import { plotCell } from '../kernel/notebookText.js';
import { Lab, type OpenNotebook } from './lab.js';

const { python, browser, skip } = labHosts('the kernel is not tested in JupyterLab');

describe('JupyterLab', { skip, timeout: 300_000 }, () => {
  let lab: Lab;
  before(async () => {
    lab = await Lab.start(python!, browser!);
  });
  after(() => lab.stop());

  test('run all: results, output and a plot, cells numbered in order', async () => {
    const notebook = await lab.open('run all', [
      'const a: number = 20;\na + 1',
      "console.log('printed'); console.error('warned');",
      "import { histogram } from 'emtd-lab';\nawait Promise.resolve(typeof histogram)",
      plotCell,
    ]);
    await notebook.menu('Run', 'Run All Cells');
    await notebook.prompt(3).filter({ hasText: '[4]:' }).waitFor({ timeout: 60_000 });
    await notebook.shows(0, '21');
    await notebook.shows(1, 'printed');
    await notebook.shows(1, 'warned');
    await notebook.shows(2, "'function'");
    const plot = notebook.output(3).locator('svg.main-svg').first(); // alive, not the picture
    await plot.waitFor({ timeout: 60_000 });
    const box = (await plot.boundingBox())!;
    assert.ok(box.width > 200 && box.height > 100, `the plot is ${box.width} by ${box.height}`);
    await plot.scrollIntoViewIfNeeded();
    await notebook.picture('end');
    await notebook.page.close();
  });

  describe('by hand', () => {
    let notebook: OpenNotebook;
    before(async () => {
      notebook = await lab.open('by hand', ['', '', '']);
    });
    after(() => notebook.page.close());

    test('a type error stops the cell and shows its place', async () => {
      await notebook.run(0, "const n: number = 'text';");
      await notebook.shows(0, /cell\[\d+\]:1:7[^]*Type 'string' is not assignable to type 'number'/);
      await notebook.picture('type error');
    });

    test('Stop in the toolbar ends an endless loop; variables stay', async () => {
      await notebook.run(0, "let count = 0;\nconsole.log('begun');\nwhile (true) count++;");
      await notebook.shows(0, 'begun');
      await notebook.prompt(0).filter({ hasText: '[*]:' }).waitFor();
      await notebook.toolbar('interrupt');
      await notebook.shows(0, 'KeyboardInterrupt');
      await notebook.picture('interrupted');
      await notebook.run(1, 'count > 0');
      await notebook.shows(1, 'true');
    });

    test('Tab opens the completions, a click takes one', async () => {
      await notebook.write(1, 'Math.ac');
      await notebook.page.keyboard.press('Tab');
      const popup = notebook.page.locator('.jp-Completer:not(.lm-mod-hidden)');
      await popup.locator('.jp-Completer-item', { hasText: 'acosh' }).waitFor();
      await notebook.picture('completion');
      await popup.locator('.jp-Completer-item', { hasText: 'acosh' }).click();
      assert.equal(await notebook.cells.nth(1).locator('.cm-content').innerText(), 'Math.acosh');
    });

    test('Shift-Tab shows the type and the documentation', async () => {
      await notebook.run(
        0,
        '/** Twice as much. */\nfunction double(x: number): number { return 2 * x; }\ndouble(4)',
      );
      await notebook.shows(0, '8');
      await notebook.write(1, 'double');
      await notebook.page.keyboard.press('Shift+Tab');
      const tooltip = notebook.page.locator('.jp-Tooltip');
      await tooltip.filter({ hasText: 'double(x: number): number' }).waitFor();
      assert.match(await tooltip.innerText(), /Twice as much/);
      await notebook.picture('inspection');
      await notebook.page.keyboard.press('Escape');
    });

    test('completion and types answer while a cell runs', async () => {
      await notebook.run(0, "console.log('begun'); while (true);");
      await notebook.shows(0, 'begun');
      await notebook.write(1, 'Math.ac');
      await notebook.page.keyboard.press('Tab');
      await notebook.page.locator('.jp-Completer-item', { hasText: 'acosh' }).waitFor({ timeout: 5000 });
      await notebook.page.keyboard.press('Escape');
      await notebook.write(1, 'double');
      await notebook.page.keyboard.press('Shift+Tab');
      await notebook.page.locator('.jp-Tooltip', { hasText: 'double(x: number)' }).waitFor({ timeout: 5000 });
      await notebook.picture('busy');
      await notebook.page.keyboard.press('Escape');
      await notebook.toolbar('interrupt');
      await notebook.shows(0, 'KeyboardInterrupt');
    });

    test('a cell that ends its process says so; the next one runs', async () => {
      await notebook.run(0, 'process.exit(3)');
      await notebook.shows(0, /process ended|exit code 3/);
      await notebook.picture('process exit');
      await notebook.run(1, "'alive'");
      await notebook.shows(1, 'alive');
    });

    test('prompt() asks below the cell and waits for the answer', async () => {
      await notebook.run(0, "const answer = prompt('Your name?');\nanswer.toUpperCase()");
      const field = notebook.cells.nth(0).locator('.jp-Stdin-input');
      await field.waitFor();
      await notebook.picture('prompt');
      await field.fill('ada');
      await field.press('Enter');
      await notebook.shows(0, "'ADA'");
    });

    test('restart from the toolbar forgets the variables', async () => {
      await notebook.run(0, 'const kept = 11;\nkept');
      await notebook.shows(0, '11');
      await notebook.toolbar('restart');
      const restart = notebook.page.locator('.jp-Dialog button.jp-mod-accept');
      await Promise.all([notebook.notIdle(), restart.click()]);
      await notebook.idle();
      await notebook.run(1, 'kept');
      await notebook.shows(1, "Cannot find name 'kept'");
      await notebook.run(2, "'alive'");
      await notebook.shows(2, 'alive');
      await notebook
        .prompt(2)
        .filter({ hasText: /\[[12]\]:/ })
        .waitFor();
    });
  });

  test("plotly.js is served from beside the kernelspec, under Jupyter's base address, to who may", async () => {
    const address = `${lab.url}kernelspecs/emtd-lab/plotly.min.js`;
    const script = await fetch(address, { headers: { Authorization: `token ${lab.token}` } });
    assert.equal(script.status, 200);
    assert.match(script.headers.get('content-type') ?? '', /javascript/);
    assert.match((await script.text()).slice(0, 500), /plotly\.js/);
    const stranger = await fetch(address, { redirect: 'manual' });
    assert.notEqual(stranger.status, 200);
  });
});
