// The docstrings: every public name has one, types too, and so has every option. Every value has an example:
// each compiles as a module of its own and runs, and what a comment says that an expression gives is what it
// gives.
//   EXAMPLES=ring,torus npm test -- examples     only those of these names
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';
import * as front from '../../src/index.js';
import * as lab from '../lab.js';
import { moduleOf } from './moduleOf.js';
import { publicNames } from './publicNames.js';
import { difference } from './written.js';

const longest = 30_000; // milliseconds for one example; the first one with a figure loads plotly
const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = join(root, 'dist', 'examples'); // inside the package, so that `emtd-lab` is this one
const names = publicNames();
const only = process.env.EXAMPLES?.split(',');
const values = new Set(Object.keys(front));
const modules = names
  .filter(({ name }) => only?.includes(name) ?? true)
  .flatMap(({ examples }) => examples)
  .map(({ of, code }, at) => ({ of, file: join(folder, `${at}-${of}.mts`), ...moduleOf(code, values) }));

const here = process.cwd();
const work = mkdtempSync(join(tmpdir(), 'examples-'));
before(async () => {
  await lab.ready();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  process.chdir(work);
});
after(() => {
  process.chdir(here);
  rmSync(work, { recursive: true, force: true });
});

test('every public function, class and constant has a docstring with an example', () => {
  const own = names.filter(({ name, kind }) => kind === 'value' && name !== 'tf'); // tfjs has a reference of its own
  assert.deepEqual(
    own.filter(({ doc }) => doc === '').map(({ name }) => name),
    [],
  );
  assert.deepEqual(
    own.filter(({ name, examples }) => !examples.some(({ of }) => of === name)).map(({ name }) => name),
    [],
  );
});

test('every public type has a sentence, and every option its words', () => {
  const types = names.filter(({ kind }) => kind === 'type');
  assert.deepEqual(
    types.filter(({ doc }) => doc === '').map(({ name }) => name),
    [],
  );
  assert.deepEqual(
    types.flatMap(({ name, bare }) => bare.map((option) => `${name}.${option}`)),
    [],
  );
});

test('the examples have the right types', () => {
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts'],
    types: ['node'],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const sources = new Map(modules.map(({ file, source }) => [file, source]));
  const { fileExists, readFile } = host;
  host.fileExists = (file) => sources.has(file) || fileExists(file);
  host.readFile = (file) => sources.get(file) ?? readFile(file);
  const program = ts.createProgram([...sources.keys()], options, host);
  const faults = modules.flatMap(({ of, file }) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(file))
      .concat(program.getSyntacticDiagnostics(program.getSourceFile(file)))
      .map(({ messageText }) => `${of}: ${ts.flattenDiagnosticMessageText(messageText, ' ').slice(0, 200)}`),
  );
  assert.equal(faults.join('\n'), '');
});

for (const { of, file, recording, shown } of modules) {
  test(`example of ${of}`, { timeout: longest }, async () => {
    const given: unknown[] = [];
    lab.setDefaultSeed(0); // another example may have set it
    Object.assign(globalThis, {
      shown: (at: number, value: unknown) => {
        given[at] = value;
        return value;
      },
    });
    const path = file.replace(/mts$/, 'mjs');
    writeFileSync(
      path,
      ts.transpileModule(recording, {
        compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
      }).outputText,
    );
    await import(pathToFileURL(path).href);
    const faults = await Promise.all(
      shown.map(async ({ written, expression }, at) => {
        const fault = difference(written, await given[at]);
        return fault === undefined ? [] : [`${expression}\n${fault}`];
      }),
    );
    assert.equal(faults.flat().join('\n'), '');
  });
}
