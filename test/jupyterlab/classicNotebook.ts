// A real classic Notebook (6) with our kernel and one notebook open in a headless Chromium.
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { freePorts } from '../../kernel/notebook/ownConnection.js';
import { root } from '../kernel/harness.js';
import { notebookText } from '../kernel/notebookText.js';
import { type Host, startHost } from '../kernel/python.js';
import { launch } from './chromium.js';
import { pictureFile } from './lab.js';

export class ClassicNotebook {
  private constructor(
    readonly host: Host,
    readonly browser: Browser,
    readonly page: Page,
    readonly folder: string,
  ) {}

  static async open(
    python: string,
    executable: string,
    sources: readonly string[],
  ): Promise<ClassicNotebook> {
    const out = join(root, 'out');
    mkdirSync(out, { recursive: true });
    const folder = mkdtempSync(join(out, 'classic '));
    writeFileSync(join(folder, 'classic.ipynb'), notebookText(sources));
    const [port] = await freePorts(1);
    const token = randomBytes(16).toString('hex');
    const host = startHost(
      python,
      [
        '-m',
        'notebook',
        '--no-browser',
        '--ip=127.0.0.1',
        `--port=${port}`,
        '--port-retries=0',
        `--NotebookApp.token=${token}`,
        `--notebook-dir=${folder}`,
        ...(process.getuid?.() === 0 ? ['--allow-root'] : []),
      ],
      { folder },
    );
    await host.says(`:${port}/`);
    const browser = await launch(executable);
    const page = await browser.newPage({ viewport: { width: 1200, height: 1300 } });
    await page.goto(`http://127.0.0.1:${port}/notebooks/classic.ipynb?token=${token}`);
    await page
      .locator('#kernel_indicator .kernel_indicator_name', { hasText: 'EMTD Lab' })
      .waitFor({ timeout: 60_000 });
    await page.locator('#kernel_indicator_icon.kernel_idle_icon').waitFor({ timeout: 60_000 });
    return new ClassicNotebook(host, browser, page, folder);
  }

  async runAll(): Promise<void> {
    await this.page.locator('#menus').getByText('Cell', { exact: true }).click();
    await this.page.locator('#run_all_cells').click();
  }

  stop(): Promise<void> {
    return this.page
      .locator('#run_int button[data-jupyter-action="jupyter-notebook:interrupt-kernel"]')
      .click();
  }

  output(index: number): Locator {
    return this.page.locator('.code_cell').nth(index).locator('.output_area');
  }

  async shows(index: number, text: string | RegExp): Promise<void> {
    await this.output(index).filter({ hasText: text }).first().waitFor({ timeout: 60_000 });
  }

  async picture(title: string): Promise<void> {
    await this.page.screenshot({ path: pictureFile(`classic-${title}`) });
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.host.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
