// A card, the display of most objects: a heading, facts by name, and a small picture beside them.
import type { MimeBundle } from './bundle.js';
import { addCaption, inlineSvg, type Picture, svgDocument } from './picture.js';
import { escapeHtml, htmlTable, plainTable, type TextTable } from './htmlTable.js';

/** Names and values; a fact without a value is left out. */
export type Facts = Readonly<Record<string, string | number | undefined>>;

/**
 * The facts as aligned text; as a table in HTML with the picture beside it, which has the lines of the caption
 * below.
 */
export function card(
  heading: string,
  facts: Facts,
  drawn?: Picture | false,
  ...caption: readonly string[]
): MimeBundle {
  const picture = drawn && caption.length > 0 ? addCaption(drawn, caption) : drawn;
  const rows = Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, String(value)]);
  const width = Math.max(...rows.map(([name]) => name.length));
  return {
    'text/html': cardHtml(heading, rows, picture),
    'text/plain': [heading, ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)].join('\n'),
  };
}

/** The same; the picture is also an image of its own, for front ends that show no HTML. */
export function imageCard(heading: string, facts: Facts, picture: Picture | undefined): MimeBundle {
  const { 'text/plain': text, ...html } = card(heading, facts, picture);
  const image = picture && { 'image/svg+xml': svgDocument(picture, heading) };
  return { ...html, ...image, 'text/plain': text };
}

function cardHtml(
  heading: string,
  rows: readonly (readonly string[])[],
  picture: Picture | false | undefined,
): string {
  const cell = (tag: string, text: string, style: string): string =>
    `<${tag} style="text-align:left;vertical-align:top;${style}">${escapeHtml(text)}</${tag}>`;
  const lines = rows.map(
    ([name, value]) =>
      `<tr>${cell('th', name, 'font-weight:normal;opacity:.7')}${cell('td', value, 'font-variant-numeric:tabular-nums')}</tr>`,
  );
  const table = lines.length > 0 ? `<table style="margin:0">${lines.join('')}</table>` : '';
  // a notebook that is not trusted drops the picture but not its texts: font-size 0 hides them
  const pictureHtml = picture ? `<div style="font-size:0">${inlineSvg(picture, heading)}</div>` : '';
  return (
    `<div><p style="margin:0 0 4px"><b>${escapeHtml(heading)}</b></p>` +
    `<div style="display:flex;flex-wrap:wrap;align-items:center;gap:8px 24px">${table}${pictureHtml}</div></div>`
  );
}

/** A table as text and HTML. */
export const tableBundle = (table: TextTable): MimeBundle => ({
  'text/html': htmlTable(table),
  'text/plain': plainTable(table),
});

/** A table of at most `limit` rows, which says how many follow. */
export function clippedTable(table: Omit<TextTable, 'more'>, limit = 30): TextTable {
  const hidden = table.rows.length - limit;
  return hidden > 0 ? { ...table, rows: table.rows.slice(0, limit), more: `… ${hidden} more rows` } : table;
}
