// Labels hold plotly's small HTML (`<i>`, `<b>`, `<sub>`, `<sup>`, `<br>`); files and terminals take plain
// text.

/** @example plain('⟨<i>W</i><sup>2</sup>⟩') // '⟨W^2⟩' */
export function plain(html: string): string {
  return html
    .replace(/<sub>/g, '_')
    .replace(/<sup>/g, '^')
    .replace(/<br>/g, ' ')
    .replace(/<[^>]+>/g, '');
}
