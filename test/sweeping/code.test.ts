// What counts as code: an edit to the function does, one to a comment, a type or the sweep does not.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { codeOf } from '../../src/sweeping/code.js';
import { folderFor, write } from './folder.js';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const helper = 'export const scale = 2;\n';
const base = `import { scale } from './helper.mjs';
import { sweep, seeds, sweeping } from 'emtd-lab';
const offset = 1;
export function walk({ steps }) {
  return { x: steps * scale + offset };
}
export const runs = sweep({ name: 'walk', over: { steps: [1, 2] }, run: walk, module: import.meta.url });
console.log(await runs.here());
`;

function codes(t: TestContext, name = 'walk.mjs') {
  const folder = folderFor(t);
  return (text: string, help = helper): string => {
    write(folder, 'helper.mjs', help);
    return codeOf(write(folder, name, text), 'walk');
  };
}

test('comments, blank lines and the sweep itself do not count', (t) => {
  const code = codes(t);
  const before = code(base);
  const same = {
    'a comment': base.replace('const offset = 1;', '/** The offset. */\nconst offset /* 1 */ = 1; // here'),
    'blanks within a line': base.replace('steps * scale', 'steps  *  scale'),
    'the values': base.replace('[1, 2]', '[1, 2, 3]'),
    'a name that only the sweep uses': base.replace('sweep, seeds,', 'sweep, seeds, table,'),
    'a rule of the sweep': base.replace(
      'over: {',
      "until: sweeping.until({ of: 'x', halfWidth: 1 }), over: {",
    ),
    'what is done with the results': base.replace('console.log(', 'console.warn('),
  };
  for (const [what, text] of Object.entries(same)) assert.equal(code(text), before, what);
  assert.equal(code(base, `// a helper\n${helper}`), before, 'a comment in an imported file');
});

test('the function and what it uses count', (t) => {
  const code = codes(t);
  const before = code(base);
  const other = {
    'the function': base.replace('* scale', '/ scale'),
    'a constant': base.replace('offset = 1', 'offset = 2'),
    'a name imported instead of another': base.replace('{ scale }', '{ size as scale }'),
    'the end of a line, which ends a statement': base.replace('return {', 'return\n{'),
    'a statement that acts': `${base}globalThis.x = 1;\n`,
  };
  for (const [what, text] of Object.entries(other)) assert.notEqual(code(text), before, what);
  assert.notEqual(code(base, 'export const scale = 3;\n'), before, 'an imported file');
});

test('where the run depends on the sweep, the whole module counts', (t) => {
  const code = codes(t);
  const text = base.replace('steps * scale', 'steps * scale * runs.name.length');
  assert.notEqual(code(text), code(text.replace('[1, 2]', '[1, 2, 3]')));
});

test('of a run that the module of the sweep imports, the sweep does not count', (t) => {
  const code = codes(t);
  const text =
    "import { sweep } from 'emtd-lab';\nimport { walk } from './helper.mjs';\nexport const runs = sweep({ name: 'walk', over: { steps: [1] }, run: walk, module: import.meta.url });\n";
  const walk = 'export const walk = ({ steps }) => ({ x: steps });\n';
  const before = code(text, walk);
  assert.equal(code(text.replace('[1]', '[1, 2]'), walk), before);
  assert.notEqual(code(text, walk.replace('x: steps', 'x: -steps')), before);
});

test('a property named sweep is no use of it', (t) => {
  const code = codes(t);
  const text = base.replace('const offset = 1;', 'const offset = 1;\nconst all = {};\nall.sweep = 1;');
  assert.notEqual(code(text), code(text.replace('all.sweep = 1', 'all.sweep = 2')));
});

test('types do not count', (t) => {
  const code = codes(t, 'walk.mts');
  assert.equal(
    code(base.replace('({ steps })', '({ steps }: { steps: number })')),
    code(base.replace('({ steps })', '({ steps }: { readonly steps: number }): { x: number }')),
  );
});

test('a package counts by its version, and must be there', (t) => {
  const folder = folderFor(t);
  const file = write(
    folder,
    'walk.mjs',
    "import { f } from 'some';\nexport const walk = () => ({ x: f() });\n",
  );
  assert.throws(() => codeOf(file, 'walk'), /no package some is installed/);
  mkdirSync(join(folder, 'node_modules', 'some'));
  const of = (version: string): string => {
    write(folder, 'node_modules/some/package.json', JSON.stringify({ version }));
    return codeOf(file, 'walk');
  };
  assert.notEqual(of('1.0.0'), of('1.0.1'));
});

test('an import that cannot be known is refused', (t) => {
  const code = codes(t);
  assert.throws(
    () => code(`${base}await import(globalThis.x);\n`),
    /an import in .*walk.mjs has no fixed name/,
  );
  assert.throws(
    () => code(base.replace('./helper.mjs', './gone.mjs')),
    /cannot follow the import of "\.\/gone.mjs"/,
  );
  assert.throws(() => code('export const walk = ('), /sweep: cannot read the code of .*walk.mjs/);
});
