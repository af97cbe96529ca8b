import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { claim, ledger, readVerdicts } from '../../src/claims/index.js';
import { main } from '../../src/cli/main.js';

async function run(t: TestContext, ...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const lines = (stream: 'log' | 'error') => t.mock.method(console, stream, () => undefined).mock;
  const [out, err] = [lines('log'), lines('error')];
  const status = await main(['claims', ...args]);
  const text = (mock: typeof out) => mock.calls.map((call) => call.arguments.join(' ')).join('\n');
  return { status, out: text(out), err: text(err) };
}

test('emtd claims prints the table, the counts and what is open', async (t) => {
  const { status, out } = await run(t);
  assert.equal(status, 0);
  assert.equal(out.split('\n').filter((line) => /^(EMTD|AE)-/.test(line)).length, 105);
  assert.match(
    out,
    /^\d+ definition, \d+ theorem, \d+ supported, \d+ refuted, \d+ open, \d+ not testable, 1 withdrawn, \d+ under revision$/m,
  );
  const verdicts = readVerdicts();
  const open = ledger()
    .filter(({ id, kind }) => kind === 'measured' && (verdicts[id]?.verdict ?? 'open') === 'open')
    .map(({ id }) => id);
  assert.ok(
    out.split('\n').includes(`open: ${open.join(' ')}`),
    `${open.join()} in ${out.split('\n').find((line) => line.startsWith('open'))}`,
  );
});

test('emtd claims --json says the same to a program', async (t) => {
  const { status, out } = await run(t, '--json');
  const { claims, counts, open } = JSON.parse(out);
  assert.equal(status, 0);
  assert.equal(claims.length, 105);
  assert.equal(counts.open, open.length);
  const row = claims.find(({ id }: { id: string }) => id === 'EMTD-1.7');
  assert.deepEqual(row.quantities.equipartition.refutes, [
    [null, 0.9],
    [1.1, null],
  ]);
});

test('emtd claims ID prints one row whole, with what has become of it', async (t) => {
  const { status, out } = await run(t, 'AE-25');
  const row = claim('AE-25');
  assert.equal(status, 0);
  assert.match(out, /^AE-25: supported \(withdrawn\)$/m);
  for (const text of [
    row.withdrawn,
    row.quote,
    row.claim,
    row.reading.problem,
    row.reading.resolution,
    row.experiment,
    row.notebook,
  ]) {
    assert.ok(out.includes(text!), text!);
  }
  assert.match(out, /ridgeRatio \d[^\n]*supports ≥ 1\.3; refutes \[0, 1\.05\]/);
  assert.match(out, /ridgeRatio: best score at T > 0/);
  t.mock.restoreAll();
  const open = await run(t, 'EMTD-A.4', '--json');
  const record = JSON.parse(open.out);
  assert.deepEqual([record.id, record.verdict], ['EMTD-A.4', 'open']);
});

test('an unknown argument is named', async (t) => {
  const { status, err } = await run(t, '--yaml');
  assert.equal(status, 2);
  assert.match(err, /emtd claims: unknown option --yaml; emtd claims --help/);
});
