// `npm run site`: the notebooks as pages of HTML in out/site, for any HTTP host and any folder on it.
//   npm run site -- --serve [--port 8000]    and shows them at http://localhost:8000
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, runNode } from './run.mjs';
import { frame } from './site/frame.mjs';
import { home } from './site/home.mjs';
import { bundles } from './site/bundles.mjs';
import { escapeHtml, markdown } from './site/markdown.mjs';
import { needsNode } from './site/needsNode.mjs';
import { notebookPage } from './site/notebookPage.mjs';
import { serve } from './site/serve.mjs';

const began = performance.now();
const site = join(root, 'out', 'site');
rmSync(site, { recursive: true, force: true });
const write = (path, content) => {
  mkdirSync(dirname(join(site, path)), { recursive: true });
  writeFileSync(join(site, path), content);
};
const copy = (from, to) => cpSync(join(root, from), join(site, to), { recursive: true });

const { findings, findingWord, ledgerPage } = await import('../dist/src/claims/index.js');
const { figuresOf } = await import('../dist/src/cli/figureFiles.js');
const folder = join(root, 'notebooks');
const names = readdirSync(folder, { recursive: true })
  .filter((name) => name.endsWith('.ipynb') && !name.includes('.ipynb_checkpoints'))
  .map((name) => name.replaceAll('\\', '/').replace('.ipynb', ''))
  .sort();

const figures = {};
const pages = names.map((name) => {
  const notebook = JSON.parse(readFileSync(join(folder, `${name}.ipynb`), 'utf8'));
  const depth = name.split('/').length;
  const base = name.split('/').at(-1);
  const { title, main } = notebookPage(name, notebook, (file, bytes) => {
    write(`notebooks/${dirname(name)}/figures/${base}-${file}`, bytes);
    return `figures/${base}-${file}`;
  });
  figures[name] = figuresOf(notebook)[0]?.png;
  const lacking = needsNode[name];
  const note = lacking
    ? ` <span>In a page all cells run up to number ${lacking.cell}: ${escapeHtml(lacking.why)}.</span>`
    : '';
  const tools = `<p class="tools" id="tools"><a href="${base}.ipynb" download>notebook</a> <a href="${base}.ts" download>TypeScript</a>${note}</p>`;
  const live = `<script defer src="${'../'.repeat(depth)}assets/page.js"></script>\n`;
  write(`notebooks/${name}.html`, frame({ title, main: `${tools}\n${main}`, depth, live }));
  const text = (type) =>
    notebook.cells.filter((cell) => cell.cell_type === type).map(({ source }) => source.join(''));
  write(`notebooks/${name}.ts`, `${text('code').join('\n\n')}\n`);
  copy(`notebooks/${name}.ipynb`, `notebooks/${name}.ipynb`);
  return { name, title, summary: plain(text('markdown')[0]?.split('\n\n')[1] ?? '') };
});
for (const name of readdirSync(folder).filter((file) => file.endsWith('.md'))) {
  const text = readFileSync(join(folder, name), 'utf8');
  const title = /^# (.*)$/m.exec(text)?.[1] ?? name;
  write(`notebooks/${name.replace('.md', '.html')}`, frame({ title, main: markdown(text), depth: 1 }));
}
const found = findings().map((one) => ({ ...one, word: findingWord(one) }));
write(
  'index.html',
  frame({ title: 'Statistical mechanics on networks', main: home(pages, found), depth: 0 }),
);
const ledger = ledgerPage({ figures, link: (notebook) => `notebooks/${notebook}.html` });
write(
  'ledger.html',
  ledger
    .replace('<head>', '<head><link rel="icon" href="assets/icon.svg">')
    .replace('<main>', '<main><p><a href="index.html">EMTD Lab</a></p>'),
);
copy('node_modules/katex/dist/katex.min.css', 'assets/katex/katex.min.css');
copy('node_modules/katex/dist/fonts', 'assets/katex/fonts');
copy('tools/site/style.css', 'assets/style.css');
copy('tools/site/icon.svg', 'assets/icon.svg');
await bundles(join(site, 'assets'));
runNode(join(root, 'tools', 'docs.mjs'));
copy('out/docs', 'reference');
console.log(
  `site: ${pages.length} notebooks in out/site, ${((performance.now() - began) / 1000).toFixed(0)} s`,
);

if (process.argv.includes('--serve')) {
  const port = Number(process.argv[process.argv.indexOf('--port') + 1]) || 8000;
  await serve(site, port);
  console.log(`http://localhost:${port}`);
}

/** A sentence of Markdown without its signs. */
function plain(text) {
  return text
    .replace(/[*_`$]/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
