// Search over the lab's names: `%names WORDS`, and what `name?` answers where there is no such name.
import { near } from '../../src/numerics/near.js';
import type { KnownName } from '../compiler/cellCompiler.js';

/**
 * What people try first, and the names that do it; `use` where the name is right but its use is not plain.
 */
export const guesses: Readonly<Record<string, { names: readonly string[]; use?: string }>> = {
  csv: {
    names: ['graphs.fromCsv', 'figures.saveFigure', 'table'],
    use: "graphs.fromCsv(text, { source, target }) reads a graph; figures.saveFigure(figure, 'data.csv') writes its data",
  },
  energyOf: {
    names: ['energyOf', 'observe'],
    use: 'energyOf(energy) is an observable: observe(samples, energyOf(energy)); of one state, energy.energy64(state)',
  },
  enumerate: { names: ['exact.enumerateIsing', 'exact.boltzmannLaw', 'exact.transitionMatrix'] },
  ising: {
    names: ['hamiltonian', 'bond', 'exact.enumerateIsing', 'exact.ringIsing', 'exact.squareIsing'],
    use: 'an Ising energy is hamiltonian(graph, [bond((a, b, J) => a.mul(b).sum().mul(J).neg(), { J: 1 })])',
  },
  load: { names: ['graphs.fromCsv', 'graphs.fromGraphML', 'dynamics.parseState', 'merkle.importCar'] },
  save: { names: ['figures.saveFigure', 'dynamics.serialiseState', 'merkle.exportCar'] },
  simulate: { names: ['sample', 'drive', 'ambient.events', 'ambient.relax'] },
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

/** "did you mean ...?" with the names that differ by few letters, by their last part; undefined if none does. */
export function nearestNames(name: string, known: readonly KnownName[]): string | undefined {
  const whole = new Map(known.map((one) => [one.name.replace(/^.*[.]/, ''), one.name]));
  const found: string[] = [];
  while (found.length < mostNear) {
    const next = near(name, [...whole.keys()]);
    if (next === undefined) break;
    found.push(whole.get(next)!);
    whole.delete(next);
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
