// The compiled code of TypeScript that is kept between kernels: a damaged file costs time and nothing else.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { damagedCaches, loadCached } from '../../kernel/compiler/typescript/codeCache.js';
import { cacheFindings } from '../../kernel/install/doctor.js';
import { run, startKernel, temporaryFolder } from './harness.js';

const folder = temporaryFolder();
after(() => folder.remove());

const source = join(folder.path, 'module.cjs');
writeFileSync(
  source,
  `exports.f = (x) => x + 1; ${Array.from({ length: 500 }, (_, i) => `exports.f${i} = () => ${i};`).join('\n')}`,
);
const load = () => {
  const loaded = loadCached(source, 'v', folder.path);
  assert.equal((loaded.exports as { f(x: number): number }).f(1), 2);
  return loaded;
};
const file = (): string =>
  join(folder.path, readdirSync(folder.path).find((name) => name.startsWith('v-node'))!);

/** As a power failure leaves it. */
const zeroed = (path: string): void => {
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0, bytes.length >> 1));
};

const damages: Record<string, (path: string) => void> = {
  'zeroed pages': zeroed,
  'a cut file': (path) => truncateSync(path, readFileSync(path).length - 1),
  'an empty file': (path) => truncateSync(path, 0),
  'one bit': (path) => {
    const bytes = readFileSync(path);
    bytes[bytes.length - 9]! ^= 1;
    writeFileSync(path, bytes);
  },
};

for (const [what, damage] of Object.entries(damages)) {
  test(`${what}: named, deleted, not used, stored anew`, () => {
    load().store();
    assert.ok(load().isCached);
    assert.deepEqual(damagedCaches(folder.path), []);
    const path = file();
    damage(path);
    assert.deepEqual(damagedCaches(folder.path), [path]);
    assert.match(cacheFindings(folder.path)[0]!.text, /: damaged; the next kernel/);
    const healed = load();
    assert.deepEqual([healed.isCached, existsSync(path)], [false, false]);
    healed.store();
    assert.ok(load().isCached);
    assert.deepEqual(damagedCaches(folder.path), []);
  });
}

test('a kernel starts on a damaged cache and mends it', async () => {
  const home = temporaryFolder();
  const env = { XDG_CACHE_HOME: home.path };
  const caches = join(home.path, 'emtd-lab');
  const stored = async (): Promise<string> => {
    for (;;) {
      const name = existsSync(caches) && readdirSync(caches).find((each) => each.endsWith('-code'));
      if (name) return join(caches, name);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const first = await startKernel({ env });
  const path = await stored();
  await first.shutdown();
  zeroed(path);
  const second = await startKernel({ env });
  assert.equal((await run(second, '1 + 1')).result, '2');
  await stored();
  assert.deepEqual(damagedCaches(caches), []);
  await second.shutdown();
  home.remove();
});
