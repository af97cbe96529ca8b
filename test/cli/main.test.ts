// The command line as a whole: help, versions, wrong calls, first steps.
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { homeName } from '../../kernel/install/home.js';
import { firstSteps } from '../../src/cli/firstSteps.js';
import type { Table } from '../../src/cli/table.js';
import { tables, verbsOf } from '../../src/cli/tables.js';
import { call, emtd, root } from './emtd.js';

const folder = mkdtempSync(join(tmpdir(), 'emtd-main-'));
after(() => rmSync(folder, { recursive: true }));
const all: [string, Table][] = Object.entries(tables);

test('every command has a page, asked for in four ways, and starts nothing', async (t) => {
  const before = process.cwd();
  process.chdir(folder);
  t.after(() => process.chdir(before));
  for (const [name, { options, operands }] of all) {
    const words = name.split(' ');
    const page = await call(t, ...words, '--help');
    assert.equal(page.code, 0);
    assert.match(page.out, new RegExp(`^usage: emtd ${name}( |\\n)`));
    for (const [option, { help }] of Object.entries(options))
      assert.ok(page.out.includes(`--${option}`) && page.out.includes(help), `${name} --${option}`);
    if (operands) assert.ok(page.out.includes(operands.help));
    for (const other of [
      [...words, '-h'],
      ['help', ...words],
      [...words, '--nope', '--help'],
    ])
      assert.deepEqual(await call(t, ...other), page);
  }
  assert.deepEqual(readdirSync(folder), []);
});

test('the list names every command, kernel with its verbs', async (t) => {
  const { code, out } = await call(t, '--help');
  assert.equal(code, 0);
  assert.deepEqual(await call(t, 'help'), { code, out, err: '' });
  for (const [name] of all) assert.match(out, new RegExp(`^ {2}${name.split(' ')[0]} `, 'm'));
  for (const words of [
    ['kernel', '--help'],
    ['help', 'kernel'],
  ]) {
    const page = await call(t, ...words);
    assert.equal(page.code, 0);
    for (const verb of verbsOf('kernel')) assert.match(page.out, new RegExp(`^ {2}${verb} `, 'm'));
  }
});

test('the version is that of the package', async (t) => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  assert.deepEqual(await call(t, '--version'), { code: 0, out: version, err: '' });
});

test('a wrong call is one line with what was meant and where to look, and exit code 2', async (t) => {
  for (const [words, message] of [
    [['clams'], /^emtd: unknown command "clams"; did you mean "claims"\?; emtd --help says what it takes$/],
    [['xyzzy'], /unknown command "xyzzy"; known: reproduce, notebooks, run, /],
    [['toString'], /unknown command "toString"/],
    [['--nope'], /unknown option "--nope"/],
    [['--verison'], /did you mean "--version"\?/],
    [['help', 'clams'], /unknown command "clams"; did you mean "claims"/],
    [['help', 'kernel', 'instal'], /unknown verb "instal"; did you mean "install"/],
    [['help', 'run', 'it'], /stray word "it"/],
    [
      ['kernel'],
      /^emtd kernel: no verb given; its verbs are install, uninstall, status, doctor; emtd kernel --help/,
    ],
    [['kernel', 'instal'], /unknown verb "instal"; did you mean "install"/],
    [['doctor', '--nope'], /^emtd doctor: unknown option --nope; /],
    [
      ['claims', '--jsn'],
      /^emtd claims: unknown option --jsn; did you mean --json\?; emtd claims --help says what it takes$/,
    ],
    [['claims', '--json=1'], /--json takes no value, got "1"/],
    [['claims', 'AE-25', 'EMTD-2.17'], /^emtd claims: stray word "EMTD-2\.17": it takes one ID/],
    [
      ['claims', 'emtd-2.17'],
      /^emtd claims: unknown id "emtd-2\.17"; did you mean "EMTD-2\.17"\?; emtd claims --help says/,
    ],
    [['doctor', 'EMTD-2.17'], /^emtd doctor: stray word "EMTD-2\.17": it takes options only/],
    [['claims', '-j'], /unknown option -j/],
    [['run', 'x.ipynb', '--tiemout', '3'], /unknown option --tiemout; did you mean --timeout\?/],
    [['run', 'x.ipynb', '--constructor'], /unknown option --constructor/],
    [['run', 'x.ipynb', '--timeout'], /--timeout needs a value, S/],
    [['run', 'x.ipynb', '--output', '--in-place'], /--output needs a value, DIR, got the option --in-place/],
    [
      ['run', 'x.ipynb', '--timeout', '-1'],
      /--timeout must be a number of seconds above 0, at most 2147483, got "-1"/,
    ],
    [
      ['run', 'x.ipynb', '--timeout', '1e9'],
      /--timeout must be a number of seconds above 0, at most 2147483, got "1e9"/,
    ],
    [['run', 'x.ipynb', '--timeout', '1e999'], /at most 2147483, got "1e999"/],
    [['run', 'x.ipynb', '--param', '3'], /--param: parameter must be name=value, got 3/],
    [['run', 'x.ipynb', '--output', 'x', '--in-place'], /either --output or --in-place/],
    [['run'], /^emtd run: no notebook given; emtd run --help/],
    [['start', '--no-browse'], /unknown option --no-browse; did you mean --no-browser\?/],
    [
      ['start', '--ServerApp.token=x'],
      /unknown option --ServerApp\.token; -- ARGUMENT\.\.\. goes to Jupyter as it is/,
    ],
    [['start', 'lab'], /stray word "lab"/],
    [['start', '--port', 'many'], /--port must be a port, 0 to 65535, got "many"/],
    [['claims', 'AE-25', 'AE-26'], /stray word "AE-26": it takes one ID/],
    [['reproduce', '99-none'], /no notebook 99-none; /],
    [['reproduce', '00-start-hree'], /no notebook 00-start-hree; did you mean "00-start-here"\?/],
    [['certify', '--runs', '0'], /--runs must be a whole number, 1 or more, got "0"/],
  ] as const) {
    const { code, out, err } = await call(t, ...words);
    assert.deepEqual([code, out], [2, ''], words.join(' '));
    assert.match(err, message);
    assert.match(err, /^[^\n]+ --help says what it takes$/, 'one line with the next step');
  }
});

test('alone it says what is there to try: in the checkout, in a project with the package, from the Python package, elsewhere', () => {
  const inCheckout = emtd([]);
  assert.equal(inCheckout.code, 0);
  assert.match(
    inCheckout.out,
    /^The checkout .*\n\n[^]*npx emtd run notebooks.00-start-here\.ipynb .*\n.*npx emtd claims .*\n.*npm start/m,
  );
  const below = /emtd run (\S+)/.exec(firstSteps(join(root, 'src', 'cli')))![1];
  assert.ok(existsSync(join(root, 'src', 'cli', below)), below);

  const elsewhere = emtd([], folder).out;
  assert.match(elsewhere, /^The package \S+\.\n[^]*^ {2}emtd kernel install /m);
  mkdirSync(join(folder, 'node_modules', 'emtd-lab'), { recursive: true });
  writeFileSync(join(folder, 'node_modules', 'emtd-lab', 'package.json'), '{}');
  mkdirSync(join(folder, 'src'));
  const inProject = firstSteps(join(folder, 'src'));
  assert.match(
    inProject,
    /^The package of the project .*emtd-main-[^/\\]+: import .*\n[^]*^ {2}npx emtd kernel install /m,
  );
  const packed = join(folder, 'node_modules', 'emtd-lab');
  const fromPython = firstSteps(folder, join(folder, homeName(), 'node_modules', 'emtd-lab'));
  assert.match(
    fromPython,
    /^The Python package emtd-lab: .*\n[^]*^ {2}jupyter lab .*\n {2}emtd run NOTEBOOK /m,
  );
  for (const text of [elsewhere, inProject, firstSteps(packed, packed)])
    assert.doesNotMatch(text, /npm start|ipynb/);
});

test('the README names every command, and none that there is not', () => {
  const [, table] = /## Commands\n([^]*?)\n## /.exec(readFileSync(join(root, 'README.md'), 'utf8'))!;
  const named = [...table.matchAll(/`npx emtd ([a-z]+)/g)].map(([, name]) => name);
  const byNpm = [...table.matchAll(/`npm (?:run )?(reproduce|notebooks|start)\b/g)].map(([, name]) => name);
  assert.deepEqual(
    new Set([...named, ...byNpm]),
    new Set(all.map(([name]) => name.split(' ')[0]).filter((name) => name !== 'help')),
  );
});
