import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { answerOf, earlierRows, findings, sentence, sentences } from '../../src/claims/index.js';
import { main } from '../../src/cli/main.js';

async function run(t: TestContext, ...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const lines = (stream: 'log' | 'error') => t.mock.method(console, stream, () => undefined).mock;
  const [out, err] = [lines('log'), lines('error')];
  const status = await main(['claims', ...args]);
  const text = (mock: typeof out) => mock.calls.map((call) => call.arguments.join(' ')).join('\n');
  const said = { status, out: text(out), err: text(err) };
  t.mock.restoreAll();
  return said;
}

test('emtd claims prints each finding with its answer, and counts the sentences', async (t) => {
  const { status, out } = await run(t);
  assert.equal(status, 0);
  for (const one of findings()) assert.ok(out.includes(one.question) && out.includes(answerOf(one)), one.id);
  assert.match(out, /^EMTD +79 /m);
  assert.match(out, /^AE +26 /m);
});

test('emtd claims --sentences prints all of them, --json says everything to a program', async (t) => {
  const { out } = await run(t, '--sentences');
  assert.equal(out.split('\n').filter((line) => /^(EMTD|AE)-/.test(line)).length, 105);
  const json = JSON.parse((await run(t, '--json')).out);
  assert.deepEqual(
    [json.findings.length, json.sentences.length, json.earlier.length],
    [findings().length, 105, earlierRows().length],
  );
  const row = json.earlier.find(({ id }: { id: string }) => id === 'EMTD-1.7');
  assert.deepEqual(row.earlier.quantities.equipartition, row.earlier.quantities.equipartition);
  assert.equal(row.id, 'EMTD-1.7');
});

test('emtd claims ID prints a finding whole, or a sentence and where it is decided', async (t) => {
  for (const one of findings()) {
    const { out } = await run(t, one.id);
    for (const text of [
      one.question,
      one.literal,
      one.competitor,
      one.planted.yes,
      one.overturns,
      one.notebook,
    ])
      assert.ok(out.replace(/\s+/g, ' ').includes(text.replace(/\s+/g, ' ')), `${one.id}: ${text}`);
  }
  const decided = sentences().find(({ finding }) => finding !== undefined);
  if (decided) {
    const { out } = await run(t, decided.id);
    assert.ok(
      out.startsWith(`${decided.id}: see finding ${decided.finding}`) && out.includes(decided.quote!),
    );
    assert.ok(out.includes(findings().find(({ id }) => id === decided.finding)!.question));
  }
  const row = sentences().find((one) => one.class === 'earlier form')!;
  const { out } = await run(t, row.id);
  for (const text of [sentence(row.id).why, row.notebook, '(earlier form)'])
    assert.ok(out.includes(text), text);
});

test('emtd claims --html writes the ledger as a page, in the folder where it is called', async (t) => {
  const [folder, home] = [mkdtempSync(join(tmpdir(), 'ledger-')), process.cwd()];
  process.chdir(folder);
  t.after(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true });
  });
  assert.equal((await run(t, '--html')).status, 0);
  const page = readFileSync(join(folder, 'out', 'ledger.html'), 'utf8');
  for (const { id } of [...findings(), ...sentences()]) assert.ok(page.includes(`id="${id}"`), id);
  assert.ok(page.includes('data:image/png;base64,iVBOR'), 'with the pictures of the notebooks');
});

test('an unknown argument is named', async (t) => {
  const { status, err } = await run(t, '--yaml');
  assert.equal(status, 2);
  assert.match(err, /emtd claims: unknown option --yaml; emtd claims --help/);
});
