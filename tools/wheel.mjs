// The Python package: a wheel that carries the kernelspec, the renderer of figures, and the packed lab, for
// who has Jupyter and Node:
//   node tools/wheel.mjs [FOLDER]    writes FOLDER/emtd_lab-VERSION-py3-none-any.whl (FOLDER: out) and prints
// its path
// `pip install` puts the kernelspec into that Python's Jupyter; its first start runs npm
// (tools/wheel/__main__.py). Source: PEP 427 (https://peps.python.org/pep-0427/), the binary distribution
// format.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { homeName } from '../dist/kernel/install/home.js';
import { writeKernelspec } from '../dist/kernel/install/kernelspec.js';
import { root } from './run.mjs';
import { zip } from './zip.mjs';

const { name, version, description, license, keywords } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);
const python = 'emtd_lab';
const info = `${python}-${version}.dist-info`;

const work = mkdtempSync(join(tmpdir(), 'emtd-wheel-'));
try {
  const to = resolve(process.argv[2] ?? join(root, 'out'));
  mkdirSync(to, { recursive: true });
  const wheel = join(to, `${python}-${version}-py3-none-any.whl`);
  writeFileSync(wheel, zip(recorded({ ...program(), ...jupyterData(), ...metadata() })));
  console.log(wheel);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** The Python module and the packed lab beside it. */
function program() {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  execFileSync(npm, ['pack', root, '--ignore-scripts', '--silent'], {
    cwd: work,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  const packed = `${name}-${version}.tgz`;
  const main = readFileSync(join(root, 'tools', 'wheel', '__main__.py'), 'utf8')
    .replace('@PACKED@', packed)
    .replace('@HOME@', homeName());
  return {
    [`${python}/__init__.py`]: '',
    [`${python}/__main__.py`]: main,
    [`${python}/${packed}`]: readFileSync(join(work, packed)),
  };
}

/** What goes to share/jupyter of the Python: `python` in argv becomes the one that runs Jupyter. */
function jupyterData() {
  const folder = join(work, 'data');
  const kernelJson = join(writeKernelspec(folder, { home: homeName() }), 'kernel.json');
  const spec = JSON.parse(readFileSync(kernelJson, 'utf8'));
  writeFileSync(
    kernelJson,
    JSON.stringify({ ...spec, argv: ['python', '-m', python, '{connection_file}'] }, undefined, 2),
  );
  const files = readdirSync(folder, { recursive: true })
    .filter((file) => statSync(join(folder, file)).isFile())
    .sort();
  const place = (file) => `${python}-${version}.data/data/share/jupyter/${file.split(sep).join('/')}`;
  return Object.fromEntries(files.map((file) => [place(file), readFileSync(join(folder, file))]));
}

function metadata() {
  const lines = {
    METADATA: [
      'Metadata-Version: 2.1',
      `Name: ${name}`,
      `Version: ${version}`,
      `Summary: ${description}`,
      `License: ${license}`,
      `Keywords: ${keywords.join(',')}`,
      'Requires-Python: >=3.8',
      'License-File: LICENSE',
      'License-File: NOTICE',
      'Description-Content-Type: text/markdown',
      '',
      `${description}\n\nNeeds Node 22 or later. The first start of the kernel, or of the command \`emtd\`, lets npm put the lab (some 150 MB)`,
      'into a folder of its own beside the kernelspecs of this Python, `share/jupyter/emtd-lab`; it stays when the package is uninstalled.',
    ],
    WHEEL: [
      'Wheel-Version: 1.0',
      `Generator: ${name} ${version}`,
      'Root-Is-Purelib: true',
      'Tag: py3-none-any',
    ],
    'entry_points.txt': ['[console_scripts]', `emtd = ${python}.__main__:command`],
  };
  const licences = ['LICENSE', 'NOTICE'].map((file) => [`${info}/${file}`, readFileSync(join(root, file))]);
  return {
    ...Object.fromEntries(
      Object.entries(lines).map(([file, text]) => [`${info}/${file}`, `${text.join('\n')}\n`]),
    ),
    ...Object.fromEntries(licences),
  };
}

/** With RECORD last: the SHA-256 and the length of every file but itself. */
function recorded(files) {
  const bytes = Object.entries(files).map(([path, content]) => [path, Buffer.from(content)]);
  const hash = (content) => createHash('sha256').update(content).digest('base64url');
  const rows = bytes.map(([path, content]) => `${path},sha256=${hash(content)},${content.length}\n`);
  return [...bytes, [`${info}/RECORD`, Buffer.from(`${rows.join('')}${info}/RECORD,,\n`)]];
}
