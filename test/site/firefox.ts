// A page of the site in the machine's own Firefox, without a driver: a page of ours holds it in a frame, presses
// Run, and reports to the server what it then says.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onPath, thisMachine } from '../../kernel/install/machine.js';

export const findFirefox = (): string | undefined =>
  ['firefox-esr', 'firefox'].map((name) => onPath(thisMachine(), name)).find((path) => path !== undefined);

export interface Said {
  status: string;
  checks: string[];
  /** Faults of the page, and errors of cells. */
  errors: string[];
}

export type Serve = (
  folder: string,
  port: number,
  own?: (url: string, response: ServerResponse) => boolean,
) => Promise<Server>;

const holder = (
  page: string,
): string => `<!doctype html><meta charset="utf-8"><iframe id="f" src="/${page}" width="1000" height="900"></iframe><script>
const errors = [];
f.onload = () => {
  const page = f.contentDocument;
  f.contentWindow.addEventListener('error', ({ message }) => errors.push(message));
  page.addEventListener('securitypolicyviolation', ({ blockedURI }) => errors.push('blocked ' + blockedURI));
  page.getElementById('start').click();
  const timer = setInterval(() => {
    const status = page.getElementById('status')?.textContent ?? '';
    if (!/^(Ready|Cell)/.test(status)) return;
    clearInterval(timer);
    const texts = (selector, of) => [...page.querySelectorAll(selector)].map(of);
    const checks = texts('[data-check]', ({ dataset }) => dataset.check);
    const said = { status, checks, errors: [...errors, ...texts('pre.error', ({ textContent }) => textContent)] };
    fetch('/said?' + encodeURIComponent(JSON.stringify(said)));
  }, 200);
};
</script>`;

/** What the page says when its cells have run. @throws after a minute */
export async function runInFirefox(
  executable: string,
  serve: Serve,
  site: string,
  page: string,
): Promise<Said> {
  let heard!: (said: Said) => void;
  const said = new Promise<Said>((resolve) => (heard = resolve));
  const server = await serve(site, 0, (url, response) => {
    if (url === '/holder.html') response.writeHead(200, { 'content-type': 'text/html' }).end(holder(page));
    else if (url.startsWith('/said?'))
      response.end(void heard(JSON.parse(decodeURIComponent(url.slice(6))) as Said));
    else return false;
    return true;
  });
  const profile = mkdtempSync(join(tmpdir(), 'emtd-firefox-'));
  const address = `http://localhost:${(server.address() as AddressInfo).port}/holder.html`;
  const args = ['--headless', '--no-remote', '--profile', profile, address];
  const firefox: ChildProcess = spawn(executable, args, { stdio: 'ignore' });
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('the page has said nothing for a minute')), 60_000).unref();
  });
  try {
    return await Promise.race([said, late]);
  } finally {
    const gone = new Promise((resolve) => firefox.once('exit', resolve));
    firefox.kill('SIGKILL');
    await gone;
    server.close();
    server.closeAllConnections();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
