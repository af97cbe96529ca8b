// Runs the readers in a child process, one test for each reader.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Found } from './child.js';

const child = fileURLToPath(new URL('./child.js', import.meta.url));

/** Of a thousand inputs, those for each reader. */
const shares: Readonly<Record<string, number>> = {
  'state, as text': 100,
  'state, sealed': 80,
  'state, handed over': 70,
  'samples to resume': 10,
  'state of a tempering': 10,
  notebook: 80,
  proofs: 90,
  'CAR file': 50,
  'DAG-CBOR block': 70,
  figure: 80,
  'connection file': 70,
  kernelspec: 5,
  'message on the wire': 60,
  'signed message': 40,
  'frames of the pipe': 20,
  verdicts: 35,
  'publication runs': 30,
  'earlier rows': 30,
  sentences: 30,
  traces: 30,
  CSV: 25,
  GraphML: 15,
};

/** @param seconds after which the child hangs */
export function fuzzAll({
  inputs,
  seconds,
  seed = process.env['EMTD_SEED'] ?? 'fuzz',
}: {
  inputs: number;
  seconds: number;
  seed?: string;
}): void {
  const plan = Object.fromEntries(
    Object.entries(shares).map(([name, share]) => [name, [0, Math.ceil((inputs * share) / 1000)] as const]),
  );
  const run = started(seed, plan, seconds);
  for (const [name, [, count]] of Object.entries(plan)) {
    test(`wrong inputs: ${name}`, async (t) => {
      const { found, fault } = await run;
      const one = found.find(({ reader }) => reader === name);
      if (!one) assert.fail(fault);
      const { inputs: made, read, refused, raw, escapes, slowest } = one;
      t.diagnostic(
        `${name}: ${made} inputs, ${read} read, ${refused} refused, ${raw.length} raw, ${escapes.length} escapes, the slowest ${slowest.toFixed(0)} ms`,
      );
      assert.deepEqual(raw, [], `${name}, seed ${seed}`);
      assert.deepEqual(escapes, [], `${name}, seed ${seed}`);
      assert.equal(made, count);
      assert.ok(slowest < 5000, `${name}: an input took ${slowest} ms`);
    });
  }
  test('wrong inputs: the process ends by itself and writes no file', async () =>
    assert.equal((await run).fault, ''));
}

async function started(
  seed: string,
  plan: object,
  seconds: number,
): Promise<{ found: Found[]; fault: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'emtd-fuzz-'));
  const [scratch, empty] = ['scratch', 'empty'].map((each) => join(folder, each));
  for (const each of [scratch, empty]) mkdirSync(each);
  try {
    const process_ = spawn(
      process.execPath,
      ['--max-old-space-size=1024', child, seed, scratch, JSON.stringify(plan)],
      { cwd: empty, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let [out, err] = ['', ''];
    process_.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    process_.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    const timer = setTimeout(() => process_.kill('SIGKILL'), seconds * 1000);
    const code = await new Promise((done) => process_.on('close', done));
    clearTimeout(timer);
    const found = out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Found);
    if (code === 0)
      return {
        found,
        fault: readdirSync(empty).length === 0 ? '' : `files were written: ${readdirSync(empty).join(', ')}`,
      };
    const how =
      code === null ? `hangs, or has not ended after ${seconds} s` : `ended with code ${String(code)}`;
    const at = readFileSync(join(scratch, 'place'), 'utf8').trim();
    return { found, fault: `the reader ${how} at input ${at} of seed ${seed}\n${err.slice(-2000)}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
