// What a page of the package, or its reader, follows: links of package.json, pictures and files that the
// README names.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dirname, extname } from 'node:path';
import { test } from 'node:test';
import { fieldRehearsals, spinRehearsals } from '../../src/cli/plantedBugs.js';
import { scoreboard } from '../../src/claims/index.js';

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const manifest = JSON.parse(readFileSync(at('package.json'), 'utf8')) as {
  files: string[];
  dependencies: object;
  devDependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional: boolean }>;
};

test('no address that does not exist: the project has no public place yet', () => {
  for (const name of ['homepage', 'repository', 'bugs']) assert.ok(!(name in manifest), name);
});

test('pictures and links of the README lead to files that the package carries', () => {
  const links = [...readFileSync(at('README.md'), 'utf8').matchAll(/(?:\]\(|src=")(?!#)([^)#"]+)/g)].map(
    ([, path]) => path!,
  );
  assert.ok(links.filter((path) => path.endsWith('.png')).length >= 2);
  const carried = [...manifest.files, 'README.md', 'LICENSE']; // npm adds these two
  for (const path of links)
    assert.ok(
      existsSync(at(path)) &&
        [path, `${dirname(path)}/*${extname(path)}`].some((file) => carried.includes(file)),
      path,
    );
});

test('the scoreboard of the README is that of the ledger', () => {
  const lines = readFileSync(at('README.md'), 'utf8')
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const head = lines.find(([first]) => first === 'document')!;
  for (const document of ['EMTD', 'AE'] as const) {
    const counts: Readonly<Record<string, number>> = scoreboard(document);
    const all = Object.values(counts).reduce((sum, n) => sum + n, 0);
    assert.deepEqual(head, ['document', 'sentences', ...Object.keys(counts)]);
    assert.deepEqual(
      lines.find(([first]) => first === document),
      [document, ...[all, ...Object.values(counts)].map(String)],
    );
  }
});

test('the README has as many planted faults as the certificate is tried on', () => {
  assert.equal(
    [...fieldRehearsals(), ...spinRehearsals()].filter(({ expected }) => expected === 'reject').length,
    10,
  );
  assert.match(readFileSync(at('README.md'), 'utf8'), /\bten planted\s+faults\b/);
});

test('every peer is optional, none is a dependency too', () => {
  assert.deepEqual(Object.keys(manifest.peerDependenciesMeta), Object.keys(manifest.peerDependencies));
  for (const name of Object.keys(manifest.peerDependencies)) {
    assert.ok(manifest.peerDependenciesMeta[name]!.optional && !(name in manifest.dependencies), name);
  }
});
