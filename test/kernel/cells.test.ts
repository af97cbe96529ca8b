// What a cell may do, with each of the two cell compilers: types, declarations, imports, errors.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { KernelClient } from '../../kernel/notebook/client.js';
import { kernelCommand } from '../../kernel/notebook/kernelCommand.js';
import { compilerNames } from '../../kernel/wire/compilerNames.js';
import { run, startKernel, temporaryFolder, traceback } from './harness.js';

for (const compiler of compilerNames)
  describe(`compiler ${compiler}`, () => {
    const folder = temporaryFolder('emtd zellen äö ');
    let kernel: KernelClient;
    before(async () => {
      writeFileSync(join(folder.path, 'package.json'), '{}');
      mkdirSync(join(folder.path, 'notebooks'));
      writeFileSync(
        join(folder.path, 'notebooks', 'model.ts'),
        "import { half } from '../half.js';\nexport const six: number = half(12);\n",
      );
      writeFileSync(
        join(folder.path, 'half.ts'),
        'export function half(x: number): number {\n  return x / 2;\n}\n',
      );
      writeFileSync(join(folder.path, 'notebooks', 'data.json'), '{ "answer": 42 }');
      kernel = await startKernel({
        folder: join(folder.path, 'notebooks'),
        argv: kernelCommand({ compiler }),
      });
    });
    after(async () => {
      await kernel.shutdown();
      folder.remove();
    });

    describe('types', () => {
      test('a type error stops the cell before it runs: code, cell line and column, caret', async () => {
        const ran = await run(kernel, 'console.log("ran");\nconst count: number =\n  "three";');
        assert.equal(ran.stdout, '');
        assert.equal(ran.reply['ename'], 'TS2322');
        const name = `cell[${String(ran.reply['execution_count'])}]`;
        assert.deepEqual(ran.reply['traceback'], [
          `${name}:2:7 - error TS2322: Type 'string' is not assignable to type 'number'.`,
          '',
          '2 | const count: number =',
          '          ^^^^^',
        ]);
      });

      test('every error is listed; a chain of reasons stays one error', async () => {
        const ran = await run(
          kernel,
          'const p: { x: { y: number } } = { x: { y: "no" as string | number } } as { x: { y: string | number } };\nmissing;',
        );
        assert.match(
          traceback(ran),
          /:1:7 - error TS2322: [^]*\n {2}[^]*:2:1 - error TS2304: Cannot find name 'missing'/,
        );
        assert.equal(traceback(ran).match(/ - error /g)!.length, 2);
      });

      test('strict: no implicit any, no unchecked undefined', async () => {
        assert.equal((await run(kernel, 'function f(x) { return x; }')).reply['ename'], 'TS7006');
        assert.equal((await run(kernel, 'const s: string = [""].find(Boolean);')).reply['ename'], 'TS2322');
      });
    });

    describe('declarations', () => {
      test('carry over with their types', async () => {
        await run(
          kernel,
          'interface Point { x: number }\ntype Name = string;\nenum Colour { red, green }\nclass Box<T> { constructor(readonly value: T) {} }\nconst origin: Point = { x: 1 };',
        );
        assert.equal(
          (await run(kernel, 'const b = new Box<Point>(origin); b.value.x + Colour.green')).result,
          '2',
        );
        assert.equal((await run(kernel, 'const n: Name = origin;')).reply['ename'], 'TS2322');
      });

      test('may be declared again, with another type', async () => {
        await run(kernel, 'const thing = 1;');
        assert.equal((await run(kernel, 'const thing = "text"; thing.length')).result, '4');
        assert.equal((await run(kernel, 'thing.toUpperCase()')).result, "'TEXT'");
      });

      test('let changes across cells, also from a function of an earlier cell', async () => {
        await run(kernel, 'let counter = 0;\nfunction increment(): void { counter++; }');
        await run(kernel, 'increment(); counter += 10;');
        assert.equal((await run(kernel, 'increment(); counter')).result, '12');
      });

      test('a cell that throws keeps what it had set, and forgets the rest', async () => {
        await run(kernel, 'const kept = 7;\nif (kept > 0) throw new Error("half way");\nconst lost = 8;');
        assert.equal((await run(kernel, 'kept')).result, '7');
        assert.equal((await run(kernel, 'lost')).reply['ename'], 'TS2304');
      });

      test('a cell that throws before it declares a name again leaves that name its value and its type', async () => {
        await run(
          kernel,
          'let again: number | undefined = 1;\nlet other = 2;\nfunction explodes(): void { throw new Error("early"); }',
        );
        await run(kernel, 'let other = "set";\nexplodes();\nlet again = "never";');
        assert.equal((await run(kernel, 'again.toUpperCase()')).reply['ename'], 'TS18048');
        assert.equal((await run(kernel, 'again! + other.length')).result, '4');
      });

      test('a cell with a type error leaves everything as it was', async () => {
        await run(kernel, 'const stable = 1;');
        await run(kernel, 'const stable: string = 2;');
        assert.equal((await run(kernel, 'stable + 1')).result, '2');
      });
    });

    describe('await', () => {
      test('at the top level, with the value of the last expression', async () => {
        assert.equal(
          (
            await run(
              kernel,
              'const waited = await new Promise<number>((resolve) => setTimeout(resolve, 5, 9));\nawaited();\nfunction awaited() { return waited; }',
            )
          ).reply['status'],
          'ok',
        );
        assert.equal((await run(kernel, 'await Promise.resolve(waited)')).result, '9');
      });
    });

    describe('tracebacks', () => {
      test('frames point at cell lines, also of earlier cells; the kernel is not in them', async () => {
        const defined = await run(
          kernel,
          'interface Padding {\n  x: number;\n}\nfunction explode(): never {\n  throw new TypeError("boom");\n}',
        );
        const ran = await run(kernel, '// a comment\n\nexplode()');
        const [first, second] = [defined, ran].map(
          ({ reply }) => `cell[${String(reply['execution_count'])}]`,
        );
        assert.deepEqual(ran.reply['traceback'], [
          'TypeError: boom',
          `    at explode (${first}:5:9)`,
          `    at ${second}:3:1`,
        ]);
      });

      test('messages have the names of the cell', async () => {
        const messages: string[] = [];
        for (const code of [
          'const number = 1 as any; number()',
          'number.of.no(number)',
          'new number()',
          'number.toUpperCase()',
          'for (const each of number) console.log(each);',
          'const lacking = undefined as any; function take(): void { const { part } = lacking; }\ntake()',
          "import { basename } from 'node:path'; (basename as any)('x')()",
        ]) {
          const { reply } = await run(kernel, code);
          const message = String(reply['evalue']);
          assert.equal((reply['traceback'] as string[])[0], `TypeError: ${message}`);
          messages.push(message);
        }
        assert.deepEqual(messages, [
          'number is not a function',
          "Cannot read properties of undefined (reading 'no')",
          'number is not a constructor',
          'number.toUpperCase is not a function',
          'number is not iterable',
          "Cannot destructure property 'part' of 'lacking' as it is undefined.",
          'basename(...) is not a function',
        ]);
      });

      test('across an await', async () => {
        const ran = await run(
          kernel,
          'async function slow(): Promise<never> {\n  await null;\n  throw new Error("slow");\n}\nawait slow();',
        );
        const name = `cell[${String(ran.reply['execution_count'])}]`;
        assert.deepEqual(ran.reply['traceback'], [
          'Error: slow',
          `    at slow (${name}:3:9)`,
          `    at async ${name}:5:1`,
        ]);
      });

      test('a printed error points there too', async () => {
        const ran = await run(
          kernel,
          '// first\nconst made = new Error("printed");\nconsole.log(made.stack!.split("\\n").slice(0, 2).join("\\n"));',
        );
        assert.equal(
          ran.stdout,
          `Error: printed\n    at cell[${String(ran.reply['execution_count'])}]:2:14\n`,
        );
      });

      test('frames in local TypeScript point at its lines', async () => {
        writeFileSync(
          join(folder.path, 'notebooks', 'throws.ts'),
          'interface Gone {\n  x: number;\n}\nexport function fails(gone?: Gone): number {\n  throw new Error(`no ${gone}`);\n}\n',
        );
        const { reply } = await run(kernel, "import { fails } from './throws';\nfails()");
        assert.match((reply['traceback'] as string[])[1]!, /at .*fails \(.*notebooks\/throws\.ts:5:9\)$/);
      });

      test('a cause is told; a thrown value that is no error is shown', async () => {
        assert.match(
          traceback(await run(kernel, 'throw new Error("outer", { cause: new Error("inner") })')),
          /outer[^]*\[cause\]: Error: inner/,
        );
        const { reply } = await run(kernel, 'throw { code: 3 }');
        assert.deepEqual([reply['ename'], reply['evalue']], ['Thrown', '{ code: 3 }']);
      });
    });

    test('a shown or printed error has its own frames only, and no stray brace', async () => {
      const code =
        'const shownError = new Error("outer", { cause: new Error("inner") });\nconsole.log(shownError);\nshownError';
      const ran = await run(kernel, code);
      const name = `cell[${String(ran.reply['execution_count'])}]`;
      const whole = `Error: outer\n    at ${name}:1:20 {\n  [cause]: Error: inner\n      at ${name}:1:48\n}`;
      assert.deepEqual([ran.result, ran.stdout], [whole, `${whole}\n`]);
      const { reply } = await run(kernel, 'throw shownError');
      assert.deepEqual(reply['traceback'], whole.split('\n'));
    });

    describe('imports', () => {
      test('TensorFlow.js, typed and without its banner', async () => {
        const ran = await run(
          kernel,
          "import * as tf from '@tensorflow/tfjs';\nconst squares: tf.Tensor1D = tf.tensor1d([1, 2, 3]).square();\n[...squares.dataSync()]",
        );
        assert.deepEqual([ran.result, ran.stdout, ran.stderr], ['[ 1, 4, 9 ]', '', '']);
      });

      test('the lab by its own name, typed, from any folder', async () => {
        assert.equal(
          (await run(kernel, "import { ring } from 'emtd-lab';\nconst graph = ring(12);\ngraph.edgeCount"))
            .result,
          '12',
        );
        assert.equal((await run(kernel, 'const wrong: string = graph.nodeCount;')).reply['ename'], 'TS2322');
        assert.equal(
          (await run(kernel, "import * as lab from 'emtd-lab';\nlab.ring === ring")).result,
          'true',
        );
      });

      test("Node's modules, statically and dynamically", async () => {
        assert.equal(
          (await run(kernel, "import { basename } from 'node:path';\nbasename('/a/b')")).result,
          "'b'",
        );
        assert.equal((await run(kernel, "(await import('node:path')).basename('/a/c')")).result, "'c'");
      });

      test('local TypeScript beside and above the notebook, with any suffix, and JSON', async () => {
        for (const suffix of ['', '.js', '.ts']) {
          assert.equal(
            (await run(kernel, `import { six } from './model${suffix}';\nsix`)).result,
            '6',
            `suffix ${suffix}`,
          );
        }
        assert.equal((await run(kernel, "import { half } from '../half';\nhalf(1)")).result, '0.5');
        assert.equal(
          (await run(kernel, "import data from './data.json';\nconst a: number = data.answer;\na")).result,
          '42',
        );
      });

      test('local modules of every kind, as ES modules are', {
        skip: compiler === 'tslab' && 'tslab compiles them its own way',
      }, async () => {
        const write = (name: string, text: string): void =>
          writeFileSync(join(folder.path, 'notebooks', name), text);
        write(
          'side.ts',
          '(globalThis as { sided?: number }).sided = ((globalThis as { sided?: number }).sided ?? 0) + 1;\nexport {};\n',
        );
        assert.equal((await run(kernel, "import './side';\n(globalThis as any).sided")).result, '1');
        write('m.mts', 'export const at = import.meta.filename;\nexport const three = 3;\n');
        assert.match(
          (await run(kernel, "import { at, three } from './m.mjs';\n[three, at]")).result!,
          /\[ 3, '.*m\.mts' \]/,
        );
        write('c.cts', 'const four = 4;\nexport = { four };\n');
        assert.equal((await run(kernel, "import c from './c.cjs';\nc.four")).result, '4');
        write('d.json', '{ "answer": 42, "default": 7 }');
        assert.equal(
          (await run(kernel, "import d from './d.json';\n[d.answer, d.default]")).result,
          '[ 42, 7 ]',
        );
        write('t.ts', 'export interface T { a: number }\nthrow new Error("loaded for its types");\n');
        assert.equal(
          (
            await run(
              kernel,
              "import type { T } from './t';\nimport { T as Same } from './t';\nconst t: T & Same = { a: 5 };\nt.a",
            )
          ).result,
          '5',
        );
        write('w.ts', 'export const w = await Promise.resolve(1);\n');
        assert.equal((await run(kernel, "import { w } from './w';")).reply['ename'], 'TS1309');
        write('bad.ts', 'throw new Error("bad");\nexport {};\n');
        assert.equal(
          (await run(kernel, "await import('./bad').catch(({ message }) => message)")).result,
          "'bad'",
        );
        assert.equal((await run(kernel, "if (false) await import('./bad');\n'fine'")).result, "'fine'");
      });

      test('what is missing is a type error; it is found once it is there', async () => {
        assert.equal((await run(kernel, "import { late } from './late';")).reply['ename'], 'TS2307');
        writeFileSync(join(folder.path, 'notebooks', 'late.ts'), 'export const late = 5;\n');
        assert.equal((await run(kernel, "import { late } from './late';\nlate")).result, '5');
      });
    });

    test('a local module that was edited is loaded anew, and what imports it', async () => {
      writeFileSync(
        join(folder.path, 'notebooks', 'twelve.ts'),
        "import { six } from './model.js';\nexport const twelve = 2 * six;\n",
      );
      const code = "import { twelve } from './twelve';\ntwelve";
      writeFileSync(
        join(folder.path, 'half.ts'),
        'export function half(x: number): number {\n  return x / 2;\n}\n',
      );
      assert.equal((await run(kernel, code)).result, '12');
      writeFileSync(
        join(folder.path, 'half.ts'),
        'export function half(x: number): number {\n  return x / 4;\n}\n',
      );
      assert.equal((await run(kernel, code)).result, '6');
      writeFileSync(
        join(folder.path, 'half.ts'),
        'export function half(x: number): number {\n  return x / 2;\n}\n',
      );
      assert.equal((await run(kernel, code)).result, '12');
    });

    test('packages beside the notebook: ES modules that await, names that CommonJS makes as it runs', async () => {
      const add = (name: string, files: Record<string, string>): void => {
        const at = join(folder.path, 'node_modules', name);
        mkdirSync(at, { recursive: true });
        for (const [file, text] of Object.entries(files)) writeFileSync(join(at, file), text);
      };
      add('awaiting', {
        'package.json':
          '{ "type": "module", "exports": { "./inner": { "types": "./i.d.ts", "default": "./i.js" } } }',
        'i.js': 'export const ready = await Promise.resolve("ready");',
        'i.d.ts': 'export declare const ready: string;',
      });
      add('dynamic-names', {
        'package.json': '{ "main": "main.js", "types": "main.d.ts" }',
        'main.js': 'for (const n of ["one", "two"]) module.exports[n] = n.length;',
        'main.d.ts': 'export declare const one: number;\nexport declare const two: number;',
      });
      const { result, reply } = await run(kernel, "import { ready } from 'awaiting/inner';\nready");
      if (compiler === 'typescript') assert.equal(result, "'ready'");
      else assert.equal(reply['ename'], 'Error'); // tslab's cells load with `require`
      assert.equal(
        (
          await run(
            kernel,
            "import { one } from 'dynamic-names';\nimport * as all from 'dynamic-names';\n[one, all.two]",
          )
        ).result,
        '[ 3, 3 ]',
      );
    });

    test('imports resolve from the notebook wherever the process has gone', async () => {
      await run(kernel, "process.chdir('/');");
      assert.equal(
        (
          await run(
            kernel,
            "import { six } from './model';\n[six, typeof (await import('dynamic-names')).default]",
          )
        ).result,
        "[ 6, 'object' ]",
      );
    });
  });
