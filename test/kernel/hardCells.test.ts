// Cells that are hard to compile, and what plain TypeScript makes of them.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Notebook } from './cellNotebook.js';
import { temporaryFolder } from './harness.js';

/** The value of the last of these cells, in a notebook of its own. */
const valueOf = (...cells: string[]): Promise<unknown> => new Notebook().runAll(cells);

describe('exports of a cell mean nothing', () => {
  for (const [cells, value] of [
    [['export const a = 1; a'], 1],
    [['const b = 2; export { b }', 'b'], 2],
    [['import { join } from "node:path"; export { join }', 'join("a", "b")'], join('a', 'b')],
    [['export default 5; const after = 6', 'after + 1'], 7],
    [['export default { five: 5 }'], { five: 5 }],
    [['const zz = 1; export default zz'], 1],
    [['export /* here */ default\n  torus(3, 3).nodeCount'], 9],
    [['export default async function named() { return 3; }', 'await named()'], 3],
    [['export type T = number; const T: T = 5', 'T + 1'], 6],
    [['export enum E { A = 4 }', 'E.A'], 4],
    [['export abstract class Shape { area = 2 }', 'class Square extends Shape {} new Square().area'], 2],
  ] as [string[], unknown][])
    test(cells.join('  |  '), async () =>
      assert.deepEqual(await new Notebook(undefined, 'emtd-lab').runAll(cells), value),
    );

  test('functions and classes without a name are values', async () => {
    assert.equal(((await valueOf('export default function () { return 4; }')) as () => number)(), 4);
    assert.equal(new ((await valueOf('export default class { x = 1 }')) as new () => { x: number })().x, 1);
  });

  test('errors keep their places', () => {
    assert.deepEqual(new Notebook().errors('export const a: number =\n  "text"'), ['1:14 TS2322']);
    assert.deepEqual(new Notebook().errors('export default nowhere'), ['1:16 TS2304']);
  });
});

describe('a name that is a value of one cell and a type of another', () => {
  const colour = "const Color = { red: 'r', blue: 'b' } as const;";
  const type = 'type Color = (typeof Color)[keyof typeof Color];';
  test('both are meant later, and assigned by their kind', async () => {
    assert.equal(await valueOf(colour, type, "const c: Color = 'r'; Color.red === c"), true);
    assert.equal(await valueOf('let n = 1', 'type n = string', 'n = n + 1; n'), 2);
    assert.equal(
      await valueOf(
        'interface Config { a: number }',
        'let Config: Config = { a: 1 }',
        'const d: Config = { a: 2 }; Config.a + d.a',
      ),
      3,
    );
  });
  test('each cell may run again', async () => {
    assert.equal(await valueOf(colour, type, type, "const c: Color = 'b'; Color.red + c"), 'rb');
    assert.equal(
      await valueOf(
        'interface Config { a: number }',
        'let Config: Config = { a: 1 }',
        'interface Config { a: number; b?: number }',
        'let Config: Config = { a: 1, b: 2 }',
        'Config.b',
      ),
      2,
    );
    assert.equal(
      await valueOf('type Pair<T> = [T, T]', 'const Pair = 3', 'const p: Pair<number> = [Pair, 1]; p[0]'),
      3,
    );
  });
  test('in one cell', async () => {
    assert.equal(await valueOf(`${colour} ${type}`, "const c: Color = 'r'; Color.red === c"), true);
    assert.equal(await valueOf('class A { x = 1 }', 'const A = 5', 'A'), 5);
  });
});

describe('`var` is one variable wherever it stands outside of functions', () => {
  for (const [cells, value] of [
    [
      ['var i = 5; const seen: number[] = []; for (var i = 0; i < 3; i++) seen.push(i); [seen, i]'],
      [[0, 1, 2], 3],
    ],
    [['var q = 1; { var q = 2 } q'], 2],
    [['for (var k of [1, 2, 7]);', 'k'], 7],
    [['for (var p in { a: 1, b: 2 });', 'p'], 'b'],
    [
      ['for (var [x, y = 9] of [[1, 2], [3]] as number[][]);', '[x, y]'],
      [3, 9],
    ],
    [['if (1 < 2) var inner = 4;', 'inner'], 4],
    [['var once = 5; var once: number; once'], 5],
    [['hoisted; var hoisted: number | undefined = 3', 'hoisted'], 3],
    [
      [
        'var f1 = 1; function scoped() { var f1 = 2; for (var f1 = 0; f1 < 4; f1++); return f1; } [scoped(), f1]',
      ],
      [4, 1],
    ],
    [['for (var a1 = 0, b1 = 10; a1 < b1; a1++, b1--); [a1, b1]'], [5, 5]],
  ] as [string[], unknown][])
    test(cells.join('  |  '), async () => assert.deepEqual(await valueOf(...cells), value));
});

describe('what JavaScript does', () => {
  for (const [cells, value] of [
    [['const j = join("a", "b"); import { join } from "node:path"; j'], join('a', 'b')],
    [['interface Opt { a?: number } class Opt { static inst = new Opt(); a? = 3 } Opt.inst.a'], 3],
    [['class Cn { static one = Cn.name } namespace Cn { export const two = 2 } [Cn.one, Cn.two]'], ['Cn', 2]],
    [['const p1 = Promise.resolve("m"); class T1 { [await p1]() { return 6; } } (new T1() as any).m()'], 6],
    [['const o1 = { [await Promise.resolve("k")]() { return 8; } }; o1.k!()'], 8],
    [['namespace A.B { export const d = 5 }\nimport C2 = A.B; C2.d', 'C2.d + 1'], 6],
    [['import N = Intl.NumberFormat; new N("en").format(1234)'], '1,234'],
    [['const [x1 = () => 1] = [] as (() => number)[]; x1.name'], 'x1'],
    [['const f2 = (() => 1) as () => number; f2.name'], 'f2'],
    [['let f3: () => number; f3 = () => 1; f3.name'], 'f3'],
    [
      [
        'function who(this: unknown) { return this === undefined; } [who(), who!(), (who)(), (who as () => boolean)()]',
      ],
      [true, true, true, true],
    ],
    [
      [
        'async function* ag() { yield 1; yield 2; } const got: number[] = []; outer: for await (const q of ag()) { for (const b of [1, 2]) { if (b === 2) continue outer; got.push(q * b); } } got',
      ],
      [1, 2],
    ],
    [
      [
        'async function* gen() { const seen: number[] = []; try { while (true) { await null; seen.push(yield seen.length); } } finally { seen.push(-1); } }\nconst g = gen(); await g.next(); await g.next(5)',
      ],
      { value: 1, done: false },
    ],
    [['const late = async () => await 4; await late()'], 4],
    [['import("node:path").then(({ join }) => join("a", "b"))'], join('a', 'b')],
    [['// @ts-ignore\nawait import("no-such-module-anywhere").catch(() => "caught")'], 'caught'],
    [['const lazy = () => import("node:os"); typeof lazy'], 'function'],
  ] as [string[], unknown][])
    test(cells.join('  |  '), async () => assert.deepEqual(await valueOf(...cells), value));
});

describe('diagnostics', () => {
  test('@ts-ignore hides no syntax error; an expectation in vain is told', () => {
    assert.deepEqual(new Notebook().errors('// @ts-ignore\nconst = 5'), ['2:7 TS1134', '2:9 TS1134']);
    assert.deepEqual(new Notebook().errors('// @ts-expect-error\nconst fine = 5'), ['1:1 TS2578']);
    assert.deepEqual(new Notebook().errors('// @ts-expect-error\nconst wrong: string = 5'), []);
  });

  test('a cell that failed leaves no global declaration', async () => {
    const notebook = new Notebook();
    const declaring = (type: string): string =>
      `export {};\ndeclare global { var hh: ${type} }\nconst wrong${type}: ${type} = true;`;
    assert.deepEqual(notebook.errors(declaring('number')), ['3:7 TS2322']);
    await notebook.run(declaring('string').replace('true', "'fine'"));
  });
});

test('completion inside of a module path', () => {
  const folder = temporaryFolder('emtd paths ');
  mkdirSync(join(folder.path, 'models'));
  writeFileSync(join(folder.path, 'models', 'spin.ts'), 'export const spin = 1;');
  const { compiler } = new Notebook(folder.path);
  const typed = 'import { spin } from "./models/s';
  assert.deepEqual(
    compiler.complete(typed, typed.length).matches.map(({ text }) => text),
    ['spin'],
  );
  folder.remove();
});

test('JSX names itself', () => {
  assert.deepEqual(new Notebook().errors("const one = 1;\nconst b = <b class='x'>text</b>;"), [
    '2:11 TS17004',
  ]);
  assert.deepEqual(
    new Notebook().errors('const a = <number>5; const'),
    ['1:27 TS1123'],
    'what is wrong otherwise says what it said',
  );
});
