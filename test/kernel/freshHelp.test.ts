// Tab, Shift-Tab and `name?` where no cell has run yet: they know the lab's names, as cells do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { helpQuestion } from '../../kernel/front/help.js';
import type { KernelClient } from '../../kernel/notebook/client.js';
import { kernelCommand } from '../../kernel/notebook/kernelCommand.js';
import { run, startKernel } from './harness.js';

/** Whether each way of asking knows the lab. */
async function knows(
  kernel: KernelClient,
): Promise<Record<'completion' | 'inspection' | 'question', boolean>> {
  const completed = await kernel.request('shell', 'complete_request', { code: 'smallW', cursor_pos: 6 });
  const inspected = await kernel.request('shell', 'inspect_request', {
    code: 'ring(5)',
    cursor_pos: 2,
    detail_level: 0,
  });
  const { reply } = await run(kernel, 'ring?');
  const pages = (reply['payload'] ?? []) as { data: Record<string, string> }[];
  return {
    completion: (completed.content['matches'] as string[]).includes('smallWorld'),
    inspection: /^function ring\(.*\): Graph\n\n\S/.test(
      (inspected.content['data'] as Record<string, string>)['text/plain'] ?? '',
    ),
    question: pages[0]?.data['text/plain']?.startsWith('function ring(') === true,
  };
}

const all = { completion: true, inspection: true, question: true };
const none = { completion: false, inspection: false, question: false };

test('in a fresh kernel; after a restart of its process; in a kernel that is started again', async (t) => {
  const first = await startKernel();
  t.after(() => first.shutdown());
  assert.deepEqual(await knows(first), all);
  assert.equal((await run(first, 'process.exit()')).reply['ename'], 'ProcessExit');
  assert.deepEqual(await knows(first), all);
  await first.shutdown();
  const second = await startKernel();
  t.after(() => second.shutdown());
  assert.deepEqual(await knows(second), all);
});

test('with --no-prelude none is known before a cell switches the prelude on', async (t) => {
  const kernel = await startKernel({ argv: kernelCommand({ prelude: false }) });
  t.after(() => kernel.shutdown());
  assert.deepEqual(await knows(kernel), none);
  await run(kernel, '%prelude on\n1');
  assert.deepEqual(await knows(kernel), all);
});

test('`x?`, `x??`, `?x` and `??x` ask for help; conditional code does not', () => {
  for (const cell of ['Math.sin?', 'Math.sin??', '?Math.sin', ' ??Math.sin\n'])
    assert.equal(helpQuestion(cell), 'Math.sin', cell);
  for (const cell of ['x', '?', '??', '?x?', 'a ?? b', 'x???', 'a ? b : c', '?x y'])
    assert.equal(helpQuestion(cell), undefined, cell);
});
