// Notebook files, and notebooks executed through the real kernel.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fc } from '../property.js';
import { CellOutputs, type DisplayRegistry } from '../../kernel/notebook/cellOutputs.js';
import { headerFactory, type Json } from '../../kernel/wire/message.js';
import { type Progress, executeNotebook, startKernel } from '../../kernel/notebook/notebook.js';
import {
  type Cell,
  type CodeCell,
  type Notebook,
  NotebookError,
  formatNotebook,
  parseNotebook,
  readNotebook,
  writeNotebook,
} from '../../kernel/notebook/notebookFile.js';
import { injectParameters, parseParameter } from '../../kernel/notebook/parametersCell.js';
import { main } from '../../src/cli/main.js';
import { isAlive, temporaryFolder } from './harness.js';

const folder = temporaryFolder();
after(() => folder.remove());
const at = (name: string): string => join(folder.path, name);

const code = (source: string, id: string, tags?: string[]): CodeCell => ({
  cell_type: 'code',
  id,
  metadata: tags ? { tags } : {},
  source,
  outputs: [],
  execution_count: null,
});
const notebook = (...cells: Cell[]): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { title: 'kept' },
  cells,
});

function saved(name: string, ...cells: Cell[]): string {
  writeNotebook(at(name), notebook(...cells));
  return at(name);
}

const codeCell = ({ cells }: Notebook, id: string): CodeCell =>
  cells.find((cell) => cell.id === id) as CodeCell;

describe('files', () => {
  test('are written as nbformat writes them: sorted keys, lines, one newline at the end', () => {
    const text = formatNotebook(
      notebook(
        { cell_type: 'markdown', id: 'm', metadata: {}, source: '# A\nb' },
        {
          ...code('x', 'c'),
          outputs: [
            {
              output_type: 'display_data',
              metadata: {},
              data: { 'text/plain': 'a\nb', 'image/png': 'AA==', 'application/json': { z: 1, a: 'p\nq' } },
            },
          ],
        },
      ),
    );
    assert.ok(
      text.startsWith(
        '{\n "cells": [\n  {\n   "cell_type": "markdown",\n   "id": "m",\n   "metadata": {},\n   "source": [\n    "# A\\n",\n    "b"\n   ]\n  },\n',
      ),
    );
    assert.ok(text.endsWith('\n "nbformat": 4,\n "nbformat_minor": 5\n}\n'));
    assert.match(text, /"application\/json": \{\n\s+"a": "p\\nq",\n\s+"z": 1\n/);
    assert.match(text, /"image\/png": "AA=="/);
    assert.equal(formatNotebook(parseNotebook(text, 'x')), text);
  });

  test('older notebooks get cell ids', () => {
    const old = {
      nbformat: 4,
      nbformat_minor: 2,
      metadata: {},
      cells: [{ cell_type: 'code', metadata: {}, source: ['a\n', 'b'], outputs: [] }],
    };
    const [cell] = parseNotebook(JSON.stringify(old), 'old').cells;
    assert.deepEqual([cell!.id, cell!.source], ['cell-1', 'a\nb']);
  });

  test('what is no notebook is refused with the file and the rule', () => {
    const refused = (value: unknown, rule: string): void =>
      assert.throws(
        () => parseNotebook(typeof value === 'string' ? value : JSON.stringify(value), 'n.ipynb'),
        (error: Error) =>
          error instanceof NotebookError && error.message.startsWith(`notebook n.ipynb: ${rule}`),
      );
    refused('{"cells": [', 'is not JSON');
    refused([], 'must be a JSON object');
    refused({ nbformat: 3, worksheets: [] }, 'nbformat must be 4, got 3');
    refused({ nbformat: 4 }, 'cells must be a list');
    refused({ nbformat: 4, cells: [{ cell_type: 'code', source: 3 }] }, 'cell 1: source must be text');
    refused(
      { nbformat: 4, cells: [{ cell_type: 'code', source: '', outputs: 3 }] },
      'cell 1: outputs must be a list',
    );
    refused({ nbformat: 4, cells: [{ cell_type: 'heading', source: '' }] }, 'cell 1: cell_type must be');
    refused(
      { nbformat: 4, cells: [{ cell_type: 'code', source: '', outputs: [{ output_type: 'x' }] }] },
      'cell 1: output_type must be',
    );
    refused(
      { nbformat: 4, cells: [1, 2].map(() => ({ cell_type: 'raw', id: 'same', source: '' })) },
      'cell ids must differ',
    );
    assert.throws(() => readNotebook(at('missing.ipynb')), /missing\.ipynb: cannot be read: ENOENT/);
  });

  test('a write that fails leaves the old file and nothing beside it', () => {
    const path = saved('kept.ipynb', code('1', 'a'));
    const before = readFileSync(path, 'utf8');
    const circular: Json = {};
    circular['self'] = circular;
    assert.throws(() => writeNotebook(path, { ...notebook(), metadata: circular }));
    assert.equal(readFileSync(path, 'utf8'), before);
    writeFileSync(at('a-file'), '');
    assert.throws(() => writeNotebook(at('a-file/x.ipynb'), notebook()), /cannot be written/);
    assert.deepEqual(
      readdirSync(folder.path).filter((name) => name.endsWith('.tmp')),
      [],
    );
  });
});

describe('outputs from messages', () => {
  const header = headerFactory();
  const collect = (...messages: [string, Json][]): CellOutputs => {
    const outputs = new CellOutputs(new Map() as DisplayRegistry);
    for (const [type, content] of messages) {
      outputs.add({ identities: [], header: header(type), parent: {}, metadata: {}, content, buffers: [] });
    }
    return outputs;
  };
  const print = (text: string, name = 'stdout'): [string, Json] => ['stream', { name, text }];

  test('neighbouring prints of one stream merge; a carriage return overwrites', () => {
    const { outputs } = collect(
      print('a'),
      print('b\n'),
      print('e', 'stderr'),
      print('1 %\r'),
      print('20 %\r'),
      print('done\n'),
    );
    assert.deepEqual(outputs, [
      { output_type: 'stream', name: 'stdout', text: 'ab\n' },
      { output_type: 'stream', name: 'stderr', text: 'e' },
      { output_type: 'stream', name: 'stdout', text: 'done\n' },
    ]);
  });

  test('prints in any pieces end as the whole text does: what is before the last carriage return of a line is gone', () => {
    const piece = fc.string({ unit: fc.constantFrom('a', 'b', '\r', '\n'), maxLength: 12 });
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1 }), (pieces) => {
        const { outputs } = collect(...pieces.map((text) => print(text)));
        const text = pieces.join('').replace(/[^\n]*\r(?=[^\r\n])/g, '');
        assert.deepEqual(outputs, [{ output_type: 'stream', name: 'stdout', text }]);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  test('a megabyte in one line, at once or in a thousand pieces, takes no minutes', () => {
    const kilobyte = 'x'.repeat(1000);
    for (const [pieces, end] of [
      [[kilobyte.repeat(1000)], '\r'],
      [Array<string>(1000).fill(kilobyte), '\r'],
      [[`${kilobyte.repeat(1000)}\r`], 'done'],
    ] as const) {
      const began = performance.now();
      const { outputs } = collect(...pieces.map((text) => print(text)), print(end));
      const took = performance.now() - began;
      assert.ok(took < 10_000, `${took} ms; half a second is usual`);
      assert.equal((outputs[0] as { text: string }).text, end === 'done' ? end : `${pieces.join('')}${end}`);
    }
  });

  test('clear_output at once, and waiting for the next output', () => {
    assert.equal(collect(print('a'), ['clear_output', { wait: false }]).outputs.length, 0);
    assert.equal(collect(print('a'), ['clear_output', { wait: true }]).outputs.length, 1);
    assert.deepEqual(collect(print('a'), ['clear_output', { wait: true }], print('b')).outputs, [
      { output_type: 'stream', name: 'stdout', text: 'b' },
    ]);
  });

  test('an update reaches every display with its id', () => {
    const data = (text: string): Json => ({
      data: { 'text/plain': text },
      metadata: {},
      transient: { display_id: 'd' },
    });
    const { outputs } = collect(
      ['display_data', data('1')],
      ['display_data', data('2')],
      ['update_display_data', data('3')],
    );
    assert.deepEqual(
      outputs.map((output) => (output as { data: Json }).data['text/plain']),
      ['3', '3'],
    );
  });
});

describe('parameters', () => {
  const source = notebook(
    code('0', 'first'),
    code("const seed = 1, steps: number = 100;\nlet name = 'a';", 'p', ['parameters']),
    code('seed', 'use'),
  );

  test('are injected after the tagged cell, widened, and replace an earlier injection', () => {
    const once = injectParameters(source, { seed: 2, name: 'b' }, 'n');
    assert.deepEqual(
      once.cells.map(({ id }) => id),
      ['first', 'p', 'injected-parameters', 'use'],
    );
    assert.equal(once.cells[2]!.source, 'const seed: number = 2;\nconst name: string = "b";');
    assert.deepEqual(once.cells[2]!.metadata, { tags: ['injected-parameters'] });
    const twice = injectParameters(once, { steps: 3 }, 'n');
    assert.equal(twice.cells.length, 4);
    assert.equal(twice.cells[2]!.source, 'const steps: number = 3;');
    assert.equal(injectParameters(source, {}, 'n'), source);
  });

  test('that the notebook does not have are refused by name', () => {
    assert.throws(
      () => injectParameters(source, { sead: 2 }, 'n'),
      new NotebookError('notebook n: no parameter sead; its parameters are seed, steps, name'),
    );
    assert.throws(
      () => injectParameters(notebook(code('1', 'a')), { seed: 2 }, 'n'),
      /it has no cell tagged `parameters`/,
    );
  });

  test('on the command line are JSON, or else text', () => {
    assert.deepEqual(parseParameter('seed=2'), { seed: 2 });
    assert.deepEqual(parseParameter('sizes=[1, 2]'), { sizes: [1, 2] });
    assert.deepEqual(parseParameter('backend=wasm'), { backend: 'wasm' });
    assert.throws(() => parseParameter('seed'), /parameter must be name=value, got seed/);
  });
});

describe('execution', () => {
  test('fills outputs and counts, keeps ids and metadata, updates earlier displays; equal runs give equal bytes', async () => {
    const path = saved(
      'full.ipynb',
      { cell_type: 'markdown', id: 'm', metadata: { a: 1 }, source: '# Title' },
      code('const seed = 1;', 'p', ['parameters']),
      code("const bar = display('start');", 'bar'),
      code('for (let i = 0; i < 600; i++) console.log(i);\nconsole.error("warned");\nseed + 40', 'out'),
      code(
        'bar.update(process.env["FULL"] ?? "short"); if (seed !== 2) throw new Error("injected too late");',
        'update',
      ),
    );
    const seen: Progress[] = [];
    const options = { parameters: { seed: 2 }, env: { FULL: '1' } };
    const first = await executeNotebook(path, { ...options, onProgress: (progress) => seen.push(progress) });
    assert.equal(first.failure, undefined);
    assert.deepEqual(first.notebook.cells[0], {
      cell_type: 'markdown',
      id: 'm',
      metadata: { a: 1 },
      source: '# Title',
    });
    assert.deepEqual(codeCell(first.notebook, 'bar').outputs, [
      { output_type: 'display_data', data: { 'text/plain': "'1'" }, metadata: {} },
    ]);
    const out = codeCell(first.notebook, 'out');
    assert.deepEqual(out.outputs.slice(1), [
      { output_type: 'stream', name: 'stderr', text: 'warned\n' },
      { output_type: 'execute_result', data: { 'text/plain': '42' }, metadata: {}, execution_count: 4 },
    ]);
    assert.equal((out.outputs[0] as { text: string }).text.split('\n').length, 601);
    assert.equal(out.execution_count, 4);
    assert.deepEqual(first.notebook.metadata['title'], 'kept');
    assert.deepEqual(first.notebook.metadata['kernelspec'], {
      name: 'emtd-lab',
      display_name: 'TypeScript (EMTD Lab)',
      language: 'typescript',
    });
    assert.equal((first.notebook.metadata['language_info'] as Json)['name'], 'typescript');
    assert.deepEqual(
      seen.map(({ cell, state }) => `${cell} ${state}`),
      [1, 2, 3, 4, 5].flatMap((cell) => [`${cell} running`, `${cell} done`]),
    );
    const second = await executeNotebook(path, options);
    assert.equal(formatNotebook(second.notebook), formatNotebook(first.notebook));
    assert.equal(readNotebook(path).cells.length, 5, 'the file is not touched');
  });

  test('stops at the first cell that fails', async () => {
    const path = saved('fails.ipynb', code('1', 'a'), code('throw new RangeError("no")', 'b'), {
      ...code('3', 'c'),
      execution_count: 9,
    });
    const { failure, notebook: stopped } = await executeNotebook(path);
    assert.deepEqual(
      [failure?.cell, failure?.id, failure?.ename, failure?.evalue],
      [2, 'b', 'RangeError', 'no'],
    );
    assert.equal(codeCell(stopped, 'b').outputs[0]!.output_type, 'error');
    assert.deepEqual([codeCell(stopped, 'c').execution_count, codeCell(stopped, 'c').outputs], [null, []]);
  });

  test('a cell over its time is interrupted and named', async () => {
    const { failure } = await executeNotebook(
      saved('slow.ipynb', code('1', 'warm'), code('while (true);', 'slow')),
      { timeout: 4 },
    );
    assert.deepEqual(
      [failure?.id, failure?.ename, failure?.evalue],
      ['slow', 'CellTimeout', 'the cell ran longer than 4 s'],
    );
  });

  test('a cell that ends its process, or the whole kernel, fails, and so does the notebook', async () => {
    const failureOf = async (victim: string): Promise<string[]> => {
      const source = `process.kill(process.${victim}, 'SIGKILL'); while (true);`;
      const { failure } = await executeNotebook(saved(`${victim}.ipynb`, code(source, 'a')));
      return [failure!.ename, failure!.evalue.split(/[;,]/)[0]!];
    };
    assert.deepEqual(await failureOf('pid'), ['KernelDied', 'the process of user code was killed (SIGKILL)']);
    assert.deepEqual(await failureOf('ppid'), ['KernelDied', 'the kernel process ended (SIGKILL)']);
  });

  test('an abort rejects with its reason and leaves no kernel behind', async () => {
    const abort = new AbortController();
    const path = saved(
      'long.ipynb',
      code(
        `require('node:fs').writeFileSync(${JSON.stringify(at('pid'))}, String(process.pid)); while (true);`,
        'a',
      ),
    );
    const running = executeNotebook(path, {
      signal: abort.signal,
      onProgress: () => {
        const waiting = setInterval(() => {
          if (!existsSync(at('pid'))) return;
          clearInterval(waiting);
          abort.abort(new Error('enough'));
        }, 50);
      },
    });
    await assert.rejects(running, /enough/);
    assert.equal(isAlive(Number(readFileSync(at('pid'), 'utf8'))), false);
  });

  test('a notebook of another language is refused before a kernel starts', async () => {
    const path = at('python.ipynb');
    writeNotebook(path, {
      ...notebook(),
      metadata: { kernelspec: { name: 'python3', language: 'python', display_name: 'Python' } },
    });
    await assert.rejects(
      executeNotebook(path),
      /its kernel is for python \(python3\), this one runs typescript/,
    );
    const kernel = startKernel(path);
    await assert.rejects(executeNotebook(path, { kernel }), /its kernel is for python/);
    assert.equal((await kernel).kernel.hasEnded, false, "the caller's own is left to the caller");
    await (await kernel).shutdown();
  });
});

describe('emtd run', () => {
  test('writes executed copies, keeps a failed notebook as it is in place, and says so in its exit code', async (t) => {
    t.mock.method(console, 'log', () => {});
    const errors = t.mock.method(console, 'error', () => {});
    t.mock.method(process.stderr, 'write', () => true);
    const good = saved('good.ipynb', code('const seed = 1;', 'p', ['parameters']), code('seed', 'a'));
    assert.equal(await main(['run', good, '--output', at('done'), '--param', 'seed=5']), 0);
    const [result] = codeCell(readNotebook(at('done/good.ipynb')), 'a').outputs;
    assert.deepEqual((result as { data: Json }).data, { 'text/plain': '5' });

    const bad = saved('bad.ipynb', code('const x: number = "y";', 'a'));
    const before = readFileSync(bad, 'utf8');
    assert.equal(await main(['run', bad, '--in-place']), 1);
    assert.equal(readFileSync(bad, 'utf8'), before);
    assert.match(
      String(errors.mock.calls.at(-1)?.arguments[0]),
      /code cell 1:\n {2}cell\[1\]:1:7 - error TS2322/,
    );

    assert.equal(await main(['run']), 2);
    assert.equal(await main(['run', good, '--timeout', '-1']), 2);
    assert.equal(await main(['run', at('missing.ipynb')]), 2);
    writeFileSync(at('broken.ipynb'), '{"cells": [');
    assert.equal(await main(['run', at('broken.ipynb')]), 1);
    assert.match(String(errors.mock.calls.at(-1)?.arguments[0]), /broken\.ipynb: is not JSON/);
    writeFileSync(at('no-folder'), '');
    assert.equal(await main(['run', good, '--output', at('no-folder/out')]), 1);
    assert.match(String(errors.mock.calls.at(-1)?.arguments[0]), /output folder .* cannot be written/);
    assert.ok(!existsSync('out/notebooks/broken.ipynb'));
  });
});
