// The kernel in `jupyter console`: typed lines, results, errors, Ctrl-C in a loop, the end.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pythonsWith, skipWithout, startHost } from './python.js';

const found = pythonsWith('jupyter_console');
skipWithout(
  'the kernel is not tested in jupyter console',
  found.length > 0,
  'no Python here has jupyter_console (pip install jupyter_console, or Debian: apt-get install python3-jupyter-console)',
);

for (const python of found.length > 0 ? found : [undefined]) {
  const title = `jupyter console of ${python ?? 'any Python'}: results, output, type errors, Ctrl-C, variables kept`;
  test(title, { skip: !python, timeout: 120_000 }, () => talk(python!));
}

async function talk(python: string): Promise<void> {
  const host = startHost(python, ['-m', 'jupyter_console', '--kernel', 'emtd-lab', '--simple-prompt']);
  const type = (line: string): boolean => host.child.stdin.write(`${line}\n`);
  try {
    await host.says(/EMTD Lab [^]*In \[1\]: /);
    type('const a: number = 20;');
    type('a + 1');
    await host.says(/Out\[\d\]: 21/);
    type("console.log('printed', a)");
    await host.says('printed 20');
    type("const wrong: number = 'text';");
    await host.says("Type 'string' is not assignable to type 'number'");
    type("let n = 1; console.log('begun'); while (true) n++;");
    await host.says('begun');
    host.child.kill('SIGINT');
    await host.says('KeyboardInterrupt');
    type('n > 5 && a');
    await host.says(/Out\[\d\]: 20/);
    host.child.stdin.end();
    assert.equal(await host.ended(), 0, host.printed());
  } finally {
    host.child.kill('SIGKILL');
  }
}
