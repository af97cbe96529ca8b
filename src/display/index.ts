// How objects show themselves: the symbol, and what their bundles are made of (text, tables, small pictures).
export { Aborted, RunFailed } from './aborted.js';
export { inspectText, jupyterDisplay, type MimeBundle, nameText, printAs, showAs } from './bundle.js';
export { card, clippedTable, type Facts, imageCard, tableBundle } from './card.js';
export { latexNumber, latexSymbol, latexTable, latexText } from './latexText.js';
export { byteSize, countText, formatNumber, numeral, rangeText, summaryOf } from './number.js';
export {
  categoryColour,
  colourAt,
  type ColourRange,
  inks,
  naturalRange,
  palette,
  type ScaleName,
  scales,
} from './palette.js';
export { addCaption, at, beside, inlineSvg, type Picture, svgDocument, writing } from './picture.js';
export { bars, binCounts } from './bars.js';
export { curvePoints, extremes, sparkline } from './sparkline.js';
export { labelStrip, strip } from './strip.js';
export { escapeHtml, htmlRow, htmlTable, plainTable, type TextTable } from './htmlTable.js';
