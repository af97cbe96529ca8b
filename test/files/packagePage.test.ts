// What a page of the package, or its reader, follows: links of package.json, pictures and files that the README names.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const manifest = JSON.parse(readFileSync(at('package.json'), 'utf8')) as {
  repository: { url: string }; homepage: string; bugs: string;
  dependencies: object; devDependencies: Record<string, string>; peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional: boolean }>;
};

test('repository, home page and bugs are one place', () => {
  const [, place] = /^git\+(https:\/\/.*)\.git$/.exec(manifest.repository.url)!;
  assert.deepEqual([manifest.homepage, manifest.bugs], [`${place}#readme`, `${place}/issues`]);
});

test('pictures and links of the README are files of the repository, by paths that a registry completes', () => {
  const links = [...readFileSync(at('README.md'), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path!);
  assert.ok(links.filter((path) => path.endsWith('.png')).length >= 2);
  for (const path of links) assert.ok(!path.startsWith('/') && existsSync(at(path)), path);
});

test('every peer is optional, none is a dependency too', () => {
  assert.deepEqual(Object.keys(manifest.peerDependenciesMeta), Object.keys(manifest.peerDependencies));
  for (const name of Object.keys(manifest.peerDependencies)) {
    assert.ok(manifest.peerDependenciesMeta[name]!.optional && !(name in manifest.dependencies), name);
  }
});
