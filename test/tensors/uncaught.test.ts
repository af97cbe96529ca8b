// The lab leaves uncaught errors as it found them: emscripten's loader, within tfjs's wasm backend, throws each anew.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

const engine = new URL('../../src/tensors/index.js', import.meta.url).href;
const plain = 'data:text/javascript,export const ready = async () => {};';

/** Node's own frames of a traceback are left out. */
function run(program: string, module: string): { status: number | null; stdout: string; stderr: string } {
  const code = `import { ready } from '${module}';\n${program}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
  return { status, stdout, stderr: stderr.replace(/^ +at .*\(node:internal.*\n/gm, '') };
}

for (const [what, program] of Object.entries({
  'a throw': "await ready(); throw new Error('mine');",
  'a throw in a timer': "await ready(); setTimeout(() => { throw new Error('mine'); }, 1);",
  'an unhandled rejection': "await ready(); Promise.reject(new TypeError('mine'));",
  'a rejection by something that is no error': "await ready(); Promise.reject('mine');",
  'a throw while the backend loads': "setImmediate(() => { throw new Error('mine'); }); await ready();",
})) {
  test(`${what} ends a program as it does without the lab`, () => {
    const withLab = run(program, engine);
    assert.match(withLab.stderr, /mine/);
    assert.deepEqual(withLab, run(program, plain));
  });
}

test('listeners of the program stay, also those that it adds while the backend loads', () => {
  const program = `
    const events = ['uncaughtException', 'unhandledRejection'];
    const early = () => {}, late = (reason) => { throw reason; };
    process.setMaxListeners(1000);
    for (const event of events) process.on(event, early);
    let turns = 0;
    const adding = setInterval(() => { turns++; for (const event of events) process.on(event, late); });
    await ready();
    clearInterval(adding);
    const count = (event, listener) => process.listeners(event).filter((one) => one === listener).length;
    console.log(JSON.stringify([turns, ...events.map((event) => [count(event, early), count(event, late), process.listenerCount(event)])]));`;
  const [turns, ...counts] = JSON.parse(run(program, engine).stdout) as [number, ...number[][]];
  assert.ok(turns > 0, 'the backend was there before the first turn of the event loop');
  assert.deepEqual(counts, [[1, turns, turns + 1], [1, turns, turns + 1]]);
});
