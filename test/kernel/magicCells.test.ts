// Magics and the prelude in a real kernel.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { KernelClient } from '../../kernel/notebook/client.js';
import { kernelCommand } from '../../kernel/notebook/kernelCommand.js';
import { run, startKernel, temporaryFolder, traceback } from './harness.js';

const folder = temporaryFolder(); // far from the checkout: the lab comes with the kernel
let kernel: KernelClient;
before(async () => {
  kernel = await startKernel({ folder: folder.path });
});
after(async () => {
  await kernel.shutdown();
  folder.remove();
});

test('the lab, tf and figures need no import', async () => {
  const ran = await run(
    kernel,
    'const graph = ring(12); await tensors.ready(); [graph.edgeCount, tf.tensor1d([1, 2]).square().dataSync()[1]]',
  );
  assert.equal(ran.result, '[ 12, 4 ]', ran.stderr);
  assert.equal((await run(kernel, 'ring("many")')).reply['ename'], 'TS2345');
});

test('%prelude off takes that away, on brings it back; --no-prelude starts without', async () => {
  assert.equal((await run(kernel, '%prelude off\ntorus(3, 3).nodeCount')).reply['ename'], 'TS2304');
  assert.equal((await run(kernel, "import { torus } from 'emtd-lab';\ntorus(3, 3).nodeCount")).result, '9');
  assert.equal((await run(kernel, '%prelude on\ncomplete(4).edgeCount')).result, '6');
  const bare = await startKernel({ folder: folder.path, argv: [...kernelCommand(), '--no-prelude'] });
  assert.equal((await run(bare, 'ring(12)')).reply['ename'], 'TS2304');
  await bare.shutdown();
});

test('%time says how long the cell took', async () => {
  const ran = await run(kernel, '%time\nawait new Promise<void>((resolve) => setTimeout(resolve, 300)); 5');
  const [, seconds] = /^took ([\d.]+) s\n$/.exec(ran.stdout) ?? [];
  assert.ok(Number(seconds) >= 0.3 && Number(seconds) < 30, ran.stdout);
  assert.equal(ran.result, '5');
});

test('%types off lets a cell run that does not fit, until it is on again', async () => {
  assert.equal((await run(kernel, '%types off\nconst s: string = 5; s')).result, '5');
  assert.equal((await run(kernel, 'const n: number = "five"; n')).result, "'five'");
  const ran = await run(kernel, '%types on\n\nconst n: number = "five";');
  assert.match(traceback(ran), /cell\[\d+\]:3:7 - error TS2322/);
});

test('%seed is the seed of samplings without one; %backend sets the backend', async () => {
  const last =
    'const energy = hamiltonian(ring(6), [interaction()]);\nconst samples = (options: object) => sample(langevin(energy, { temperature: 1, timeStep: 0.05 }), { chains: 2, steps: 5, ...options });';
  await run(kernel, last);
  const same = await run(
    kernel,
    '%seed 7\nString((await samples({})).states.at(-1)) === String((await samples({ seed: 7 })).states.at(-1))',
  );
  assert.equal(same.result, 'true', String(same.reply['evalue']));
  assert.equal((await run(kernel, '%backend cpu\ntensors.backendName()')).stdout, 'cpu\n');
  assert.equal((await run(kernel, '%backend')).stdout, 'cpu\n');
});

test('%claims shows what this session has measured', async () => {
  const { messages: none, stdout } = await run(kernel, '%claims');
  assert.equal(
    none.some(({ header }) => header.msg_type === 'display_data'),
    false,
  );
  assert.equal(stdout, 'this session has measured no claim\n');
  await run(kernel, "check('EMTD-0.1')");
  const { messages } = await run(kernel, '%claims');
  assert.match(
    JSON.stringify(messages.find(({ header }) => header.msg_type === 'display_data')?.content),
    /EMTD-0\.1/,
  );
});

test('%names searches the lab; `name?` of an unknown name says which are near', async () => {
  const found = (await run(kernel, '%names lattice')).stdout.split('\n');
  assert.match(found[0]!, /^exact\.latticeFront/, 'names first');
  assert.ok(
    found.some((line) => /^torus +The square lattice/.test(line)),
    found.join('\n'),
  );
  assert.equal((await run(kernel, '%names ring\n1 + 1')).result, '2');
  assert.match((await run(kernel, '%names smalWorl')).stdout, /did you mean smallWorld\?/);
  assert.match(
    String((await run(kernel, 'smalWorld?')).reply['evalue']),
    /^smalWorld\?: nothing is known of smalWorld; did you mean smallWorld\?$/,
  );
  assert.match((await run(kernel, '%names ringIsign')).stdout, /did you mean exact\.ringIsing\?/);
  assert.match(
    String((await run(kernel, 'ringIsing({})')).reply['evalue']),
    /Did you mean 'exact\.ringIsing'\?/,
  );
  assert.match(String((await run(kernel, 'spinField?')).reply['evalue']), /see randomSpins, fieldFrom/);
  const pages = (await run(kernel, 'energyOf?')).reply['payload'] as { data: Record<string, string> }[];
  assert.match(pages[0]!.data['text/plain']!, /observe\(samples, energyOf\(energy\)\)/);
  assert.match((await run(kernel, '%prelude off\n%names ring')).stdout, /prelude is off/);
  await run(kernel, '%prelude on\n0');
});

test('%reset forgets variables and their types, in a fresh process', async () => {
  const pid = (await run(kernel, 'const kept = 1; process.pid')).result;
  const ran = await run(kernel, '%reset\nprocess.pid');
  assert.equal(ran.reply['status'], 'ok');
  assert.notEqual(ran.result, pid);
  assert.equal((await run(kernel, 'kept')).reply['ename'], 'TS2304');
});

test('an unknown magic says which there are', async () => {
  const ran = await run(kernel, '%matplotlib inline');
  assert.equal(ran.reply['ename'], 'BadMagic');
  assert.match(traceback(ran), /%time/);
});

test("the lab's tensors need no waiting for their engine", async () => {
  const fresh = await startKernel({ folder: folder.path });
  assert.equal((await run(fresh, 'tf.tensor1d([1, 2]).square().dataSync()[1]')).result, '4');
  await fresh.shutdown();
});
