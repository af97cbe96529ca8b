// A figure as a file, in the form that the ending of its path says.
import { escapeHtml } from '../display/index.js';
import { locatePackage } from '../files/optionalPackage.js';
import { need } from '../files/node.js';
import { writeAtomically } from '../files/writeAtomically.js';
import { got } from '../numerics/check.js';
import { requireSpec } from './plots/checkSpec.js';
import { figureJson } from './plots/figure.js';
import type { FigureSpec } from './plots/figureSpec.js';
import { plain } from './rendering/markup.js';
import { renderPng, renderSvg } from './rendering/render.js';
import { figureCsv } from './tables/figureCsv.js';

const contents: Readonly<
  Record<string, (figure: FigureSpec) => string | Uint8Array | Promise<string | Uint8Array>>
> = {
  '.svg': renderSvg,
  '.png': renderPng,
  '.json': (figure) => `${JSON.stringify(figureJson(figure))}\n`,
  '.csv': figureCsv,
  '.html': page,
};

/**
 * Writes a figure to a file, which it replaces: `.svg`, `.png` (two pixels per CSS pixel), `.json` (plotly),
 * `.csv` (its data, one row per point) or `.html`, a page with the live chart that needs no network:
 * plotly.js is in it, 4.9 MB.
 *
 * @param figure a `Figure`, or its plotly specification read back
 * @returns the absolute path of the file
 * @throws TypeError for a wrong figure or path; RangeError for another ending, or a folder that does not
 * exist, which is not created; Error when the specification is not valid plotly, the file cannot be written,
 * or the packages that draw are not installed
 * @example
 * const path = await figures.saveFigure(figures.plot([3, 1.2, 0.5], { name: 'decay' }), 'decay.svg');
 * path.endsWith('decay.svg'); // true
 */
export async function saveFigure(figure: FigureSpec, path: string): Promise<string> {
  requireSpec('saveFigure', figure);
  if (typeof path !== 'string') throw new TypeError(`saveFigure: path must be a string, got ${got(path)}`);
  const { dirname, extname, resolve } = need('saveFigure', 'node:path');
  const { existsSync, statSync } = need('saveFigure', 'node:fs');
  const content = contents[extname(path).toLowerCase()];
  if (!content)
    throw new RangeError(
      `saveFigure: path must end in ${Object.keys(contents).join(', ')}, got ${got(path)}`,
    );
  const file = resolve(path);
  const folder = dirname(file);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new RangeError(
      `saveFigure: path must lie in a folder that is there, got ${got(path)}: there is no folder ${folder}`,
    );
  }
  writeAtomically(file, await content(figure));
  return file;
}

function page(figure: FigureSpec): string {
  const plotly = need('saveFigure', 'node:fs').readFileSync(
    locatePackage('saveFigure', 'plotly.js-dist-min/plotly.min.js'),
    'utf8',
  );
  const { name = 'figure', title = name, caption } = figure.layout.meta ?? {};
  const { data, layout } = figureJson(figure);
  const json = JSON.stringify({ data, layout }).replaceAll('<', '\\u003c'); // no text of the figure ends the script
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(plain(title))}</title>
${caption === undefined ? '' : `<meta name="description" content="${escapeHtml(plain(caption))}">\n`}<script>${plotly}</script>
</head>
<body>
<div id="figure"></div>
<script>
const figure = ${json};
Plotly.newPlot('figure', figure.data, figure.layout, { displaylogo: false });
</script>
</body>
</html>
`;
}
