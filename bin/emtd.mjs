#!/usr/bin/env node
// The `emtd` command: checks that the build is there and current, then hands over to it.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const fail = (message) => {
  console.error(message);
  process.exit(1);
};

if (!existsSync(join(root, 'dist', 'build.json')))
  fail('emtd: the build is missing (dist/); fix: npm run build');
if (existsSync(join(root, 'tools', 'fingerprint.mjs'))) {
  const { isCurrent } = await import('../tools/fingerprint.mjs');
  if (!isCurrent(root)) fail('emtd: the build is stale (sources changed since); fix: npm run build');
}
const { endWithReader } = await import('../dist/src/cli/brokenPipe.js');
const { main } = await import('../dist/src/cli/main.js');
endWithReader();
process.exitCode = await main(process.argv.slice(2));
