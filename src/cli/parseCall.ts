// Reads the words of a call by the table of its command, on node's own parser.
//   unknown option --tiemout; did you mean --timeout?
import { parseArgs } from 'node:util';
import { got } from '../numerics/check.js';
import { near } from '../numerics/near.js';
import { CommandError } from './command.js';
import type { Call, Option, Table } from './table.js';

/** Whether a call asks for help, before any `--`. */
export const asksHelp = (args: readonly string[]): boolean => {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).some((word) => word === '--help' || word === '-h');
};

/**
 * @throws CommandError for an unknown option, a value that is missing or of no use, and words that the
 * command does not take
 */
export function parseCall(args: string[], table: Table): Call {
  const options = Object.fromEntries(
    Object.entries(table.options).map(([name, { value, repeats }]) => [
      name,
      { type: value === undefined ? 'boolean' : 'string', multiple: repeats ?? false } as const,
    ]),
  );
  const { values, positionals, tokens } = parseArgs({
    args,
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) if (token.kind === 'option') checkOption(token, table);
  const dashes = tokens.find(({ kind }) => kind === 'option-terminator')?.index ?? Infinity;
  checkOperands(
    positionals,
    tokens.flatMap((token) => (token.kind === 'positional' && token.index < dashes ? [token.value] : [])),
    table,
  );
  return { values: values as Call['values'], operands: positionals };
}

interface Given {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string;
  readonly inlineValue?: boolean;
}

function checkOption({ name, rawName, value, inlineValue }: Given, { options, operands }: Table): void {
  if (!rawName.startsWith('--') || !Object.hasOwn(options, name)) {
    const hint = near(name, [...Object.keys(options), 'help']);
    const rest = operands?.afterDashes ? `; ${operands.name} ${operands.help}` : '';
    throw new CommandError(
      `unknown option ${rawName}${hint && rawName.startsWith('--') ? `; did you mean --${hint}?` : rest}`,
    );
  }
  const { value: needs, choices }: Option = options[name];
  if (needs === undefined) {
    if (value !== undefined) throw new CommandError(`--${name} takes no value, got ${got(value)}`);
    return;
  }
  if (value === undefined) throw new CommandError(`--${name} needs a value, ${needs}`);
  if (!inlineValue && /^-(?!\d|\.\d)./.test(value)) {
    throw new CommandError(
      `--${name} needs a value, ${needs}, got the option ${value}; a value with a dash goes as --${name}=${value}`,
    );
  }
  if (choices && !choices.includes(value)) {
    throw new CommandError(
      `--${name} must be ${choices.join(' or ')}, got ${got(value)}${didYouMean(value, choices)}`,
    );
  }
}

function checkOperands(words: readonly string[], beforeDashes: readonly string[], { operands }: Table): void {
  const stray =
    operands === undefined
      ? words[0]
      : operands.afterDashes
        ? beforeDashes[0]
        : operands.single
          ? words[1]
          : undefined;
  if (stray !== undefined) {
    const rest = operands?.afterDashes ? `; ${operands.name} ${operands.help}` : '';
    throw new CommandError(
      `stray word ${got(stray)}: it takes ${operands?.single ? `one ${operands.name}` : 'options only'}${rest}`,
    );
  }
  if (operands?.needed && words.length === 0)
    throw new CommandError(`no ${operands.name.replace(/\W/g, '').toLowerCase()} given`);
}

/** `; did you mean "claims"?`, or nothing where no name is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const hint = near(word, known);
  return hint === undefined ? '' : `; did you mean "${hint}"?`;
}
