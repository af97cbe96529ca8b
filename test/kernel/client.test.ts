// The client when what it calls back throws.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { KernelClient } from '../../kernel/notebook/client.js';
import { run, startKernel } from './harness.js';

/** What is not answered would be waited for without end. */
const timeout = 20_000;
let kernel: KernelClient;
before(async () => (kernel = await startKernel()));
after(() => kernel.shutdown());

const lives = async (): Promise<void> => assert.equal((await run(kernel, '6 * 7')).result, '42');
const no = (): never => {
  throw new Error('no');
};

test('onQuestion: its request fails, and the cell that asked waits no longer', { timeout }, async () => {
  kernel.onQuestion = no;
  await assert.rejects(run(kernel, "prompt('anyone?')"), /^Error: no$/);
  kernel.onQuestion = undefined;
  await lives();
});

test('onOutput: its request fails', { timeout }, async () => {
  await assert.rejects(kernel.execute('1', no), /^Error: no$/);
  await lives();
});

test('a listener on iopub: the request that it heard of fails, others do not; without a request it is a warning', {
  timeout,
}, async () => {
  const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
  const stop = kernel.onIopub(({ header }) => header.msg_type === 'display_data' && no());
  await assert.rejects(kernel.execute("display('shown')"), /^Error: no$/);
  await lives();
  await run(kernel, "setTimeout(() => display('late'), 1000);");
  assert.equal((await warned).message, 'no');
  stop();
  await lives();
});
