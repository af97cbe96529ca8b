// Packages that may be missing: where they are looked for, and what is said where they are not.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  figurePackages,
  findPackage,
  installLine,
  optionalPackage,
} from '../../src/files/optionalPackage.js';

const home = mkdtempSync(join(tmpdir(), 'emtd-optional-'));
after(() => rmSync(home, { recursive: true }));
const module = new URL('../../src/files/optionalPackage.js', import.meta.url).href;
const index = new URL('../../src/index.js', import.meta.url).href;

function put(place: string, name: string): string {
  const folder = join(home, place, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.js'), `module.exports = ${JSON.stringify(place)};`);
  return join(home, place);
}

test('one lies beside the lab, else beside the program, else in the folder where it runs', () => {
  const [program, folder] = [put('program', 'mine'), put('folder', 'mine')];
  put('folder', 'yours');
  put('folder', 'jsdom');
  const code = `import { findPackage, optionalPackage } from ${JSON.stringify(module)};
    console.log(optionalPackage('f', 'mine'), optionalPackage('f', 'yours'), typeof optionalPackage('f', 'jsdom').JSDOM, findPackage('theirs'));`;
  writeFileSync(join(program, 'main.mjs'), code);
  const { stdout, stderr } = spawnSync(process.execPath, [join(program, 'main.mjs')], {
    cwd: folder,
    encoding: 'utf8',
  });
  assert.equal(stdout, 'program folder function undefined\n', stderr);
});

test('the sentence names the caller, the package and the versions that are tested', () => {
  const four = figurePackages
    .map((name) => `${name}@${(JSON.parse(versions) as Record<string, string>)[name]}`)
    .join(' ');
  assert.equal(installLine('jsdom'), `npm install ${four}`);
  assert.match(installLine('webgpu'), /^npm install webgpu@\^\d/);
  assert.equal(typeof optionalPackage<{ PNG: unknown }>('f', 'pngjs').PNG, 'function');
  assert.equal(findPackage('no-such-package'), undefined);
});

const versions = JSON.stringify(
  Object.fromEntries(
    figurePackages.map((name) => [
      name,
      (optionalPackage(name, `${name}/package.json`) as { version: string }).version,
    ]),
  ),
);

test('without a package of figures each function that draws says what to install; all else works', () => {
  const script = (hidden: string): string => `
    import Module from 'node:module';
    const find = Module._resolveFilename;
    Module._resolveFilename = (name, ...rest) => { if (name.startsWith('${hidden}')) throw new Error('hidden'); return find(name, ...rest); };
    globalThis[Symbol.for('Jupyter.broadcast')] = () => {};
    const { figures: { plot, renderPng, renderSvg, saveFigure }, graphs: { fromGraphML } } = await import(${JSON.stringify(index)});
    const figure = plot([1, 2], { name: 'a' });
    const said = async (work) => { try { await work(); return 'done'; } catch (error) { return error.message; } };
    console.log(await said(() => renderPng(figure)));
    console.log(await said(() => renderSvg(figure)));
    console.log(await said(() => saveFigure(figure, 'a.html')));
    console.log(await said(() => saveFigure(figure, 'a.json')));
    console.log(fromGraphML('<graphml><graph edgedefault="undirected"><node id="a"/><node id="b"/><edge source="a" target="b"/></graph></graphml>').nodeCount);
    process.exit();`;
  for (const hidden of figurePackages) {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '--eval', script(hidden)],
      { cwd: home, encoding: 'utf8' },
    );
    const sentence = (caller: string): string => `${caller}: needs ${hidden}; ${installLine(hidden)}`;
    const html = hidden.startsWith('plotly') ? sentence('saveFigure') : 'done';
    assert.equal(
      stdout,
      [sentence('renderPng'), sentence('renderSvg'), html, 'done', '2', ''].join('\n'),
      stderr,
    );
  }
});
