// The real binary under pipes and signals.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { binary } from './emtd.js';

const posix = { skip: process.platform === 'win32' && 'pipes and signals of POSIX' };
const folder = mkdtempSync(join(tmpdir(), 'emtd-pipes-'));
after(() => rmSync(folder, { recursive: true }));

for (const words of ['claims', 'claims --json', 'certify --runs 20', '--help']) {
  test(`emtd ${words} | head -1 ends without a trace`, posix, () => {
    const script = `node=$1 emtd=$2; "$node" "$emtd" ${words} | head -1; echo "code \${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', process.execPath, binary], {
      encoding: 'utf8',
    });
    assert.match(stdout, /^[^\n]+\ncode 0\n$/);
    assert.equal(stderr, '');
  });
}

test('a reader of errors that goes is no error either', posix, () => {
  const { stdout } = spawnSync(
    'bash',
    [
      '-c',
      `"$1" "$2" run "$3" 2> >(true) | cat; echo "code \${PIPESTATUS[0]}"`,
      'bash',
      process.execPath,
      binary,
      notebook('quick', '1 + 1'),
    ],
    { encoding: 'utf8', cwd: folder },
  );
  assert.match(stdout, /code 0\n$/);
});

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  test(`${signal} ends a run with its kernel in one line, and the notebook stays`, posix, async () => {
    const pidFile = join(folder, `${signal}.pid`);
    const path = notebook(
      signal,
      `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(pidFile)}, String(process.pid));`,
      'await new Promise(() => {})',
    );
    const before = readFileSync(path, 'utf8');
    const child = spawn(process.execPath, [binary, 'run', path, '--in-place'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let err = '';
    const isWaiting = new Promise<void>((resolve) =>
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        err += text;
        if (/\[1\/2\] ok|\[1\/2\] \w+ in/.test(err)) resolve();
      }),
    );
    const end = new Promise<number | null>((resolve) => child.on('close', (status) => resolve(status)));
    await Promise.race([isWaiting, end]);
    child.kill(signal);
    assert.equal(await end, code, err);
    assert.match(err, /\nemtd run: interrupted; the kernel has ended[^\n]*\n$/);
    assert.equal(readFileSync(path, 'utf8'), before);
    assert.throws(() => process.kill(Number(readFileSync(pidFile, 'utf8')), 0), { code: 'ESRCH' });
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith('.tmp')),
      [],
    );
  });
}

function notebook(name: string, ...sources: string[]): string {
  const cells = sources.map((source, k) => ({
    cell_type: 'code',
    id: `c${k}`,
    metadata: {},
    execution_count: null,
    outputs: [],
    source,
  }));
  const path = join(folder, `${name}.ipynb`);
  writeFileSync(path, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  return path;
}
