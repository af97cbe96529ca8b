// The pages of --help, from the tables.
import type { Table } from './table.js';
import { firstWords, summaryOf, tableOf, verbsOf } from './tables.js';

/** `emtd --help`. */
export const overview = (): string => `usage: emtd COMMAND [options]

${rows(firstWords.map((word) => [word, summaryOf(word)]))}

  emtd COMMAND --help   what a command takes
  emtd --version        the version of the lab`;

/** `emtd COMMAND --help`, for a command or for one with verbs. */
export function helpPage(name: string): string {
  const table = tableOf(name);
  if (table) return page(name, table);
  return `usage: emtd ${name} VERB [options]\n\n${rows(verbsOf(name).map((verb) => [verb, tableOf(`${name} ${verb}`)!.summary]))}`;
}

function page(name: string, { summary, operands, options, remark }: Table): string {
  const named = operands ? [[operands.name, operands.help]] : [];
  const flags = Object.entries(options).map(([option, { value, help }]) => [
    `--${option}${value ? ` ${value}` : ''}`,
    help,
  ]);
  const words = operands ? (operands.needed ? ` ${operands.name}` : ` [${operands.name}]`) : '';
  const usage = `usage: emtd ${name}${flags.length > 0 ? ' [options]' : ''}${words}`;
  return `${usage}\n${summary}\n\n${rows([...named, ...flags, ['--help', 'this page']])}${remark ? `\n\n${remark}` : ''}`;
}

function rows(lines: readonly (readonly string[])[]): string {
  const width = Math.max(...lines.map(([left]) => left.length));
  return lines.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
}
