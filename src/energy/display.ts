// How energies show: the formula, the graph, and a table of the parameters; what a term's check found as a table.
import {
  captioned, card, counted, formatNumber, htmlTable, latexNumber, latexSymbol, latexTable, latexText, type MimeBundle, rangeText,
  strip, summarised,
} from '../display/index.js';
import type { TermReport } from './checkTerm.js';
import type { Hamiltonian } from './hamiltonian.js';
import type { Beliefs } from './meanField.js';
import type { Oriented, Parameter } from './parameters.js';
import type { Term } from './term.js';

/** The term, which shows as its formula. */
export const shownTerm = (term: Term): Term => summarised(term, termBundle);

export function hamiltonianBundle(energy: Hamiltonian): MimeBundle {
  const table = latexTable([
    ...titled(['parameter', 'value', 'term'], energy.terms.flatMap(parameterRows)), [[latexText('graph'), latexText(energy.graph.name), '']],
  ]);
  return {
    'text/latex': `$$${energy.latex()}$$\n\n$$${table}$$`,
    'text/plain': [energy.toString(), ...energy.terms.flatMap(parameterLines)].join('\n'),
  };
}

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
const titled = (titles: readonly string[], rows: readonly (readonly string[])[]): (readonly (readonly string[])[])[] =>
  rows.length === 0 ? [] : [[titles.map(latexText)], rows];

function parameterRows({ name: term, parameters, indexedBy }: Term): string[][] {
  return Object.entries(parameters).map(([name, value]) =>
    typeof value === 'number'
      ? [latexSymbol(name), latexNumber(value), latexText(term)]
      : [`${latexSymbol(name)}_{${indexedBy === 'edge' ? 'ij' : 'i'}}`, latexText(valueText(value, indexedBy)), latexText(term)]);
}

const parameterLines = ({ name: term, parameters, indexedBy }: Term): string[] =>
  Object.entries(parameters).map(([name, value]) => `  ${name} = ${valueText(value, indexedBy)}  (${term})`);

function valueText(value: Parameter, indexedBy: string): string {
  if (typeof value === 'number') return formatNumber(value);
  const values = 'oriented' in value ? value.values : value;
  return `${'oriented' in value ? 'oriented, ' : ''}${rangeText(values)} on ${counted(values.length, indexedBy)}`;
}

export const orientedCard = ({ values }: Oriented): MimeBundle =>
  card('oriented parameter', { values: rangeText(values), edges: counted(values.length, 'value') });

export function beliefsCard({ q, p }: Beliefs): MimeBundle {
  const nodes = p.length / q;
  const shown = Math.min(nodes, 96);
  const rows = Array.from({ length: Math.min(q, 12) }, (_, k) => Float64Array.from({ length: shown }, (_p, i) => p[i * q + k]));
  const picture = strip(rows, { scale: 'sequential', low: 0, high: 1 }, { cellWidth: Math.max(3, Math.min(9, 300 / shown)), cellHeight: 9 });
  return card(`beliefs of ${counted(nodes, 'node')} over ${counted(q, 'state')}`, { probabilities: rangeText(p) }, {
    picture: captioned(picture, [`nodes 0 to ${shown - 1} across, states down; dark 0, bright 1`]),
  });
}

export function reportTable({ term, passed, checks }: TermReport): string {
  return htmlTable({
    caption: `${term}: ${passed ? 'passes' : 'fails'}`,
    head: ['rule', 'found', 'deviation', 'allowed'],
    rows: checks.map(({ rule, passed: holds, deviation, tolerance }) =>
      [rule, holds ? 'holds' : 'BROKEN', deviation.toExponential(1), tolerance.toExponential(0)]),
    align: ['left', 'left', 'right', 'right'],
  });
}
