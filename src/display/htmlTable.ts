// Tables as text and as HTML without style sheets: front ends bring their own.

/** Text made safe for HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);
}

type Alignment = 'left' | 'right';

export interface TextTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Per column; left by default. */
  readonly align?: readonly Alignment[];
  /** The number of first columns whose texts do not wrap in HTML. */
  readonly unbroken?: number;
  readonly caption?: string;
  /** A line below, such as how many rows are not shown. */
  readonly more?: string;
}

/** Columns in equal width, two spaces apart, a rule below the head. */
export function plainTable({ head, rows, align = [], caption, more }: TextTable): string {
  const widths = head.map((name, k) =>
    rows.reduce((most, row) => Math.max(most, row[k].length), name.length),
  );
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, k) => (align[k] === 'right' ? text.padStart(widths[k]) : text.padEnd(widths[k])))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [caption, line(head), rule, ...rows.map(line), more].filter(Boolean).join('\n');
}

/** The same as HTML, every text escaped. */
export function htmlTable({ head, rows, align = [], unbroken = 0, caption, more }: TextTable): string {
  return [
    '<table>',
    caption ? `<caption style="text-align:left">${escapeHtml(caption)}</caption>` : '',
    `<thead>${htmlRow('th', head, align, unbroken)}</thead>`,
    `<tbody>${rows.map((row) => htmlRow('td', row, align, unbroken)).join('')}</tbody>`,
    '</table>',
    more ? `<p>${escapeHtml(more)}</p>` : '',
  ].join('');
}

/** One row of a table, every text escaped. */
export function htmlRow(
  tag: 'th' | 'td',
  texts: readonly string[],
  align: readonly Alignment[] = [],
  unbroken = 0,
): string {
  const cell = (text: string, k: number): string =>
    `<${tag} style="text-align:${align[k] ?? 'left'}${k < unbroken ? ';white-space:nowrap' : ''}">${escapeHtml(text)}</${tag}>`;
  return `<tr>${texts.map(cell).join('')}</tr>`;
}
