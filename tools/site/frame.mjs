// The frame of every page: head, bar and policy.
import { escapeHtml } from './markdown.mjs';

/**
 * Code of a page reaches no network but the site's own files; workers inherit this, since they start from
 * blobs. Cells are compiled in the page, which `unsafe-eval` allows.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self' blob: 'unsafe-eval'",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** `depth`: how many folders below the site's root the page lies. */
export function frame({ title, main, depth, live = '' }) {
  const root = '../'.repeat(depth) || './';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · EMTD Lab</title>
<link rel="icon" href="${root}assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${root}assets/katex/katex.min.css">
<link rel="stylesheet" href="${root}assets/style.css">
${live}</head>
<body data-root="${root}"><header class="bar"><a href="${root}index.html"><b>EMTD Lab</b></a>
<nav><a href="${root}index.html#notebooks">Notebooks</a> <a href="${root}ledger.html">Ledger</a> <a href="${root}reference/index.html">Reference</a></nav></header>
<main>
${main}
</main></body></html>
`;
}
