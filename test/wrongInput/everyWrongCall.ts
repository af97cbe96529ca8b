// Runs the wrong calls in child processes; a child that stops answering is ended, and another goes on behind
// that call.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export type Verdict = 'named' | 'silent' | 'raw' | 'hang' | 'crash';
export interface Judged {
  name: string;
  room: string;
  path: string;
  what: string;
  verdict: Verdict;
  message?: string;
  ms?: number;
}
export interface Outcome {
  judged: Judged[];
  unreached: string[];
  broken: string[];
  leftOut: number;
}
interface Line extends Partial<Judged> {
  start?: number;
  end?: number;
  done?: boolean;
  unreached?: string[];
  broken?: string;
  when?: string;
  leftOut?: number;
}

const child = fileURLToPath(new URL('child.js', import.meta.url));
const longest = 10_000; // milliseconds for one call

/** Every wrong call, judged. */
export async function everyWrongCall(parts = 2): Promise<Outcome> {
  const outcome: Outcome = { judged: [], unreached: [], broken: [], leftOut: 0 };
  const folder = mkdtempSync(join(tmpdir(), 'wrong-input-'));
  try {
    await Promise.all(
      Array.from({ length: parts }, async (_, part) => {
        let from = 0;
        while (from >= 0) from = await onePart(part, parts, from, folder, outcome);
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return outcome;
}

/** From which call on another child must go on; -1 after the last. */
async function onePart(
  part: number,
  parts: number,
  from: number,
  folder: string,
  outcome: Outcome,
): Promise<number> {
  const worker = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--max-old-space-size=1024',
      child,
      `${part}`,
      `${parts}`,
      `${from}`,
    ],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] },
  );
  let now: (Line & { start: number }) | undefined;
  let [isDone, isLate, errors] = [false, false, ''];
  let timer: NodeJS.Timeout | undefined;
  worker.stderr!.on('data', (text: Buffer) => {
    errors = (errors + text.toString()).slice(-2000);
  });
  for await (const text of createInterface({ input: worker.stdio[3] as Readable })) {
    const line = JSON.parse(text) as Line;
    clearTimeout(timer);
    if (line.unreached) outcome.unreached = line.unreached;
    if (line.broken) outcome.broken.push(`${line.broken}, ${line.when}: ${line.message ?? ''}`);
    outcome.leftOut += line.leftOut ?? 0;
    if (line.done) isDone = true;
    if (line.start !== undefined) {
      now = { ...line, start: line.start };
      timer = setTimeout(() => {
        isLate = true;
        worker.kill('SIGKILL');
      }, longest);
    }
    if (line.end !== undefined && now) {
      outcome.judged.push(judged(now, line.verdict!, line));
      now = undefined;
    }
  }
  clearTimeout(timer);
  if (isDone) return -1;
  if (!now) throw new Error(`wrongInput: the child ended between two calls: ${errors}`);
  const settles = !isLate && worker.exitCode === 13; // node's code for an await that nothing will end
  outcome.judged.push(
    judged(now, isLate || settles ? 'hang' : 'crash', {
      message: settles ? 'a promise that never settles' : errors,
    }),
  );
  return now.start;
}

const judged = ({ name, room, path, what }: Line, verdict: Verdict, { message, ms }: Line): Judged => ({
  name: name!,
  room: room!,
  path: path!,
  what: what!,
  verdict,
  message,
  ms,
});
