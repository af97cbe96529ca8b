// How a term shows: its formula and a table of its parameters. The table of a Hamiltonian has the same rows.
import {
  countText,
  formatNumber,
  latexNumber,
  latexSymbol,
  latexTable,
  latexText,
  type MimeBundle,
  printAs,
  rangeText,
} from '../display/index.js';
import { isOriented, type Parameter, valuesOf } from './parameters.js';
import type { Term } from './term.js';

export const shownTerm = (term: Term): Term => printAs(term, termBundle);

function termBundle(term: Term): MimeBundle {
  const { name, units, lowerBound } = term;
  const bound = lowerBound > -Infinity ? formatNumber(lowerBound) : undefined;
  const table = latexTable([
    ...titled(
      ['parameter', 'value'],
      parameterRows(term).map((row) => row.slice(0, 2)),
    ),
    [['term', name], ['units', units], ...(bound ? [['never below', bound]] : [])].map((row) =>
      row.map(latexText),
    ),
  ]);
  const line = `${name}: ${term.latex()}  in units of ${units}${bound ? `, never below ${bound}` : ''}`;
  return {
    'text/latex': `$$${term.latex()}$$\n\n$$${table}$$`,
    'text/plain': [line, ...parameterLines(term)].join('\n'),
  };
}

/** The rows below their titles; nothing for no rows. */
export const titled = (
  titles: readonly string[],
  rows: readonly (readonly string[])[],
): (readonly (readonly string[])[])[] => (rows.length === 0 ? [] : [[titles.map(latexText)], rows]);

export const parameterRows = ({ name: term, parameters, indexedBy }: Term): string[][] =>
  Object.entries(parameters).map(([name, value]) =>
    typeof value === 'number'
      ? [latexSymbol(name), latexNumber(value), latexText(term)]
      : [
          `${latexSymbol(name)}_{${indexedBy === 'edge' ? 'ij' : 'i'}}`,
          latexText(valueText(value, indexedBy)),
          latexText(term),
        ],
  );

export const parameterLines = ({ name: term, parameters, indexedBy }: Term): string[] =>
  Object.entries(parameters).map(([name, value]) => `  ${name} = ${valueText(value, indexedBy)}  (${term})`);

function valueText(value: Parameter, indexedBy: string): string {
  const values = valuesOf(value);
  if (typeof values === 'number') return formatNumber(values);
  return `${isOriented(value) ? 'oriented, ' : ''}${rangeText(values)} on ${countText(values.length, indexedBy)}`;
}
