// Search over the lab's names: `%names WORDS`, and what `name?` answers where there is no such name.
import { near } from '../../src/numerics/near.js';
import type { KnownName } from '../compiler/cellCompiler.js';

/**
 * What people try first, and the names that do it; `use` where the name is right but its use is not plain.
 */
export const guesses: Readonly<Record<string, { names: readonly string[]; use?: string }>> = {
  csv: {
    names: ['fromCsv', 'saveFigure', 'table'],
    use: "fromCsv(text, { source, target }) reads a graph; saveFigure(figure, 'data.csv') writes a figure's data",
  },
  energyOf: {
    names: ['energyOf', 'observe'],
    use: 'energyOf(energy) is an observable: observe(samples, energyOf(energy)); of one state, energy.energy64(state)',
  },
  enumerate: { names: ['enumerateIsing', 'boltzmannLaw', 'transitionMatrix'] },
  ising: {
    names: ['hamiltonian', 'bond', 'enumerateIsing', 'ringIsing', 'squareIsing'],
    use: 'an Ising energy is hamiltonian(graph, [bond((a, b, J) => a.mul(b).sum().mul(J).neg(), { J: 1 })])',
  },
  load: { names: ['fromCsv', 'fromGraphML', 'parseState', 'importCar'] },
  save: { names: ['saveFigure', 'serialiseState', 'exportCar'] },
  simulate: { names: ['sample', 'drive', 'events', 'relax'] },
  spinField: {
    names: ['randomSpins', 'fieldFrom'],
    use: "all up is fieldFrom(Array(100).fill(1), { codomain: 'spin' })",
  },
};

const mostNear = 3;
const mostShown = 40;
const longest = 110;

/** The advice of the table of guesses, in any case of letters. */
export function adviceOn(name: string): string | undefined {
  const key = Object.keys(guesses).find((guess) => guess.toLowerCase() === name.toLowerCase());
  if (key === undefined) return undefined;
  const { names, use } = guesses[key]!;
  return [`see ${names.join(', ')}`, use].filter(Boolean).join('; ');
}

/** "did you mean ...?" with the names that differ by few letters; undefined where none does. */
export function nearestNames(name: string, known: readonly KnownName[]): string | undefined {
  const found: string[] = [];
  for (
    let rest = known.map((one) => one.name);
    found.length < mostNear;
    rest = rest.filter((other) => !found.includes(other))
  ) {
    const next = near(name, rest);
    if (next === undefined) break;
    found.push(next);
  }
  return found.length === 0 ? undefined : `did you mean ${found.join(', ')}?`;
}

/**
 * A line for each name that has all words in it or in its summary, those with the words in the name first.
 */
export function namesPage(words: string, known: readonly KnownName[]): string {
  if (known.length === 0) return '%names: there are no names without an import while the prelude is off\n';
  const all = words.toLowerCase().split(/\s+/);
  const has = (text: string): boolean => all.every((word) => text.toLowerCase().includes(word));
  const byName = known.filter(({ name }) => has(name));
  const found = [
    ...byName,
    ...known.filter((one) => !byName.includes(one) && has(`${one.name} ${one.summary}`)),
  ];
  const advice = adviceOn(words);
  if (found.length === 0) {
    const none = `%names: no name has "${words}" in it, nor has its documentation`;
    return `${[none, advice ?? nearestNames(words, known)].filter(Boolean).join('; ')}\n`;
  }
  const rows = found.slice(0, mostShown).map(({ name, summary }) => [name, summary]);
  const width = Math.max(...rows.map(([name]) => name!.length));
  const short = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 3)}...` : text);
  const lines = rows.map(([name, summary]) => `${name!.padEnd(width)}  ${short(summary!)}`.trimEnd());
  const more =
    found.length > mostShown ? [`and ${found.length - mostShown} more: another word makes them fewer`] : [];
  return `${[...(advice === undefined ? [] : [`${words}: ${advice}`]), ...lines, ...more].join('\n')}\n`;
}
