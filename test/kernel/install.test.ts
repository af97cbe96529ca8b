// `emtd kernel install | uninstall | status | doctor`, in temporary places.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, beforeEach, describe, test } from 'node:test';
import { findKernelspecs } from '../../kernel/install/findKernelspecs.js';
import { isComplete, isDisposable, makeHome, removeHomes } from '../../kernel/install/home.js';
import { InstallError, checkedName, installKernel, uninstallKernel } from '../../kernel/install/install.js';
import { kernelCommand } from '../../kernel/notebook/kernelCommand.js';
import { root, run, startKernel, temporaryFolder } from './harness.js';

const folders: { remove(): void }[] = [];
const fresh = (prefix?: string): string => {
  const folder = temporaryFolder(prefix);
  folders.push(folder);
  return folder.path;
};
after(() => folders.forEach((folder) => folder.remove()));

let home: string;
beforeEach(() => (home = fresh('emtd home ü ')));

/** The command in a home of its own. */
function emtd(
  args: string[],
  env: NodeJS.ProcessEnv = {},
): { code: number | null; out: string; err: string } {
  const clean = {
    HOME: home,
    USERPROFILE: home,
    PATH: process.env['PATH'],
    SystemRoot: process.env['SystemRoot'],
  };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'bin', 'emtd.mjs'), 'kernel', ...args],
    {
      encoding: 'utf8',
      env: { ...clean, ...env },
      cwd: home,
    },
  );
  return { code: status, out: stdout, err: stderr };
}

const specIn = (data: string, name = 'emtd-lab'): { argv: string[]; display_name: string } =>
  JSON.parse(readFileSync(join(data, 'kernels', name, 'kernel.json'), 'utf8')) as {
    argv: string[];
    display_name: string;
  };

describe('the command', () => {
  test('installs for the user, finds it again, removes it', () => {
    const data = join(home, 'data');
    const env = { JUPYTER_DATA_DIR: data };
    assert.match(emtd(['install'], env).out, /^installed "TypeScript \(EMTD Lab\)" in .*kernels.emtd-lab/);
    assert.match(emtd(['install', '--user'], env).out, /already installed, nothing to do/);
    const status = emtd(['status'], env).out;
    assert.match(
      status,
      /emtd-lab {2}"TypeScript \(EMTD Lab\)"\n.*\(user\)\n {2}EMTD Lab \d.*default\n {2}starts from .*\n {2}its command exists/,
    );
    assert.match(emtd(['uninstall'], env).out, /^removed .*emtd-lab/);
    assert.ok(!existsSync(join(data, 'kernels', 'emtd-lab')));
    const again = emtd(['uninstall'], env);
    assert.deepEqual([again.code, /there is no kernelspec/.test(again.err)], [1, true]);
    assert.match(emtd(['status'], env).out, /not installed; fix: npx emtd kernel install/);
  });

  test('--prefix, --sys-prefix, names and compilers', () => {
    const prefix = join(home, 'a prefix');
    const data = join(prefix, 'share', 'jupyter');
    assert.equal(
      emtd(['install', '--prefix', prefix, '--name', 'My.Kernel_2', '--display-name', 'Mine "ü"']).code,
      0,
    );
    assert.equal(specIn(data, 'my.kernel_2').display_name, 'Mine "ü"');
    assert.match(
      emtd(['install', '--sys-prefix'], { VIRTUAL_ENV: prefix }).out,
      /\(VIRTUAL_ENV\)\ninstalled/,
    );
    assert.equal(
      emtd(['install', '--sys-prefix', '--name', 'old', '--compiler', 'tslab', '--no-prelude'], {
        CONDA_PREFIX: prefix,
      }).code,
      0,
    );
    assert.deepEqual(specIn(data, 'old').argv.slice(-4), [
      '--compiler',
      'tslab',
      '--no-prelude',
      '{connection_file}',
    ]);
    assert.deepEqual(readdirSync(join(data, 'kernels')).sort(), ['emtd-lab', 'my.kernel_2', 'old']);
    assert.match(
      emtd(['status'], { VIRTUAL_ENV: prefix }).out,
      /old {2}"TypeScript \(EMTD Lab, tslab\)"\n.*\(environment\)/,
    );
  });

  test('without an environment --sys-prefix says what to do', () => {
    const { code, err } = emtd(['install', '--sys-prefix'], { PATH: home });
    assert.equal(code, 1);
    assert.match(err, /no active Python environment.*fix: activate it, or --prefix/);
  });

  test('a wrong call is one line with the next step and has code 2', () => {
    const wrong: [string[], RegExp][] = [
      [[], /no verb given/],
      [['instal'], /unknown verb "instal"; did you mean "install"\?/],
      [['install', '--user', '--prefix', 'x'], /one of --user, --sys-prefix and --prefix/],
      [['install', '--compiler', 'babel'], /--compiler must be typescript or tslab, got "babel"/],
      [['status', '--name', 'x'], /--name/],
      [['toString'], /unknown verb "toString"/],
    ];
    for (const [args, message] of wrong) {
      const { code, err } = emtd(args);
      assert.equal(code, 2, args.join(' '));
      assert.match(err, message);
      assert.match(err, /^emtd kernel[^\n]*; emtd kernel[a-z ]* --help says what it takes\n$/);
    }
  });

  test('doctor names a broken kernelspec with the fix, and the exit code says so', () => {
    const env = { JUPYTER_DATA_DIR: join(home, 'data') };
    assert.equal(emtd(['install'], env).code, 0);
    const well = emtd(['doctor'], env);
    assert.equal(well.code, 0, well.out);
    assert.match(well.out, /ok +kernelspec emtd-lab .*, version \d/);
    assert.match(well.out, /ok +kernel +starts and computes 1 \+ 1 in [^\n]* s; Stop keeps the variables/);
    const file = join(home, 'data', 'kernels', 'emtd-lab', 'kernel.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('main.js', 'gone.js'));
    const ill = emtd(['doctor'], env);
    assert.equal(ill.code, 1);
    assert.match(
      ill.out,
      /problem +kernelspec emtd-lab .*gone\.js does not exist; fix: npx emtd kernel install --force\n/,
    );
    assert.match(emtd(['status'], env).out, /BROKEN: .*gone\.js does not exist/);
  });
});

test("the active environment's Jupyter comes before the checkout's, and is told to ask about no news", {
  skip: process.platform === 'win32',
}, () => {
  const fake = (environment: string): string => {
    const folder = join(home, environment, 'bin');
    mkdirSync(folder, { recursive: true });
    const script = `#!/bin/sh\ncase "$*" in *--version*) echo 4.6.4 ;; *--paths*) echo '{"data": []}' ;; *) cat "$JUPYTER_CONFIG_PATH/labconfig/page_config.json" > '${home}/called' ;; esac\n`;
    writeFileSync(join(folder, 'python'), script, { mode: 0o755 });
    return join(folder, 'python');
  };
  const own = fake('.venv');
  const active = fake('active');
  const env = { VIRTUAL_ENV: join(home, 'active') };
  assert.match(emtd(['doctor'], env).out, new RegExp(`JupyterLab 4\\.6\\.4 \\(${active} `));
  assert.match(emtd(['doctor']).out, new RegExp(`JupyterLab 4\\.6\\.4 \\(${own} `));
  const started = spawnSync(process.execPath, [join(root, 'bin', 'emtd.mjs'), 'start'], {
    encoding: 'utf8',
    cwd: home,
    env: { ...process.env, ...env },
  });
  assert.equal(started.status, 0, started.stderr);
  assert.match(readFileSync(join(home, 'called'), 'utf8'), /apputils-extension:announcements": ?true/); // no prompt about news
});

describe('what is refused', () => {
  test('something else under the name, without --force; a foreign kernel is never uninstalled', () => {
    const folder = join(home, 'kernels', 'emtd-lab');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'kernel.json'), '{"argv": ["other"], "display_name": "Other"}');
    writeFileSync(join(folder, 'extra.txt'), '');
    assert.throws(() => installKernel(home), /already there \(Other\); fix: --force replaces it/);
    assert.throws(() => uninstallKernel(home), /not EMTD Lab's; fix: jupyter kernelspec remove emtd-lab/);
    assert.equal(installKernel(home, { force: true }).outcome, 'replaced');
    assert.ok(!existsSync(join(folder, 'extra.txt')));
    assert.throws(
      () => installKernel(home, { displayName: 'Otherwise' }),
      /version .* of this kernel, set up otherwise/,
    );
    assert.equal(installKernel(home).outcome, 'unchanged');
    installKernel(home, { name: 'second' });
    const renderer = join(home, 'labextensions', 'emtd-lab-plotly');
    const { jupyterlab } = JSON.parse(readFileSync(join(renderer, 'package.json'), 'utf8')) as {
      jupyterlab: { _build: { load: string } };
    };
    assert.ok(existsSync(join(renderer, jupyterlab._build.load)));
    uninstallKernel(home);
    assert.ok(existsSync(renderer), 'the second kernel still needs it');
    uninstallKernel(home, 'second');
    assert.deepEqual(readdirSync(join(home, 'kernels')), []);
    assert.ok(!existsSync(renderer));
  });

  test('a folder that cannot be written', () => {
    writeFileSync(join(home, 'file'), '');
    assert.throws(
      () => installKernel(join(home, 'file')),
      (error: Error) => {
        assert.ok(error instanceof InstallError);
        assert.match(error.message, /cannot be written \(.*\); fix: --user, or --prefix DIR/);
        return true;
      },
    );
  });

  test('names that Jupyter does not take', () => {
    for (const name of ['', 'a/b', '..', '.', 'a b', 'ü', 'a\n'])
      assert.throws(() => checkedName(name), /--name must be of letters, digits/, JSON.stringify(name));
    assert.equal(checkedName('A.b_c-1'), 'a.b_c-1');
  });
});

describe("the kernel's own folder", () => {
  test('a checkout needs none; a package in a disposable cache does', () => {
    assert.ok(isComplete() && isComplete('tslab'));
    for (const cache of [
      '/home/a/.npm/_npx/1a2b/x',
      '/a/pnpm/dlx/x',
      '/a/xfs-1/dlx-22/x',
      'C:\\npm-cache\\_npx\\1\\x',
    ])
      assert.ok(isDisposable(cache));
    assert.ok(!isDisposable(root));
    assert.equal(specIn((installKernel(home), home)).argv[1], kernelCommand()[1]);
    assert.ok(!existsSync(join(home, 'emtd-lab')));
  });

  test('goes with the last kernelspec that starts there; one that is being made stays, one whose maker is dead goes', () => {
    const made = (name: string): string => join(home, 'emtd-lab', name);
    const names = [
      '0.0.9-0123456789ab',
      '0.0.8-0123456789ab',
      `0.1.0-0123456789ab.${process.pid}`,
      '0.1.0-0123456789ab.4194305',
    ];
    for (const name of names) mkdirSync(made(name), { recursive: true });
    const spec = { argv: ['x'], metadata: { 'emtd-lab': { version: '0.0.9', home: '0.0.9-0123456789ab' } } };
    mkdirSync(join(home, 'kernels', 'old'), { recursive: true });
    writeFileSync(join(home, 'kernels', 'old', 'kernel.json'), JSON.stringify(spec));
    installKernel(home);
    assert.deepEqual(readdirSync(join(home, 'emtd-lab')), [names[0], names[2]]);
    assert.deepEqual(uninstallKernel(home, 'old'), [join(home, 'kernels', 'old'), made(names[0])]);
    assert.deepEqual(
      removeHomes(home, () => true),
      [],
    );
  });

  test('npm that fails says why, and nothing is left', (t) => {
    writeFileSync(join(home, 'no.tgz'), '');
    const nowhere = {
      npm_config_registry: 'http://127.0.0.1:1',
      npm_config_fetch_retries: '0',
      npm_config_cache: join(home, 'cache'),
    };
    Object.assign(process.env, nowhere);
    t.after(() => Object.keys(nowhere).forEach((name) => delete process.env[name]));
    const lines: string[] = [];
    assert.throws(() => makeHome(home, (line) => lines.push(line), { tarball: join(home, 'no.tgz') }), {
      name: 'NpmFailed',
      message: /^npm ci failed: /,
    });
    assert.match(
      lines.join(),
      /^npm puts emtd-lab \d.* with typescript, zeromq, .* into .*emtd-lab.\d[^ ]*, once$/,
    );
    assert.deepEqual(readdirSync(join(home, 'emtd-lab')), []);
  });
});

/**
 * Installs over another kernel and ends itself by a signal before the file number `last` gets its name or
 * goes.
 */
const killedInstall = (last: number): string => `
  import fs from 'node:fs';
  import { syncBuiltinESMExports } from 'node:module';
  let calls = 0;
  for (const name of ['openSync', 'renameSync', 'rmSync']) {
    const real = fs[name];
    fs[name] = (...args) => { if (calls++ === ${last}) process.kill(process.pid, 'SIGKILL'); return real(...args); };
  }
  syncBuiltinESMExports();
  const { installKernel, uninstallKernel } = await import(${JSON.stringify(new URL('../../kernel/install/install.js', import.meta.url).href)});
  if (process.argv[2]) uninstallKernel(process.argv[1]);
  else installKernel(process.argv[1], { force: true, displayName: 'new' });`;

test('killed at any step, Jupyter has the old kernel or the new one, and no other', {
  skip: process.platform === 'win32' && 'signals of POSIX',
}, () => {
  const killed = (last: number, ...words: string[]): NodeJS.Signals | null =>
    spawnSync(process.execPath, ['--input-type=module', '--eval', killedInstall(last), '--', home, ...words])
      .signal;
  const listed = (): string =>
    findKernelspecs([{ path: home, origin: 'user' }])
      .map(({ displayName, broken }) => displayName + (broken ?? ''))
      .join();
  const seen: string[] = [];
  installKernel(home, { displayName: 'old' });
  writeFileSync(join(home, 'kernels', 'emtd-lab', 'extra.txt'), '');
  for (let last = 0, isDone = false; !isDone; last++) {
    isDone = killed(last) === null;
    seen.push(listed());
  }
  const turn = seen.indexOf('new');
  assert.ok(seen.length >= 10 && turn > 5, seen.join(' '));
  assert.deepEqual(
    seen,
    seen.map((_, k) => (k < turn ? 'old' : 'new')),
  );
  assert.deepEqual(readdirSync(join(home, 'kernels', 'emtd-lab')).sort(), [
    'kernel.json',
    'logo-32x32.png',
    'logo-64x64.png',
    'logo-svg.svg',
    'plotly.min.js',
  ]);

  for (let last = 0; killed(last, 'uninstall') !== null; last++) {
    assert.ok(['new', ''].includes(listed()), listed());
    installKernel(home, { force: true, displayName: 'new' });
  }
  assert.equal(listed(), '');
});

test('links go, and what they point to stays', {
  skip: process.platform === 'win32' && 'links of POSIX',
}, () => {
  const [theirs, kernels] = [join(home, 'theirs'), join(home, 'kernels')];
  for (const folder of [theirs, kernels]) mkdirSync(folder);
  writeFileSync(join(theirs, 'kernel.json'), '{"argv": ["other"], "display_name": "Other"}');
  symlinkSync(theirs, join(kernels, 'emtd-lab'));
  assert.throws(() => uninstallKernel(home), /not EMTD Lab's/);
  assert.equal(installKernel(home, { force: true }).outcome, 'replaced');
  uninstallKernel(home);
  assert.deepEqual(readdirSync(kernels), []);
  assert.deepEqual(readdirSync(theirs), ['kernel.json']);
  assert.match(readFileSync(join(theirs, 'kernel.json'), 'utf8'), /Other/);
});

test('an installed kernel runs, in a notebook folder with spaces and other letters', async () => {
  installKernel(home);
  const { argv } = specIn(home);
  assert.deepEqual(argv, kernelCommand());
  const folder = fresh('emtd my notebooks ü ');
  const kernel = await startKernel({ argv, folder });
  assert.equal((await run(kernel, 'process.cwd()')).result, `'${folder}'`);
  await kernel.shutdown();
});
