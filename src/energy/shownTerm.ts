// How a term shows: its formula and a table of its parameters, of which a Hamiltonian's is made too.
import { counted, formatNumber, latexNumber, latexSymbol, latexTable, latexText, type MimeBundle, rangeText, summarised } from '../display/index.js';
import type { Parameter } from './parameters.js';
import type { Term } from './term.js';

/** The term, which shows as its formula. */
export const shownTerm = (term: Term): Term => summarised(term, termBundle);

function termBundle(term: Term): MimeBundle {
  const { name, units, lowerBound } = term;
  const bounded = lowerBound > -Infinity;
  const table = latexTable([
    ...titled(['parameter', 'value'], parameterRows(term).map((row) => row.slice(0, 2))),
    [['term', name], ['units', units], ...(bounded ? [['never below', formatNumber(lowerBound)]] : [])].map((row) => row.map(latexText)),
  ]);
  return {
    'text/latex': `$$${term.latex()}$$\n\n$$${table}$$`,
    'text/plain': [
      `${name}: ${term.latex()}  in units of ${units}${bounded ? `, never below ${formatNumber(lowerBound)}` : ''}`, ...parameterLines(term),
    ].join('\n'),
  };
}

/** The rows below their titles; nothing for no rows. */
export const titled = (titles: readonly string[], rows: readonly (readonly string[])[]): (readonly (readonly string[])[])[] =>
  rows.length === 0 ? [] : [[titles.map(latexText)], rows];

export function parameterRows({ name: term, parameters, indexedBy }: Term): string[][] {
  return Object.entries(parameters).map(([name, value]) =>
    typeof value === 'number'
      ? [latexSymbol(name), latexNumber(value), latexText(term)]
      : [`${latexSymbol(name)}_{${indexedBy === 'edge' ? 'ij' : 'i'}}`, latexText(valueText(value, indexedBy)), latexText(term)]);
}

export const parameterLines = ({ name: term, parameters, indexedBy }: Term): string[] =>
  Object.entries(parameters).map(([name, value]) => `  ${name} = ${valueText(value, indexedBy)}  (${term})`);

function valueText(value: Parameter, indexedBy: string): string {
  if (typeof value === 'number') return formatNumber(value);
  const values = 'oriented' in value ? value.values : value;
  return `${'oriented' in value ? 'oriented, ' : ''}${rangeText(values)} on ${counted(values.length, indexedBy)}`;
}
