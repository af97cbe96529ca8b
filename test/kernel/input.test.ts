// prompt, confirm and alert: synchronous questions to the reader of the notebook.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { KernelClient } from '../../kernel/notebook/client.js';
import { assertInterrupted, run, startKernel } from './harness.js';

let kernel: KernelClient;
const questions: string[] = [];
const answering = (...answers: string[]): void => {
  questions.length = 0;
  kernel.onQuestion = (question) => {
    questions.push(question);
    return answers.shift() ?? '';
  };
};
before(async () => (kernel = await startKernel()));
after(() => kernel.shutdown());

test('prompt asks on stdin and returns what was typed, in the middle of synchronous code', async () => {
  answering('Ada', 'ünï😀');
  const { result } = await run(kernel, '[1, 2].map((i) => prompt(`name ${i}`))');
  assert.equal(result, "[ 'Ada', 'ünï😀' ]");
  assert.deepEqual(questions, ['name 1 ', 'name 2 ']);
});

test('an empty answer to prompt is the initial value', async () => {
  answering('', '');
  assert.equal((await run(kernel, "[prompt('a', 'b'), prompt('a')]")).result, "[ 'b', '' ]");
  assert.deepEqual(questions, ['a [b] ', 'a ']);
});

test('confirm is true for yes only; alert waits', async () => {
  answering('y', 'Yes', 'n', '', '');
  const { result } = await run(
    kernel,
    "[confirm('go?'), confirm('go?'), confirm('go?'), confirm('go?'), alert('look')]",
  );
  assert.equal(result, '[ true, true, false, false, undefined ]');
  assert.deepEqual([questions[0], questions.at(-1)], ['go? [y/N] ', 'look [Enter] ']);
});

test('without allow_stdin a question is an error that says so', async () => {
  kernel.onQuestion = undefined;
  const { reply } = await run(kernel, "prompt('anyone?')");
  assert.match(String(reply['evalue']), /takes no input \(allow_stdin is false\)/);
});

test('an interrupt ends the wait; a late answer disturbs nothing', async () => {
  let asked: (() => void) | undefined;
  const isAsked = new Promise<void>((resolve) => (asked = resolve));
  let answer: ((text: string) => void) | undefined;
  kernel.onQuestion = () => {
    asked!();
    return new Promise((resolve) => (answer = resolve));
  };
  const running = run(kernel, "let given = 'none'; given = prompt('first');");
  await isAsked;
  const began = performance.now();
  await kernel.interrupt();
  assertInterrupted(kernel, await running);
  assert.ok(performance.now() - began < 500, `${performance.now() - began} ms`);
  answer!('too late');
  await new Promise((resolve) => setTimeout(resolve, 50));
  answering('in time');
  assert.equal((await run(kernel, "given + ', ' + prompt('second')")).result, "'none, in time'");
});
