// What the tests of the command share: a call through `main` with what it prints, and the real binary.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { main } from '../../src/cli/main.js';

export const root = fileURLToPath(new URL('../../../', import.meta.url));
export const binary = join(root, 'bin', 'emtd.mjs');

export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A call in this process. */
export async function call(context: TestContext, ...words: string[]): Promise<Said> {
  const printed = (stream: 'log' | 'error') => context.mock.method(console, stream, () => undefined).mock;
  const [out, err] = [printed('log'), printed('error')];
  const code = await main(words);
  const text = (mock: typeof out): string => mock.calls.map((one) => one.arguments.join(' ')).join('\n');
  const said = { code, out: text(out), err: text(err) };
  for (const mock of [out, err]) mock.restore();
  return said;
}

/** The real binary. */
export function emtd(words: readonly string[], folder = root): Said {
  const { status, stdout, stderr } = spawnSync(process.execPath, [binary, ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
}
