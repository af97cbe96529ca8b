// The lab leaves uncaught errors as it found them: emscripten's loader, within tfjs's wasm backend, throws
// each anew.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

const engine = new URL('../../src/tensors/index.js', import.meta.url).href;
const plain = 'data:text/javascript,export const ready = async () => {};';

/** Node's own frames of a traceback are left out. */
function run(program: string, module: string): { status: number | null; stdout: string; stderr: string } {
  const code = `import { ready } from '${module}';\n${program}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr: stderr.replace(/^ +at .*\(node:internal.*\n/gm, '') };
}

for (const [what, program] of Object.entries({
  'a throw': "await ready(); throw new Error('mine');",
  'a throw in a timer': "await ready(); setTimeout(() => { throw new Error('mine'); }, 1);",
  'an unhandled rejection': "await ready(); Promise.reject(new TypeError('mine'));",
  'a rejection by something that is no error': "await ready(); Promise.reject('mine');",
  'a throw after the first turn': "setImmediate(() => { throw new Error('mine'); }); await ready();",
})) {
  test(`${what} ends a program as it does without the lab`, () => {
    const withLab = run(program, engine);
    assert.match(withLab.stderr, /mine/);
    assert.deepEqual(withLab, run(program, plain));
  });
}

test('listeners of the program stay, and the backend adds none', () => {
  const program = `
    const events = ['uncaughtException', 'unhandledRejection'];
    const early = () => {};
    for (const event of events) process.on(event, early);
    const lab = await import('${engine}');
    await lab.ready();
    console.log(JSON.stringify(events.map((event) => [process.listeners(event).includes(early), process.listenerCount(event)])));`;
  assert.deepEqual(JSON.parse(run(program, plain).stdout), [
    [true, 1],
    [true, 1],
  ]);
});
