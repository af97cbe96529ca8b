import { after, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const traces = fileURLToPath(new URL('../../src/reference/originalTraces.json', import.meta.url));
const entry = JSON.stringify(new URL('../../src/cli/main.js', import.meta.url).href);
const script = `const { main } = await import(${entry});
process.exitCode = await main(['reference', ...process.argv.slice(1)]);`;

const folder = mkdtempSync(join(tmpdir(), 'emtd-reference-'));
after(() => rmSync(folder, { recursive: true }));

function emtdReference(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', script, '--', ...args],
    { encoding: 'utf8' },
  );
  return { stdout, stderr, status };
}

function fileWith(content: unknown): string {
  const path = join(folder, 'traces.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function fails(status: number, stderr: RegExp, ...args: string[]): void {
  const result = emtdReference(...args);
  assert.match(result.stderr, stderr);
  assert.match(result.stderr, /^emtd reference: [^\n]+\n$/, 'one line');
  assert.deepEqual([result.status, result.stdout], [status, '']);
}

test('--replay --json prints the runs in the order of the file, and nothing else', () => {
  const { stdout, stderr, status } = emtdReference('--replay', traces, '--json');
  const recorded = (JSON.parse(readFileSync(traces, 'utf8')) as Record<string, unknown>[]).map(
    ({ steps, final, stateAfterSweep }) => ({ steps, final, stateAfterSweep }),
  );
  assert.deepEqual(JSON.parse(stdout), recorded);
  assert.deepEqual([stderr, status], ['', 0]);
});

test('--replay compares with the record; a run unlike it is shown and fails', () => {
  const { stdout, status } = emtdReference('--replay', traces);
  assert.equal(stdout.match(/ match$/gm)?.length, 18);
  assert.equal(status, 0);

  const [first, second, { nodes, signal, decay, neighbors, uniforms }] = JSON.parse(
    readFileSync(traces, 'utf8'),
  ) as Record<string, unknown>[];
  const third = { nodes, signal, decay, neighbors, uniforms };
  const changed = emtdReference('--replay', fileWith([first, { ...second, steps: 7 }, third]));
  const verdicts = changed.stdout.match(/(?<=\) +)(match|mismatch: steps|none)$/gm);
  assert.deepEqual(verdicts, ['match', 'mismatch: steps', 'none']);
  assert.equal(changed.stderr, 'emtd reference: 1 of 3 runs differ from their record\n');
  assert.equal(changed.status, 1);
});

test('--runs counts the outcomes with their intervals', () => {
  const options = ['--runs', '200', '--signal', '10', '--nodes', '30', '--decay', '0.9', '--seed', 'seven'];
  const printed = JSON.parse(emtdReference(...options, '--json').stdout);
  const { injected, outcomes, intervals, stepCounts, ...run } = printed;
  assert.equal(outcomes.agreed + outcomes.allZero + outcomes.split, 200);
  const { runs, signal, nodeCount, decay, seed } = run;
  assert.deepEqual([runs, signal, nodeCount, decay, seed], [200, 10, 30, 0.9, 'seven']);
  assert.ok(intervals.injected[0] < injected / 200 && injected / 200 < intervals.injected[1]);
  assert.equal(intervals.steps.length, stepCounts.length);

  const { stdout, stderr, status } = emtdReference(...options);
  const share = (injected / 200).toFixed(4);
  assert.match(stdout, new RegExp(`^node 0 takes the signal +${injected} +${share} `, 'm'));
  assert.match(stdout, new RegExp(`^all zero: the signal is lost +${outcomes.allZero} `, 'm'));
  assert.match(stdout, new RegExp(`^"crystallized in 1 steps" +${stepCounts[1]} `, 'm'));
  assert.match(stdout, new RegExp(`: ${run.predictedInjection.toFixed(4)}\\n$`));
  assert.deepEqual([stderr, status], ['', 0]);
});

test('a broken file is one named line and exit code 1', () => {
  const all = JSON.parse(readFileSync(traces, 'utf8')) as Record<string, unknown>[];
  fails(1, /cannot read the trace file: ENOENT/, '--replay', join(folder, 'absent.json'), '--json');
  fails(1, /cannot read the trace file: EISDIR/, '--replay', folder);
  const cut = readFileSync(traces, 'utf8').slice(0, 5000);
  fails(1, /parseTraces: not JSON/, '--replay', fileWith(cut), '--json');
  fails(
    1,
    /parseTraces: trace 1: signal must be a finite number, got nothing/,
    '--replay',
    fileWith([all[0], { ...all[1], signal: undefined }]),
    '--json',
  );
  fails(
    1,
    /trace 1: replayTrace: the run needs more uniforms than the 0 logged/,
    '--replay',
    fileWith([all[0], { ...all[1], uniforms: [] }]),
    '--json',
  );
});

test('a value out of range is one named line and exit code 1', () => {
  fails(1, /smallWorld: nodeCount must be .*, got 0/, '--runs', '5', '--nodes', '0');
  fails(1, /referenceRuns: runs must be an integer in .*, got 0/, '--runs', '0');
});

test('a wrong call is one line with the next step and exit code 2', () => {
  fails(2, /unknown option --bogus; emtd reference --help says what it takes/, '--bogus');
  fails(2, /needs --replay or --runs/);
  fails(2, /needs --replay or --runs/, '--runs', '5', '--replay', traces);
  fails(2, /--signal does not go with --replay/, '--replay', traces, '--signal', '3');
  fails(2, /--runs must be a number, got "many"/, '--runs', 'many');
  fails(2, /--signal needs a value, S, got the option --json/, '--runs', '5', '--signal', '--json');
  fails(2, /stray word "extra": it takes options only/, 'extra');
  assert.equal(
    JSON.parse(emtdReference('--runs', '5', '--signal', '-3', '--json').stdout).signal,
    -3,
    'a negative number is a value',
  );
});
