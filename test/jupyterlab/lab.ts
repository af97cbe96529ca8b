// A real JupyterLab 4 (or Notebook 7) with our kernel, and a headless Chromium that works in it as a person
// does.
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { freePorts } from '../../kernel/notebook/ownConnection.js';
import { root } from '../kernel/harness.js';
import { notebookText } from '../kernel/notebookText.js';
import { type Host, startHost } from '../kernel/python.js';
import { launch } from './chromium.js';

export type Application = 'jupyterlab' | 'notebook';

/** Not `/`: a path that does not respect Jupyter's base address fails here. */
const base = '/some/base/';
/** Where pictures for people go; never committed. */
const pictures = join(root, 'out', 'screenshots');

export class Lab {
  private constructor(
    readonly host: Host,
    readonly browser: Browser,
    readonly folder: string,
    /** `http://127.0.0.1:8888/some/base/` */
    readonly url: string,
    readonly token: string,
    readonly application: Application,
  ) {}

  /**
   * The notebooks lie in this checkout, so that cells know the lab by its own name. `beside`: with the
   * renderer of Python's plotly.
   */
  static async start(
    python: string,
    executablePath: string,
    application: Application = 'jupyterlab',
    beside = false,
  ): Promise<Lab> {
    const out = join(root, 'out');
    mkdirSync(out, { recursive: true });
    const folder = mkdtempSync(join(out, 'jupyterlab ü '));
    const settings = join(folder, '.settings');
    writeSetting(settings, 'apputils-extension/notification', { fetchNews: 'false', checkForUpdates: false });
    writeSetting(settings, 'notebook-extension/tracker', { windowingMode: 'none' });
    const config = join(folder, '.config');
    mkdirSync(join(config, 'labconfig'), { recursive: true });
    writeFileSync(
      join(config, 'labconfig', 'page_config.json'),
      JSON.stringify({ disabledExtensions: { '@jupyterlab/plotly-extension': !beside } }),
    );
    const [port] = await freePorts(1);
    const token = randomBytes(16).toString('hex');
    const host = startHost(
      python,
      [
        '-m',
        application,
        '--no-browser',
        '--ip=127.0.0.1',
        `--port=${port}`,
        '--ServerApp.port_retries=0',
        '--LabApp.expose_app_in_browser=True',
        '--JupyterNotebookApp.expose_app_in_browser=True',
        `--IdentityProvider.token=${token}`,
        `--ServerApp.base_url=${base}`,
        `--ServerApp.root_dir=${folder}`,
        ...(process.getuid?.() === 0 ? ['--allow-root'] : []),
      ],
      {
        folder,
        env: {
          JUPYTER_CONFIG_PATH: config,
          JUPYTERLAB_SETTINGS_DIR: settings,
          JUPYTERLAB_WORKSPACES_DIR: join(folder, '.workspaces'),
        },
      },
    );
    await host.says(`127.0.0.1:${port}${base}`);
    const browser = await launch(executablePath);
    return new Lab(host, browser, folder, `http://127.0.0.1:${port}${base}`, token, application);
  }

  /** Writes a notebook of these cells, opens it and waits for its kernel. */
  async open(name: string, sources: readonly string[]): Promise<OpenNotebook> {
    writeFileSync(join(this.folder, `${name}.ipynb`), notebookText(sources));
    const notebook = await this.look(name, 1200);
    await notebook.cells.nth(sources.length - 1).waitFor();
    await notebook.connected();
    await notebook.idle();
    return notebook;
  }

  /** Opens a notebook that lies in the folder, in a page of that width; waits for nothing. */
  async look(name: string, width: number): Promise<OpenNotebook> {
    const page = await this.browser.newPage({ viewport: { width, height: 1000 } });
    const path = this.application === 'notebook' ? 'notebooks' : 'lab/tree';
    await page.goto(`${this.url}${path}/${encodeURIComponent(name)}.ipynb?token=${this.token}&reset`);
    return new OpenNotebook(page, name);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.host.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export class OpenNotebook {
  readonly cells: Locator;

  constructor(
    readonly page: Page,
    readonly name: string,
  ) {
    this.cells = page.locator('.jp-Notebook .jp-CodeCell');
  }

  /**
   * Resolves when the page's session has a kernel. Before that the toolbar says idle too, and to run a cell
   * only clears it.
   */
  async connected(): Promise<void> {
    const idle = (): boolean => {
      const { jupyterapp } = globalThis as unknown as {
        jupyterapp?: {
          shell: { currentWidget?: { sessionContext?: { session?: { kernel?: { status: string } } } } };
        };
      };
      return jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle';
    };
    await this.page.waitForFunction(idle, undefined, { timeout: 60_000 });
  }

  /** Resolves when the toolbar says that the kernel has nothing to do. */
  async idle(): Promise<void> {
    await this.page
      .locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]')
      .waitFor({ timeout: 60_000 });
  }

  /** Resolves when it says anything else: busy, restarting. */
  async notIdle(): Promise<void> {
    await this.page
      .locator('.jp-Notebook-ExecutionIndicator:not([data-status="idle"])')
      .waitFor({ timeout: 60_000 });
  }

  /** An item of the menu bar: `menu('Run', 'Run All Cells')`. */
  async menu(title: string, item: string): Promise<void> {
    await this.page.locator('.lm-MenuBar-itemLabel', { hasText: new RegExp(`^${title}$`) }).click();
    await this.page.locator('.lm-Menu-itemLabel', { hasText: new RegExp(`^${item}$`) }).click();
  }

  /** A button of the notebook's toolbar, by Jupyter's name for it. */
  toolbar(name: string): Promise<void> {
    return this.page.locator(`.jp-NotebookPanel-toolbar [data-jp-item-name="${name}"] jp-button`).click();
  }

  /** Replaces a cell's text, as by pasting. */
  async write(index: number, text: string): Promise<void> {
    const cell = this.cells.nth(index);
    await cell.locator('.cm-content').click();
    await cell.locator('.cm-editor.cm-focused').waitFor();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.insertText(text);
    await cell
      .locator('.cm-line', { hasText: text.split('\n').at(-1)! })
      .last()
      .waitFor();
  }

  /** Runs one cell with Ctrl-Enter; does not wait. */
  async run(index: number, text?: string): Promise<void> {
    if (text === undefined) await this.cells.nth(index).locator('.cm-content').click();
    else await this.write(index, text);
    await this.page.keyboard.press('ControlOrMeta+Enter');
  }

  prompt(index: number): Locator {
    return this.cells.nth(index).locator('.jp-InputPrompt').first();
  }

  output(index: number): Locator {
    return this.cells.nth(index).locator('.jp-OutputArea-output');
  }

  /** Waits until the cell has an output with that text. */
  async shows(index: number, text: string | RegExp): Promise<void> {
    await this.output(index).filter({ hasText: text }).first().waitFor({ timeout: 60_000 });
  }

  async picture(title: string): Promise<void> {
    await this.page.screenshot({ path: pictureFile(`${this.name}-${title}`) });
  }
}

/** Pictures are for people to look at. */
export function pictureFile(title: string): string {
  mkdirSync(pictures, { recursive: true });
  return join(pictures, `${title.replaceAll(' ', '-')}.png`);
}

function writeSetting(settings: string, plugin: string, values: object): void {
  const file = join(settings, '@jupyterlab', `${plugin}.jupyterlab-settings`);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, JSON.stringify(values));
}
