// One notebook as a page of HTML, as it is stored: text with formulas typeset, code in colours, outputs as
// pictures and tables. It reads without JavaScript; the script that makes it live finds cells by `data-cell`.
import { classHighlighter, highlightCode } from '@lezer/highlight';
import { parser } from '@lezer/javascript';
import { escapeHtml, markdown } from './markdown.mjs';

const typescript = parser.configure({ dialect: 'ts' });
const joined = (text) => [text ?? ''].flat().join('');

/**
 * `name`: `07-thermodynamic-cooling` or `variants/double-well`; `saved(file, bytes)` takes a picture. Returns
 * the title and the HTML of the page's main part.
 */
export function notebookPage(name, { cells }, saved) {
  const texts = cells.map(({ source }) => joined(source));
  const title = /^# (.*)$/m.exec(texts.join('\n'))?.[1] ?? name;
  const parts = cells.map((cell, index) =>
    cell.cell_type === 'code'
      ? codeCell(cell, index, texts[index], (file, bytes) => saved(`${index}-${file}`, bytes))
      : `<section class="text">${markdown(texts[index])}</section>`,
  );
  return { title, main: parts.join('\n') };
}

function codeCell({ outputs }, index, code, saved) {
  const shown = outputs.map((output, k) => outputHtml(output, (bytes) => saved(`${k}.png`, bytes)));
  return (
    `<section class="code" data-cell="${index}"><pre class="source" tabindex="0">${coloured(code)}</pre>\n` +
    `<div class="outputs">${shown.join('\n')}</div></section>`
  );
}

/** The classes are those of the live editor, so that both have the same colours. */
function coloured(code) {
  let html = '';
  const text = (piece, classes) =>
    (html += classes ? `<span class="${classes}">${escapeHtml(piece)}</span>` : escapeHtml(piece));
  highlightCode(code, typescript.parse(code), classHighlighter, text, () => (html += '\n'));
  return `<code>${html}</code>`;
}

/** The richest form that needs no script. */
function outputHtml({ output_type, name, text, data = {}, metadata = {}, traceback }, picture) {
  if (output_type === 'stream')
    return `<pre class="${name === 'stderr' ? 'print error' : 'print'}">${escapeHtml(joined(text))}</pre>`;
  if (output_type === 'error') return `<pre class="print error">${escapeHtml(traceback.join('\n'))}</pre>`;
  const plain = joined(data['text/plain']);
  if (data['image/png']) {
    const { width, height } = metadata['image/png'] ?? {};
    const size = width ? ` width="${width}" height="${height}"` : '';
    const src = picture(Buffer.from(joined(data['image/png']), 'base64'));
    return `<img class="figure" loading="lazy" src="${src}"${size} alt="${escapeHtml(plain)}">`;
  }
  const check = data['application/vnd.emtd.check+json'];
  const mark = check
    ? ` data-check="${escapeHtml(`${check.id}: ${check.verdict}`)}" data-quantities="${escapeHtml(JSON.stringify(check.quantities))}"`
    : '';
  if (data['text/html'])
    return `<div class="html"${mark}>${joined(data['text/html']).replace(/<th([^>]*)><[/]th>/g, '<td$1></td>')}</div>`;
  if (data['text/latex']) return `<div class="html">${markdown(joined(data['text/latex']))}</div>`;
  return plain ? `<pre class="print">${escapeHtml(plain)}</pre>` : '';
}
