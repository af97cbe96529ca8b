// Which process a kernel takes for its parent, on made-up platforms; the real thing is in lifecycle.test.ts.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { watchParent } from '../../kernel/front/orphan.js';

const platform = Object.getOwnPropertyDescriptor(process, 'platform')!;
afterEach(() => {
  Object.defineProperty(process, 'platform', platform);
  delete process.env['JPY_PARENT_PID'];
});

test('on Windows JPY_PARENT_PID is a handle: the parent is the process that started this one', (t) => {
  Object.defineProperty(process, 'platform', { value: 'win32' });
  process.env['JPY_PARENT_PID'] = '876';
  let look: () => void = () => assert.fail('nobody is watched');
  t.mock.method(globalThis, 'setInterval', (call: () => void) => {
    look = call;
    return 7;
  });
  const stopped = t.mock.method(globalThis, 'clearInterval', () => {});
  let isThere = true;
  const asked = new Set<number>();
  t.mock.method(process, 'kill', (pid: number) => {
    asked.add(pid);
    if (!isThere) throw Object.assign(new Error('kill ESRCH'), { code: 'ESRCH' });
    return true;
  });
  let orphaned = 0;
  watchParent(() => orphaned++);
  look();
  look();
  assert.deepEqual([[...asked], orphaned], [[process.ppid], 0]);
  isThere = false;
  look();
  assert.deepEqual([orphaned, stopped.mock.calls.map(({ arguments: [timer] }) => timer)], [1, [7]]);
});

test('without JPY_PARENT_PID nobody is watched', (t) => {
  const watched = t.mock.method(globalThis, 'setInterval');
  watchParent(() => assert.fail('no parent was named'));
  assert.equal(watched.mock.callCount(), 0);
});
