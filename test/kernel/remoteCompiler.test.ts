// The compiler's thread when it fails.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { RemoteCompiler } from '../../kernel/front/remoteCompiler.js';
import { root } from './harness.js';

test('a compiler that cannot start says so once, and is tried again at the next request only', async () => {
  const logged: string[] = [];
  const data = { compiler: 'none' as never, folders: { root, folder: root }, prelude: true };
  const compiler = new RemoteCompiler(data, (line) => logged.push(line));
  while (logged.length === 0) await sleep(10);
  await sleep(500);
  assert.equal(logged.length, 1);
  assert.match(logged[0]!, /^the cell compiler has failed: TypeError: /);
  await assert.rejects(compiler.ask('isComplete', '1'), /the cell compiler has failed/);
  assert.equal(logged.length, 2);
});
