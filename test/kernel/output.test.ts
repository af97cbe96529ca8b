// Output at speed: complete, capped, bounded in memory, and under the cell that caused it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { KernelClient } from '../../kernel/notebook/client.js';
import { Ear, run, startKernel, startLab } from './harness.js';

let kernel: KernelClient;
before(async () => {
  kernel = await startLab();
  await run(
    kernel,
    "import { execSync } from 'node:child_process';\nconst sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));",
  );
});
after(() => kernel.shutdown());

/** Of a process so far, MB; Linux only. */
function peakMemory(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
}

test('20,000 printed lines arrive complete, before idle, in less than a second', async () => {
  const expected = Array.from({ length: 20_000 }, (_, i) => `line ${i}\n`).join('');
  const times: number[] = [];
  while (times.length < 4 && !times.some((time) => time < 1000)) {
    const began = performance.now();
    const { stdout, order } = await run(kernel, 'for (let i = 0; i < 20000; i++) console.log(`line ${i}`);');
    times.push(performance.now() - began);
    assert.ok(stdout === expected, `${stdout.length} of ${expected.length} characters`);
    assert.equal(order.at(-1), 'status:idle');
  }
  assert.ok(Math.min(...times) < 1000, `${times.map(Math.round).join(', ')} ms`);
});

test('100 MB of output is capped at 10 MB with a line that says so; the memory stays bounded', async () => {
  const pid = kernel.kernel.child.pid!;
  const before = peakMemory(pid);
  const { stdout, result } = await run(
    kernel,
    "const long = 'x'.repeat(999);\nfor (let i = 0; i < 100000; i++) console.log(long);\nprocess.memoryUsage().rss / 1e6",
  );
  const [text, notice] = stdout.split('\noutput capped at ');
  assert.ok(Math.abs(text!.length - 10e6) < 1000, `${text!.length} characters`);
  assert.match(notice!, /^10 MB .*EMTD_OUTPUT_LIMIT/);
  assert.ok(Number(result) < 400, `the back has ${result} MB`);
  if (before !== undefined)
    assert.ok(peakMemory(pid)! - before < 300, `the front took ${peakMemory(pid)! - before} MB more`);
  assert.equal((await run(kernel, "console.log('next')")).stdout, 'next\n');
});

test('a synchronous loop cannot outrun the front: what it shows waits in the loop, not in memory', async () => {
  const { result, messages } = await run(
    kernel,
    `const shown = display('');
    const big = { [Symbol.for('Jupyter.display')]: () => ({ 'text/plain': 'y'.repeat(1e6) }) };
    for (let i = 0; i < 100; i++) shown.update(big); // what a queue under way and the collector need
    const mostBefore = process.resourceUsage().maxRSS;
    for (let i = 0; i < 300; i++) shown.update(big);
    (process.resourceUsage().maxRSS - mostBefore) / 1024`,
  );
  assert.equal(messages.filter(({ header }) => header.msg_type === 'update_display_data').length, 400);
  assert.ok(Number(result) < 150, `300 MB shown took ${result} MB`);
});

test('displays are capped at 100 MB with a line that says so, the result too; the cell goes on', async () => {
  const { result, stdout, stderr, messages } = await run(
    kernel,
    `const heavy = { [Symbol.for('Jupyter.display')]: () => ({ 'text/plain': 'z'.repeat(3e7) }) };
    for (let i = 0; i < 10; i++) display(heavy);
    console.log('through');
    heavy`,
  );
  assert.equal(messages.filter(({ header }) => header.msg_type === 'display_data').length, 4);
  assert.deepEqual([result, stdout, stderr], [undefined, 'through\n', 'displays capped at 100 MB\n']);
  assert.equal(
    (await run(kernel, "display('next'); 1")).order.filter((type) => type === 'display_data').length,
    1,
  );
});

test('what a cell prints after its end belongs to it, whatever runs meanwhile', async () => {
  const ear = new Ear(kernel);
  await run(
    kernel,
    "setTimeout(() => console.log('late'), 60); void sleep(60).then(() => console.error('later'));",
  );
  const [first] = ear.messages;
  const { stdout, stderr, reply } = await run(kernel, "await sleep(150); console.log('second')");
  assert.deepEqual([stdout, stderr, reply['status']], ['second\n', '', 'ok']);
  assert.deepEqual(
    ['stdout', 'stderr'].map((name) => ear.printed(first!.parent.msg_id!, name)),
    ['late\n', 'later\n'],
  );
  ear.stop();
});

test('what child processes and native code print shows in the cell, before idle', async () => {
  for (let i = 0; i < 10; i++) {
    const { stdout, stderr } = await run(kernel, "execSync('echo out; echo err >&2', { stdio: 'inherit' });");
    assert.deepEqual([stdout, stderr], ['out\n', 'err\n']);
  }
});

test('text in pieces of its bytes arrives whole', async () => {
  const { stdout } = await run(
    kernel,
    "for (const byte of Buffer.from('héllo 😀\\n')) process.stdout.write(Buffer.from([byte]));",
  );
  assert.equal(stdout, 'héllo 😀\n');
});

test('EMTD_OUTPUT_LIMIT sets the cap, for child processes too; clearing the output gives room again', async () => {
  const small = await startKernel({ env: { EMTD_OUTPUT_LIMIT: '0.001' } });
  const capped = await run(small, "console.log('a'.repeat(5000)); console.log('b');");
  assert.match(capped.stdout, /^a{1000}\noutput capped at 0.001 MB .*\n$/);
  const child = await run(
    small,
    "import { execSync } from 'node:child_process'; execSync('yes | head -c 9000', { stdio: 'inherit' });",
  );
  assert.match(child.stdout, /^(y\n){500}\noutput capped at 0.001 MB .*\n$/);
  const cleared = await run(
    small,
    "console.log('a'.repeat(900)); clearOutput(); console.log('c'.repeat(900));",
  );
  assert.match(cleared.stdout, /^a{900}\nc{900}\n$/);
  await small.shutdown();
});

test('the cap follows EMTD_OUTPUT_LIMIT, which must be a number', () => {
  const limits = new URL('../../kernel/wire/outputLimit.js', import.meta.url).href;
  const told = (value: string): string => {
    const script = `import(${JSON.stringify(limits)}).then(({ OutputLimit }) => console.log(new OutputLimit().dropped()))`;
    const env = { ...process.env, EMTD_OUTPUT_LIMIT: value };
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { env, encoding: 'utf8' });
    return stdout + stderr;
  };
  assert.match(told('250'), /^displays capped at 250 MB$/m);
  assert.match(told('1'), /^displays capped at 100 MB$/m);
  for (const wrong of ['abc', '-1', ' ']) {
    assert.match(
      told(wrong),
      new RegExp(`EMTD_OUTPUT_LIMIT: must be a number of megabytes, at least 0, got "${wrong}"`),
    );
  }
});
