// Makes a folder of dist/ from packages by the tools in a folder beside; nothing where it is made already of
// the same files and versions.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './run.mjs';

/** `write` puts the files into the folder `to`; LICENSE.txt of the tools goes there too. */
export async function madeOnce(tools, packages, write) {
  const to = join(root, 'dist', basename(tools));
  const made = join(to, 'made.txt');
  const now = identity(tools, packages);
  if (existsSync(made) && readFileSync(made, 'utf8') === now) return;
  mkdirSync(to, { recursive: true });
  await write(to);
  copyFileSync(join(tools, 'LICENSE.txt'), join(to, 'LICENSE.txt'));
  writeFileSync(made, now);
}

function identity(tools, packages) {
  const versions = packages.map((name) => {
    const manifest = join(root, 'node_modules', name, 'package.json');
    return `${name} ${JSON.parse(readFileSync(manifest, 'utf8')).version}\n`;
  });
  const sources = createHash('sha256');
  for (const name of readdirSync(tools).sort()) sources.update(readFileSync(join(tools, name)));
  return `${versions.join('')}${sources.digest('hex')}\n`;
}
