// What the back loads for cells: of local modules, what the cell itself reaches; everything once.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { CellModules } from '../../kernel/back/cellModules.js';
import { Epochs } from '../../kernel/back/epochs.js';
import { Tracebacks } from '../../kernel/back/tracebacks.js';
import type { CompiledModule } from '../../kernel/compiler/cellCompiler.js';
import { temporaryFolder } from './harness.js';

const { path: folder, remove } = temporaryFolder();
after(remove);
const at = (name: string): string => join(folder, name);
const local = (name: string, javascript: string, more: Partial<CompiledModule> = {}): CompiledModule => ({
  path: at(name),
  hash: javascript,
  javascript,
  imports: [],
  places: new Int32Array(),
  local: {},
  ...more,
});

writeFileSync(at('broken.mjs'), "throw new Error('broken at load');");
writeFileSync(
  at('counted.mjs'),
  'globalThis.loads = (globalThis.loads ?? 0) + 1; export const loads = globalThis.loads;',
);
writeFileSync(at('names.cjs'), "for (const name of ['one', 'two']) module.exports[name] = name.length;");

let modules: CellModules;
beforeEach(() => {
  modules = new CellModules(folder, () => {}, new Epochs(), new Tracebacks(folder));
});

test('a local module that cannot be loaded is the matter of the cells that reach it', async () => {
  modules.add([
    local('helper.ts', "exports.x = __import('./broken.mjs').x;", { imports: ['./broken.mjs'] }),
    local('outer.ts', "exports.x = __import('./helper').x;", { local: { './helper': at('helper.ts') } }),
  ]);
  await modules.preload(['node:path']);
  for (const name of ['helper.ts', 'outer.ts'])
    await assert.rejects(modules.preload([at(name)]), /broken at load/);
});

test('what local modules import is loaded before they run, also where they import each other', async () => {
  modules.add([
    local('a.ts', "exports.b = __import('./b'); exports.loads = __import('./counted.mjs').loads;", {
      imports: ['./counted.mjs'],
      local: { './b': at('b.ts') },
    }),
    local('b.ts', "exports.a = __import('./a'); exports.base = __import('node:path').basename('/x/y');", {
      imports: ['node:path'],
      local: { './a': at('a.ts') },
    }),
  ]);
  await modules.preload([at('a.ts')]);
  const { b, loads } = modules.import(at('a.ts')) as { b: { base: string }; loads: number };
  assert.deepEqual([b.base, loads], ['y', 1]);
});

test('a module is loaded once, JSON beside the notebook at each cell', async () => {
  writeFileSync(at('data.json'), '{ "answer": 41 }');
  await modules.preload(['./names.cjs', './data.json']);
  const names = modules.import('./names.cjs');
  writeFileSync(at('data.json'), '{ "answer": 42 }');
  await modules.preload(['./names.cjs', './data.json']);
  assert.equal(modules.import('./names.cjs'), names);
  assert.equal((names as { two: number }).two, 3);
  assert.equal((modules.import('./data.json') as { answer: number }).answer, 42);
});

test('import() loads what it names when it is called', async () => {
  writeFileSync(at('awaiting.mjs'), 'export const ready = await Promise.resolve(1);'); // which `require` cannot load
  modules.add([
    local('late.ts', "exports.ready = __import('./awaiting.mjs').ready;", { imports: ['./awaiting.mjs'] }),
  ]);
  assert.equal(((await modules.load('./late')) as { ready: number }).ready, 1);
  assert.equal(((await modules.load('node:path')) as { sep: string }).sep, '/');
  await assert.rejects(modules.load('./broken.mjs'), /broken at load/);
  await assert.rejects(modules.load('no-such-package'), /no-such-package/);
});

test("a local CommonJS module's exports are its default, and stay the same", async () => {
  modules.add([
    local('plain.cts', 'module.exports = { twice: (x) => 2 * x };'),
    local('call.cts', 'module.exports = (x) => 3 * x;'),
    local('marked.ts', "Object.defineProperty(exports, '__esModule', { value: true }); exports.y = 1;"),
  ]);
  type Twice = { twice(x: number): number };
  const plain = (await modules.load('./plain.cts')) as Twice & { default: Twice };
  assert.deepEqual([plain.twice(2), plain.default.twice(3)], [4, 6]);
  assert.equal(modules.import('./plain.cts'), plain);
  assert.equal(plain.default, modules.require('./plain.cts'));
  assert.equal(((await modules.load('./call.cts')) as { default(x: number): number }).default(2), 6);
  assert.ok(!('default' in ((await modules.load('./marked.ts')) as object)));
});
