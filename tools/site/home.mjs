// The first page: what the lab is, what it found, and its pages.
import { escapeHtml } from './markdown.mjs';

/** `pages`: `{ name, title, summary }`; `findings`: `{ id, question, word, notebook }`. */
export function home(pages, findings) {
  const item = ({ name, title, summary }) =>
    `<li><a href="notebooks/${name}.html"><b>${escapeHtml(title)}</b></a><br>${escapeHtml(summary)}</li>`;
  const row = ({ id, question, word, notebook }) =>
    `<tr><td><a href="notebooks/${notebook}.html">${id}</a></td><td>${escapeHtml(question)}</td><td><b>${escapeHtml(word)}</b></td></tr>`;
  const isVariant = ({ name }) => name.startsWith('variants/');
  return `<h1>EMTD Lab</h1>
<p>Statistical mechanics on networks. Two papers describe agreement between computers as physics: spins that align,
temperatures that fall, states that fade. Here every sentence of them that can be defined is a program that runs and
can fail.</p>
<p>Each page below shows a study as it was run. Press <b>Run</b> on a page and it runs here, in your browser; nothing
is installed, and nothing leaves your machine. Begin with
<a href="notebooks/00-start-here.html">Start here</a>, or write
<a href="notebooks/30-your-own-hamiltonian.html">your own energy</a>.</p>
<h2>Findings</h2>
<div class="scroll" tabindex="0"><table><tr><th>id</th><th>question</th><th>answer</th></tr>
${findings.map(row).join('\n')}</table></div>
<p><a href="ledger.html">The ledger</a> has their numbers, and all sentences of both papers.</p>
<h2 id="notebooks">Notebooks</h2>
<ol class="pages">${pages
    .filter((page) => !isVariant(page))
    .map(item)
    .join('\n')}</ol>
<h2>Variants</h2>
<ol class="pages">${pages.filter(isVariant).map(item).join('\n')}</ol>
<footer>Apache-2.0; <a href="assets/LICENSES.txt">licences</a> of what the pages carry. The papers: <i>Entropic-Merkle Tensor Dynamics</i> and <i>Finality Through Ambient Entropy</i>.</footer>`;
}
