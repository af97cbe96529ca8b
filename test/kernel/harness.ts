// What the kernel's tests share: a real kernel process, and a cell run with everything that came back.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KernelClient, type ExecuteRequest } from '../../kernel/notebook/client.js';
import type { KernelOptions } from '../../kernel/notebook/kernelProcess.js';
import { type Json, type Message, encode } from '../../kernel/wire/message.js';

/** The checkout: cells in it know the lab by its own name. */
export const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

export function startKernel(options: KernelOptions = {}): Promise<KernelClient> {
  return KernelClient.start({ folder: root, ...options });
}

/** With the lab in use: its modules are loaded, its tensors have started. */
export async function startLab(options: KernelOptions = {}): Promise<KernelClient> {
  const kernel = await startKernel(options);
  const { result, reply } = await run(kernel, 'ring(5).nodeCount');
  if (result !== '5') throw new Error(`ring(5) gave ${JSON.stringify(reply)}`);
  return kernel;
}

export interface Ran {
  /** The reply's content. */
  reply: Json;
  /** iopub messages in order, as `type` or `status:busy`. */
  order: string[];
  messages: Message[];
  stdout: string;
  stderr: string;
  /** text/plain of the result. */
  result: string | undefined;
}

export async function run(kernel: KernelClient, code: string, options: ExecuteRequest = {}): Promise<Ran> {
  const messages: Message[] = [];
  const reply = await kernel.execute(code, (message) => messages.push(message), options);
  return { reply: reply.content, messages, ...summary(messages) };
}

function summary(messages: readonly Message[]): Pick<Ran, 'order' | 'stdout' | 'stderr' | 'result'> {
  const of = (type: string): Json[] =>
    messages.filter(({ header }) => header.msg_type === type).map(({ content }) => content);
  const printed = (name: string): string =>
    of('stream')
      .filter((content) => content['name'] === name)
      .map((content) => content['text'])
      .join('');
  const result = of('execute_result')[0]?.['data'] as Json | undefined;
  return {
    order: messages.map(({ header, content }) =>
      header.msg_type === 'status' ? `status:${String(content['execution_state'])}` : header.msg_type,
    ),
    stdout: printed('stdout'),
    stderr: printed('stderr'),
    result: result?.['text/plain'] as string | undefined,
  };
}

/** The cell was interrupted; else the error has the whole reply, and what the kernel has logged. */
export function assertInterrupted(kernel: KernelClient, { reply }: Ran): void {
  const found = `${JSON.stringify(reply)}\n${kernel.kernel.diagnostics}`;
  assert.equal(reply['ename'], 'KeyboardInterrupt', found);
}

export function traceback({ reply }: Ran): string {
  return (reply['traceback'] as string[]).join('\n');
}

/**
 * Resolves when the running cell has printed the text: the moment to interrupt it. Rejects when it has not in
 * a minute.
 */
export function printed(kernel: KernelClient, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let seen = '';
    const end = (settle: () => void): void => {
      clearTimeout(late);
      stop();
      settle();
    };
    const late = setTimeout(
      () => end(() => reject(new Error(`'${text}' was not printed within a minute, but: ${seen}`))),
      60_000,
    );
    const stop = kernel.onIopub(({ header, content }) => {
      if (header.msg_type === 'error') seen += `\n${(content['traceback'] as string[]).join('\n')}`;
      if (header.msg_type !== 'stream') return;
      seen += String(content['text']);
      if (seen.includes(text)) end(resolve);
    });
  });
}

/** A folder that is gone after the test file. */
export function temporaryFolder(prefix = 'emtd test '): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), prefix));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Resolves when the process has gone; rejects after the deadline. */
export async function gone(pid: number, deadline = 10_000): Promise<void> {
  const began = performance.now();
  while (isAlive(pid)) {
    if (performance.now() - began > deadline) throw new Error(`process ${pid} is still there`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Everything on iopub from now on, and a way to wait for some of it. */
export class Ear {
  readonly messages: Message[] = [];
  readonly stop: () => void;
  readonly #waiting = new Set<() => void>();

  constructor(kernel: KernelClient) {
    this.stop = kernel.onIopub((message) => {
      this.messages.push(message);
      for (const look of this.#waiting) look();
    });
  }

  /** The first message, heard already or to come, that is what is wanted. */
  async hear(isWanted: (message: Message) => boolean, deadline = 10_000): Promise<Message> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`not heard within ${deadline} ms: ${String(isWanted)}`));
      }, deadline);
      const look = (): void => {
        const found = this.messages.find(isWanted);
        if (!found) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** What was printed under a request, so far. */
  printed(request: string, name = 'stdout'): string {
    return this.messages
      .filter(
        ({ header, parent, content }) =>
          header.msg_type === 'stream' && parent.msg_id === request && content['name'] === name,
      )
      .map(({ content }) => content['text'])
      .join('');
  }
}

/** Sends a message that has no reply; returns its id. */
export async function tell(
  kernel: KernelClient,
  type: string,
  content: Json,
  buffers: Uint8Array[] = [],
): Promise<string> {
  const message = { ...kernel.message(type, content), buffers };
  await kernel.sendRaw('shell', encode(message, kernel.kernel.connection.connection.key));
  return message.header.msg_id;
}

export const isIdle =
  (request: string) =>
  ({ header, parent, content }: Message): boolean =>
    header.msg_type === 'status' && parent.msg_id === request && content['execution_state'] === 'idle';
