// Our own cell compiler: what it makes of cells, evaluated as the back does, without a kernel.
import assert from 'node:assert/strict';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fc } from '../property.js';
import { CellDiagnostics, type CompiledCell } from '../../kernel/compiler/cellCompiler.js';
import { typeError } from '../../kernel/compiler/typeError.js';
import { ts } from '../../kernel/compiler/typescript/internals.js';
import * as lab from '../lab.js';
import { globals } from '../../kernel/compiler/globals.js';
import { Universe } from '../../kernel/compiler/typescript/universe.js';
import { Notebook } from './cellNotebook.js';
import { root, temporaryFolder } from './harness.js';

const notebook = new Notebook(undefined, 'emtd-lab');

test('the internal functions of TypeScript that the compiler stands on are there', () => {
  const names = [
    'createTypeChecker',
    'bindSourceFile',
    'isExpressionNode',
    'getTouchingPropertyName',
    'getModuleInstanceState',
    'createCommentDirectivesMap',
    'decodeMappings',
    'getJSDocCommentsAndTags',
    'skipOuterExpressions',
    'Completions',
    'SymbolDisplay',
  ];
  assert.deepEqual(
    names.filter((name) => !(name in ts)),
    [],
  );
});

describe('declarations', () => {
  test('of every kind carry over, as values and as types', async () => {
    await notebook.run(
      'const one = 1; let text: string | number = 5; var old = 2;\n' +
        'class Box<T> { static made = 0; constructor(readonly value: T) { Box.made++; } }\n' +
        'function factorial(n: number): number { return n <= 1 ? 1 : n * factorial(n - 1); }\n' +
        'enum Level { low = 1, high = Level.low << 2 }\nnamespace Inner { export const three = 3; }\n' +
        'interface Point { x: number }\ntype Pair<T> = [T, T];',
    );
    assert.deepEqual(
      await notebook.run(
        'text = "a"; old += one; const p: Point = { x: one }; const pair: Pair<Box<number>> = [new Box(1), new Box(2)];\n' +
          '[text.toUpperCase(), old, p.x, pair[1].value, Box.made, factorial(4), Level.high, Inner.three]',
      ),
      ['A', 3, 1, 2, 2, 24, 4, 3],
    );
    assert.deepEqual(notebook.errors('text = true;\nconst q: Point = { y: 1 };'), [
      '1:1 TS2322',
      '2:20 TS2353',
    ]);
    assert.deepEqual(notebook.errors('one = 2'), ['1:1 TS2588']);
  });

  test('patterns, with defaults, rests and holes', async () => {
    assert.deepEqual(
      await notebook.run(
        'const { a, b: { c = 7, ...others }, [`d`]: d } = { a: 1, b: { x: 1, y: 2 } as { c?: number; x: number; y: number }, d: 4 },\n' +
          '  [first, , third = 9, ...tail] = [1, 2, undefined, 4, 5];\n[a, c, others, d, first, third, tail]',
      ),
      [1, 7, { x: 1, y: 2 }, 4, 1, 9, [4, 5]],
    );
    assert.deepEqual(await notebook.run('[a, c, others.x, tail.length]'), [1, 7, 1, 2]);
  });

  test('local names hide those of the notebook', async () => {
    await notebook.run('let x = 1; const exports = 3;');
    assert.deepEqual(
      await notebook.run(
        'const inner = ((x: number) => ({ x, f() { const one = x; return one + exports; } }))(5);\n' +
          'for (let x = 0; x < 2; x++); for (const x of [8]) inner.x += x; try { throw 9; } catch (x) { inner.x += x as number; }\n' +
          'const g = (exports: number) => x + exports; ({ x } = { x: 20 });\n[inner.x, inner.f(), g(1), x, { x }]',
      ),
      [22, 8, 21, 20, { x: 20 }],
    );
  });

  test('a function sees what a later cell makes of a name', async () => {
    await notebook.run(
      'const scale = (n: number): number => n * 2; const twice = (n: number): number => scale(scale(n));',
    );
    assert.equal(await notebook.run('twice(1)'), 4);
    await notebook.run('const scale = (n: number): number => n * 10;');
    assert.equal(await notebook.run('twice(1)'), 100);
  });

  test('names of functions and classes, `this`, hoisting', async () => {
    assert.deepEqual(
      await notebook.run(
        'const arrow = () => 1, Cls = class {}; early();\nfunction early(this: void) { return this; }\n[arrow.name, Cls.name, early()]',
      ),
      ['arrow', 'Cls', undefined],
    );
  });

  test('`using` is disposed of as its cell ends', async () => {
    await notebook.run('const log: string[] = [];');
    assert.equal(
      await notebook.run("using file = { [Symbol.dispose]() { log.push('closed'); } };\nlog.push('open')"),
      1,
    );
    assert.deepEqual(await notebook.run('log'), ['open', 'closed']);
    assert.deepEqual(notebook.errors('file.length'), ['1:1 TS2552']); // did you mean …
  });

  test('any order of declaring, redeclaring and assigning gives what a list of variables gives', async () => {
    const name = fc.constantFrom('p', 'q', 'r');
    const step = fc.oneof(
      fc.record({
        name,
        how: fc.constantFrom('const', 'let', 'var', 'function'),
        value: fc.integer({ min: 0, max: 99 }),
      }),
      fc.record({ name, how: fc.constant('assign'), value: fc.integer({ min: 0, max: 99 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        notebook.compiler.reset();
        const model = new Map<string, { how: string; value: number }>();
        for (const { name: which, how, value } of steps) {
          const known = model.get(which);
          if (how === 'assign') {
            const code = `${which} = ${value};`;
            if (!known) assert.deepEqual(notebook.errors(code), ['1:1 TS2304']);
            else if (known.how === 'const' || known.how === 'function')
              assert.deepEqual(notebook.errors(code), ['1:1 TS2588']);
            else {
              await notebook.run(code);
              known.value = value;
            }
          } else {
            const code =
              how === 'function'
                ? `function ${which}() { return ${value}; }`
                : `${how} ${which} = ${value} as number;`;
            await notebook.run(code);
            model.set(which, { how, value });
          }
          for (const [known, { how: kind, value: expected }] of model)
            assert.equal(await notebook.run(kind === 'function' ? `${known}()` : known), expected);
        }
      }),
      { numRuns: 25, seed: 3 },
    );
  });
});

describe('await', () => {
  test('at the top level, in loops, with the last value', async () => {
    assert.equal(
      await notebook.run(
        'const w = await Promise.resolve(4); let sum = 0; for await (const v of [1, w]) sum += v; sum',
      ),
      5,
    );
    assert.equal(notebook.last!.isAsync, true);
    assert.match(
      notebook.last!.javascript,
      /__began = __epoch\(\);[^]*__resume\(__began, await __wait\(__began,[^]*for await[^]*\{\s*__resume\(__began/,
    );
    await notebook.run('const later = async () => { await null; return 1; };');
    assert.equal(notebook.last!.isAsync, false);
  });
});

describe('errors', () => {
  test('stand at their place; syntax errors alone', () => {
    assert.deepEqual(notebook.errors('const s: string = 1;\n  nothing;'), ['1:7 TS2322', '2:3 TS2304']);
    assert.deepEqual(notebook.errors('const s: string = 1;\nconst x = ;'), ['2:11 TS1109']);
    assert.deepEqual(notebook.errors('`open'), ['1:6 TS1160']);
    assert.deepEqual(notebook.errors('/* open'), ['1:8 TS1010']);
  });

  test('@ts-ignore and @ts-expect-error are heeded', () => {
    assert.deepEqual(
      notebook.errors(
        '// @ts-ignore\nconst s: string = 1;\n// @ts-expect-error: wanted\n\nconst t: string = 2;\nmissing',
      ),
      ['6:1 TS2304'],
    );
  });

  test('with types off, only the syntax counts', () => {
    const cell = notebook.compiler.compile('const s: string = 1; s', {
      name: 'cell',
      types: false,
      prelude: true,
    });
    assert.match(cell.javascript, /__scope\.s = 1/);
  });

  test('places lead from the JavaScript back to the cell', () => {
    const code = 'interface A {\n  x: number;\n}\nfunction f(): never {\n  throw new Error("here");\n}\nf()';
    const { javascript, places } = notebook.compiler.compile(code, {
      name: 'cell',
      types: true,
      prelude: true,
    });
    const lines = javascript.split('\n');
    const line = lines.findIndex((text) => text.includes('throw new'));
    const column = lines[line]!.indexOf('new Error');
    const row = Array.from({ length: places.length / 4 }, (_, i) => places.subarray(4 * i, 4 * i + 4)).find(
      ([l, c]) => l === line && c === column,
    );
    assert.deepEqual([...(row ?? [])].slice(2), [4, 8]);
  });
});

describe('errors', () => {
  /** As the notebook shows it. */
  const shown = (code: string, name = 'cell[9]'): string[] => {
    try {
      notebook.compiler.compile(code, { name, types: true, prelude: true });
    } catch (error) {
      if (error instanceof CellDiagnostics) return typeError(error.diagnostics, code, name).traceback;
      throw error;
    }
    return [];
  };

  test('name the other places that explain them: of the cell, of an earlier one, of a file', async () => {
    notebook.compiler.compile('\nfunction weigh(mass: number, by: number) { return mass * by; }', {
      name: 'cell[3]',
      types: true,
      prelude: true,
    });
    notebook.compiler.commit('all');
    assert.deepEqual(shown('weigh(1)'), [
      'cell[9]:1:1 - error TS2554: Expected 2 arguments, but got 1.',
      '',
      '1 | weigh(1)',
      '    ^^^^^',
      "  cell[3]:2:30 - An argument for 'by' was not provided.",
    ]);
    assert.deepEqual(
      shown('const scale = (x: number, by: number) => x * by;\nscale(1)').at(-1),
      "  cell[9]:1:27 - An argument for 'by' was not provided.",
    );
    assert.match(
      shown('smallWorld(10)').at(-1)!,
      /^ {2}dist\/src\/.*\.d\.ts:\d+:\d+ - An argument for '\w+' was not provided\.$/,
    );
  });

  test('are few, and of long lines they show the part around them', () => {
    const many = shown(Array.from({ length: 31 }, (_, i) => `const n${i}: number = '';`).join('\n'));
    assert.equal(many.filter((line) => line.includes(' - error TS')).length, 20);
    assert.equal(many.at(-1), 'and 11 more errors');
    const [, , line, caret] = shown(
      `/* ${'-'.repeat(5000)} */ const text: number = ''; /* ${'-'.repeat(5000)} */`,
    );
    assert.ok(line!.length < 200 && line!.startsWith('1 | …-') && line!.endsWith('-…'), line);
    assert.equal(line!.slice(caret!.indexOf('^'), caret!.lastIndexOf('^') + 1), 'text');
  });
});

describe('imports', () => {
  test('of types vanish, of values are read when the cell runs', async () => {
    assert.equal(
      await notebook.run(
        "import { smallWorld as world, type Graph } from 'emtd-lab';\nconst graph: Graph = world(10, 4, 0.1, { seed: 1 });\ngraph.edgeCount",
      ),
      20,
    );
    assert.deepEqual(notebook.last!.imports, ['emtd-lab']);
    assert.equal(await notebook.run('world(12, 4, 0.1, { seed: 1 }).nodeCount + graph.nodeCount'), 22);
    assert.equal(await notebook.run("(await import('emtd-lab')).ring(7).nodeCount"), 7);
    assert.equal(
      await notebook.run(
        "import path, { basename } from 'node:path'; import * as os from 'node:os';\n[basename('/a/b'), path.join('a', 'b'), typeof os.cpus].join()",
      ),
      'b,a/b,function',
    );
  });

  test('local modules are compiled once, and again when they were edited', async () => {
    const folder = temporaryFolder();
    after(() => folder.remove());
    mkdirSync(join(folder.path, 'sub'));
    const model = join(folder.path, 'model.ts');
    writeFileSync(model, "import { half } from './sub/half.js';\nexport const six: number = half(12);\n");
    writeFileSync(join(folder.path, 'sub', 'half.ts'), 'export const half = (x: number) => x / 2;\n');
    writeFileSync(join(folder.path, 'data.json'), '{ "answer": 42 }');
    const { compiler } = new Notebook(folder.path);
    const compile = (code: string): CompiledCell => {
      const cell = compiler.compile(code, { name: 'cell', types: true, prelude: true });
      compiler.commit('all');
      return cell;
    };
    const first = compile(
      "import { six } from './model.ts'; import data from './data.json'; const n: number = data.answer + six;",
    );
    assert.deepEqual(first.modules.map(({ path }) => path.slice(folder.path.length)).sort(), [
      '/data.json',
      '/model.ts',
      '/sub/half.ts',
    ]);
    assert.deepEqual(first.modules.find(({ path }) => path === model)!.local, {
      './sub/half.js': join(folder.path, 'sub', 'half.ts'),
    });
    assert.deepEqual(compile("import { six } from './model';").modules, []);
    writeFileSync(model, 'export const six: string = "six";\n');
    utimesSync(model, 1, 1);
    const edited = compile('six.length');
    assert.deepEqual(
      edited.modules.map(({ path }) => path),
      [model],
    );
    assert.match(edited.javascript, /__scope\.six = __import\(".*model\.ts"\)\.six/);
    const half = join(folder.path, 'sub', 'half.ts');
    writeFileSync(model, "import { half } from './sub/half.js';\nexport const six: number = half(12);\n");
    compile('six');
    writeFileSync(half, 'export const half = (x: string) => x;\n');
    assert.throws(
      () => compile('six'),
      (error: unknown) =>
        error instanceof CellDiagnostics && error.diagnostics[0]!.file!.endsWith('model.ts'),
      'the importer no longer fits',
    );
    writeFileSync(half, 'export const half = (x: number) => x / 2;\n');
    writeFileSync(model, 'export const six: string = 6;\n');
    assert.throws(
      () => compile('six'),
      (error: unknown) =>
        error instanceof CellDiagnostics && error.diagnostics[0]!.file!.endsWith('model.ts'),
    );
  });
});

describe('the prelude', () => {
  test('gives what nothing else declares, and yields to what is declared', async () => {
    assert.equal(await notebook.run('const g1 = ring(10); g1.edgeCount + torus(3, 3).nodeCount'), 19);
    assert.deepEqual(notebook.last!.imports, ['emtd-lab']);
    await notebook.run('const keepsTheLab = () => ring(6).nodeCount;');
    assert.equal(await notebook.run('const ring = 5; ring'), 5);
    assert.deepEqual(notebook.last!.imports, []);
    assert.equal(await notebook.run('keepsTheLab()'), 6);
  });

  test('is meant where a name is not local, also beside places where it is', async () => {
    assert.equal(await notebook.run('((torus: number) => torus)(torus(3, 3).nodeCount)'), 9);
    await notebook.run('for (let torus = 0; torus < 2; torus++);');
    assert.deepEqual(notebook.last!.imports, []);
  });

  test('without one the names are unknown', () => {
    assert.deepEqual(new Notebook().errors('ring(10)'), ['1:1 TS2304']);
  });

  test('its names are read without its types, and are those of its types; a first cell of them does without the types of Node', async () => {
    const notebook = new Notebook(undefined, 'emtd-lab');
    const hinted: string[] = [];
    notebook.compiler.onPrelude = () => hinted.push('preload');
    await notebook.run('const n = 1 + 1;');
    assert.deepEqual(hinted, []);
    assert.equal(await notebook.run('ring(n + 3).nodeCount'), 5);
    assert.deepEqual(hinted, ['preload']);
    const known = new Universe({ root, folder: root }, globals, 'emtd-lab');
    const names = [...known.namesOf('emtd-lab').keys()];
    assert.deepEqual(
      known.view.getSourceFiles().filter(({ fileName }) => /types.node|tfjs/.test(fileName)),
      [],
      'no types were read for it',
    );
    known.require(['emtd-lab']);
    assert.deepEqual(
      names.sort(),
      known
        .exportsOf('emtd-lab')
        .map(({ name }) => name)
        .sort(),
    );
    assert.ok(!known.view.getSourceFiles().some(({ fileName }) => fileName.includes('/@types/node/')));
    known.require(['node:fs']);
    assert.ok(known.view.getSourceFiles().some(({ fileName }) => fileName.includes('/@types/node/')));
  });

  test('no name of the lab is hidden by a global of the language or of Node', () => {
    const globals = new Set(Object.getOwnPropertyNames(globalThis));
    assert.deepEqual(
      Object.keys(lab).filter((name) => globals.has(name)),
      [],
    );
  });
});

describe('as one types', () => {
  test('completion: members, names of cells, of the prelude, of the language', async () => {
    await notebook.run('const graphOfMine = karateClub();');
    const texts = (code: string, at = code.length): string[] =>
      notebook.compiler.complete(code, at).matches.map(({ text }) => text);
    assert.deepEqual(texts('graphOfMine.edg'), ['edgeCount', 'edgeOf', 'edges']);
    assert.deepEqual(texts('graphOfM'), ['graphOfMine']);
    assert.ok(texts('smallW').includes('smallWorld'));
    assert.deepEqual(texts("const y = expressions.scalar('y'); y.ata"), ['atan2']);
    assert.ok(texts('Math.flo').includes('floor'));
    assert.deepEqual(notebook.compiler.complete('1 + graphOfM', 12), {
      start: 4,
      end: 12,
      matches: [{ text: 'graphOfMine', type: 'const' }],
    });
  });

  test('inspection: signature and documentation, of cells, the lab and the language', async () => {
    await notebook.run('/** Ten times as much. */\nfunction tenfold(n: number) { return 10 * n; }');
    assert.equal(
      notebook.compiler.inspect('tenfold(2)', 3),
      'function tenfold(n: number): number\n\nTen times as much.',
    );
    assert.match(notebook.compiler.inspect('karateClub()', 2)!, /^function karateClub\(\): Graph\n\n\S/);
    assert.match(
      notebook.compiler.inspect('Math.sin(1)', 6)!,
      /sin\(x: number\): number\n\nReturns the sine/,
    );
    const atan2 = "expressions.scalar('y').atan2(1)"; // a method that stands in the file of its operation
    assert.match(
      notebook.compiler.inspect(atan2, atan2.indexOf('atan2'))!,
      /atan2\(x: expressions\.Operand\): expressions\.Expression\n\ny.atan2\(x\): the angle of the point/,
    );
    assert.equal(notebook.compiler.inspect('nothing', 3), undefined);
    const known = new Map(notebook.compiler.names().map(({ name, summary }) => [name, summary]));
    assert.deepEqual(
      ['ring', 'Graph', 'Samples'].map((name) => known.has(name)),
      [true, true, false],
      'values, not types',
    );
    const said = [...known].filter(([, summary]) => summary !== '');
    assert.ok(
      said.length > 0.98 * known.size &&
        said.every(([, summary]) => !summary.includes('\n') && !summary.startsWith('@')),
      `${said.length} of ${known.size}`,
    );
  });

  test('completion before the types are loaded says what it says with them', () => {
    const known = new Notebook(undefined, 'emtd-lab');
    while (known.compiler.warmUp());
    const fresh = new Notebook(undefined, 'emtd-lab');
    const of = ({ compiler }: Notebook, code: string) =>
      compiler.complete(code.replace('|', ''), code.indexOf('|'));
    const places = [
      'lange|',
      'rin|',
      'pro|',
      'cons|',
      'tf|',
      'require|',
      'const spinny = 3;\nspin|',
      'new Fi|',
    ];
    for (const code of [...places, 'langevin(e, { temperature: ri|']) {
      const [early, late] = [of(fresh, code), of(known, code)];
      assert.ok(early.matches.length > 0, code);
      assert.deepEqual(early, late, code);
    }
    const start = performance.now();
    assert.ok(of(fresh, '|').matches.length > 150);
    const took = performance.now() - start;
    for (const code of ['langevin(1 as never, { te|', 'const r: Gra|', "'rin|"]) {
      assert.deepEqual(of(new Notebook(undefined, 'emtd-lab'), code), of(known, code), code);
    }
    const all = new Notebook(undefined, 'emtd-lab');
    const before = performance.now();
    all.compiler.names(); // the types of the lab
    assert.ok(took < (performance.now() - before) / 2, `${took} ms`);
  });

  test('a name with a slip leads to one of the lab', () => {
    const said = (code: string): string => {
      try {
        new Notebook(undefined, 'emtd-lab').compiler.compile(code, {
          name: 'cell[1]',
          types: true,
          prelude: true,
        });
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    assert.equal(said('rign(5)'), "Cannot find name 'rign'. Did you mean 'ring'?");
    assert.equal(said('langevn(5)'), "Cannot find name 'langevn'. Did you mean 'langevin'?");
    assert.equal(said('ringIsin({})'), "Cannot find name 'ringIsin'. Did you mean 'exact.ringIsing'?");
    assert.equal(said('RingIsing()'), "Cannot find name 'RingIsing'. Did you mean 'exact.RingIsing'?");
    assert.equal(said('zebra(5)'), "Cannot find name 'zebra'.");
  });

  test('inspection of an option: what it is, also while the call is being typed; of options, their fields', async () => {
    const notebook = new Notebook(undefined, 'emtd-lab');
    const told = (code: string): string =>
      notebook.compiler.inspect(code.replace('|', ''), code.indexOf('|'))!;
    await notebook.run(`interface Options {
  /** How many. A second sentence. */
  many: number;
  colour?: 'red' | 'blue';
  size?: Size;
}
/** In pixels. */
type Size = number | readonly number[];
/** Draws. */
function draw(what: string, options: Options): void {}
class Box { width = 1; }
function put(box: Box, list: number[]): void {}`);
    assert.equal(
      told("draw('x', { ma|ny: 1 })"),
      '(property) Options.many: number\n\nHow many. A second sentence.',
    );
    assert.equal(
      told("draw('x', { many: 1, siz|e"),
      '(property) Options.size?: Size | undefined\n\nIn pixels.',
    );
    assert.match(told("const many = 1; draw('x', { man|y })"), /^\(property\) Options.many: number/);
    const fields =
      '  many: number\n      How many\n  colour?: "red" | "blue"\n  size?: Size\n      In pixels';
    for (const code of ["draw('x', { many: 1, |", 'draw|', 'draw(|)']) {
      assert.equal(
        told(code),
        `function draw(what: string, options: Options): void\n\nDraws.\n\noptions:\n${fields}`,
        code,
      );
    }
    assert.equal(told('Options|'), `interface Options\n\nfields:\n${fields}`);
    assert.equal(
      told('put|'),
      'function put(box: Box, list: number[]): void',
      'classes and lists are no options',
    );
    assert.match(
      told('let o: dynamics.LangevinOptions|'),
      /^interface LangevinOptions\n[^]*\n  timeStep: number\n {6}dt, in units/,
    );
    assert.match(
      told('langevin(1 as never, { tempera|ture: 1, timeStep: 1 })'),
      /^\(property\) temperature: number \| Schedule.*\n\nT, in units of energy/,
    );
  });

  test('inspection among the arguments of a call: what is called', async () => {
    await notebook.run(
      'function pair(a: number, b: string) { return `${a}${b}`; }\nconst tools = { join: pair };',
    );
    const shown = (code: string): string | undefined => {
      const at = code.indexOf('|');
      return notebook.compiler.inspect(code.replace('|', ''), at)?.split('\n')[0];
    };
    const signature = 'function pair(a: number, b: string): string';
    for (const code of [
      'pair(1,|',
      'pair(1, |',
      'pair(1, |)',
      'pair(|',
      'pair(1, "|")',
      'pair(Math.abs(2), |',
    ])
      assert.equal(shown(code), signature, code);
    assert.match(shown('tools.join(1, |')!, /join: \(a: number, b: string\) => string/);
    assert.match(shown('pair(Math.max(1, |')!, /max\(/);
    for (const code of ['pair(1, "b") |', '| pair(1, "b")', '(1, |'])
      assert.equal(shown(code), undefined, code);
  });

  test('whether a cell is complete', () => {
    const status = (code: string): string => notebook.compiler.isComplete(code).status;
    for (const code of ['', 'const x = 1;', '1 + 1', 'if (true) {}', 'await f()'])
      assert.equal(status(code), 'complete', code);
    for (const code of ['1 +', 'if (true) {', 'f(1,', '`a', '/* a', 'class A {\n  f() {', 'const x ='])
      assert.equal(status(code), 'incomplete', code);
    for (const code of ['x ++ ++ y', 'const = 1', '"abc', '}']) assert.equal(status(code), 'invalid', code);
    assert.equal(status('%time'), 'unknown');
    assert.equal(notebook.compiler.isComplete('class A {\n  f() {').indent, '    ');
  });
});
