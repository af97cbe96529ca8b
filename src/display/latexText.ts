// Text within LaTeX. Characters that LaTeX or HTML treats as special become mathematics, on which MathJax and
// KaTeX agree.

const special: Readonly<Record<string, string>> = {
  '\\': '\\backslash ',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '#': '\\#',
  '%': '\\%',
  '&': '\\&',
  _: '\\_',
  '^': '\\wedge ',
  '~': '\\sim ',
  '<': '\\lt ',
  '>': '\\gt ',
};

/** @example latexText('a_b') // '\\text{a}\\_\\text{b}' */
export function latexText(text: string): string {
  return text
    .split(/([\\{}$#%&_^~<>])/)
    .filter((part) => part !== '')
    .map((part) => special[part] ?? `\\text{${part}}`)
    .join('');
}

/** @example latexNumber(1.5e-7) // '1.5 \\times 10^{-7}' */
export function latexNumber(x: number, digits = 4): string {
  const [mantissa, exponent] = String(Number(x.toPrecision(digits))).split('e');
  if (!Number.isFinite(x)) return Number.isNaN(x) ? '\\text{NaN}' : x > 0 ? '\\infty' : '-\\infty';
  return exponent === undefined ? mantissa : `${mantissa} \\times 10^{${Number(exponent)}}`;
}

const greek = new Set(
  (
    'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega ' +
    'Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega'
  ).split(' '),
);

/**
 * The name of a variable of a program as a symbol; it may take a subscript.
 *
 * @example latexSymbol('lambda') // '\\lambda'
 * @example latexSymbol('J0') // '{J_{0}}'
 * @example latexSymbol('stepSize') // '\\text{stepSize}'
 */
export function latexSymbol(name: string): string {
  if (/^[A-Za-z]$/.test(name)) return name;
  if (greek.has(name)) return `\\${name}`;
  const [, letter, index] = /^([A-Za-z]|[a-z]+)_?(\d+)$/.exec(name) ?? [];
  if (letter !== undefined && (letter.length === 1 || greek.has(letter)))
    return `{${latexSymbol(letter)}_{${index}}}`;
  return latexText(name);
}

/** A table in LaTeX, in groups of rows with a rule between; its cells are LaTeX already. */
export function latexTable(groups: readonly (readonly (readonly string[])[])[]): string {
  const columns = Math.max(...groups.flat().map(({ length }) => length));
  const lines = groups.map((rows) => rows.map((cells) => cells.join(' & ')).join(' \\\\ '));
  return `\\small \\begin{array}{${'l'.repeat(columns)}} ${lines.join(' \\\\ \\hline ')} \\end{array}`;
}
