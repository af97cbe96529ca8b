// Markdown with formulas, as HTML: formulas are typeset here, so that a page needs no script for them.
import katex from '@vscode/markdown-it-katex';
import MarkdownIt from 'markdown-it';

const parse = new MarkdownIt({ html: true, linkify: false });
parse.use(katex.default ?? katex, { throwOnError: true });

export const escapeHtml = parse.utils.escapeHtml;

/** Links to notebooks lead to their pages, those to other files of the folder to the files beside them. */
export function markdown(text) {
  const html = parse.render(text);
  return html
    .replace(/href="([^":#]+)\.ipynb(#[^"]*)?"/g, (_, path, hash = '') => `href="${path}.html${hash}"`)
    .replace(/href="([^":#]+)\.md"/g, (_, path) => `href="${path}.html"`)
    .replaceAll('<table>', '<div class="scroll" tabindex="0"><table>')
    .replaceAll('</table>', '</table></div>');
}
