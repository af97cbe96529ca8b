// What a reader takes along: the cells as they stand, as files; and one cell as text in a link. A link never runs
// code by itself: its text waits in the reader's own cell.
const key = '#code=';

/** The text that came with the page's address. */
export const codeOfLink = (): string =>
  location.hash.startsWith(key) ? decodeURIComponent(location.hash.slice(key.length)) : '';

/** This page's address with the text. */
export function linkWith(code: string): string {
  const url = new URL(location.href);
  url.hash = `${key}${encodeURIComponent(code)}`;
  return url.href;
}

interface Notebook {
  cells: { cell_type: string; source: string[]; outputs?: unknown[] }[];
}

/** The links to the stored files give the cells as they stand: `texts` by the number of the cell. */
export function offerFiles(
  links: Iterable<HTMLAnchorElement>,
  texts: () => ReadonlyMap<string, string>,
): void {
  for (const link of links) {
    const stored = link.href;
    link.onclick = async (event) => {
      if (link.dataset['made']) return void delete link.dataset['made'];
      event.preventDefault();
      const text = stored.endsWith('.ts')
        ? [...texts().values()].join('\n\n')
        : await notebook(stored, texts());
      link.href = URL.createObjectURL(new Blob([text]));
      link.download = stored.split('/').at(-1)!;
      link.dataset['made'] = 'true';
      link.click();
    };
  }
}

/** The stored notebook with other code, and without outputs. */
async function notebook(stored: string, texts: ReadonlyMap<string, string>): Promise<string> {
  const whole = (await (await fetch(stored)).json()) as Notebook;
  whole.cells.forEach((cell, index) => {
    if (cell.cell_type !== 'code') return;
    cell.source = [texts.get(String(index)) ?? ''];
    cell.outputs = [];
  });
  const own = texts.get('yours');
  if (own)
    whole.cells.push({
      cell_type: 'code',
      source: [own],
      outputs: [],
      metadata: {},
      execution_count: null,
    } as never);
  return JSON.stringify(whole, null, 1);
}
