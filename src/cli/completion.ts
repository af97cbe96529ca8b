// `emtd completion bash | zsh | fish`: a script by which a shell completes commands, options and their
// values, from the tables.
import { ledger } from '../claims/ledger.js';
import type { Call, Option, Table } from './table.js';
import { firstWords, summaryOf, tableOf, tables, verbsOf } from './tables.js';

export function printCompletion({ operands: [shell] }: Call<typeof tables.completion>): number {
  console.log({ bash, zsh, fish }[shell as 'bash' | 'zsh' | 'fish']());
  return 0;
}

const commands: readonly (readonly [name: string, table: Table])[] = Object.entries(tables);
const groups = firstWords.filter((word) => verbsOf(word).length > 0);
const optionsOf = (table: Table): [name: string, option: Option][] => [
  ...Object.entries<Option>(table.options),
  ['help', { help: 'what it takes' }],
];
const flagsOf = (table: Table): string[] => optionsOf(table).map(([name]) => `--${name}`);

/** The words that may stand as operands, where they are known. */
const wordsOf = ({ operands }: Table): readonly string[] => {
  if (operands?.completes === 'claim') return ledger().map(({ id }) => id);
  return operands?.choices ?? (operands?.completes === 'command' ? firstWords : []);
};

const takesNotebooks = ({ operands }: Table): boolean => operands?.completes === 'notebook';

/** bash 3.2 and later. `files` is what is completed beside the words: notebook, file or folder. */
function bash(): string {
  const cases = [
    [`''`, [...firstWords, '--help', '--version'], ''] as const,
    ...groups.map((word) => [word, [...verbsOf(word), '--help'], ''] as const),
    ...commands.map(
      ([name, table]) =>
        [name, [...flagsOf(table), ...wordsOf(table)], takesNotebooks(table) ? 'notebook' : ''] as const,
    ),
  ].map(([name, words, files]) => `    ${quoted(name)}) words='${words.join(' ')}' files=${files};;`);
  const values = commands.flatMap(([name, table]) =>
    optionsOf(table)
      .filter(([, { value }]) => value !== undefined)
      .map(
        ([option, { choices = [], completes = '' }]) =>
          `    '${name} --${option}') words='${choices.join(' ')}' files=${completes};;`,
      ),
  );
  return `# bash completion for emtd: eval "$(emtd completion bash)"
_emtd() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} name= words= files=
  if [[ $word == '=' ]]; then word=; elif [[ $before == '=' ]]; then before=\${COMP_WORDS[COMP_CWORD-2]}; fi
  (( COMP_CWORD > 1 )) && name=\${COMP_WORDS[1]}
  case $name in ${groups.join('|')}) (( COMP_CWORD > 2 )) && name="$name \${COMP_WORDS[2]}";; esac
  case $name in
${cases.join('\n')}
  esac
  case "$name $before" in
${values.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
  [[ -z $files || $word == -* ]] && return
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  case $files in
    notebook) COMPREPLY+=($(compgen -f -X '!*.ipynb' -- "$word"));;
    file) COMPREPLY+=($(compgen -f -X '' -- "$word")); return;;
  esac
  COMPREPLY+=($(compgen -d -- "$word"))
}
complete -F _emtd emtd`;
}

const quoted = (text: string): string => (/^[\w-]+$|^''$/.test(text) ? text : `'${text}'`);

function zsh(): string {
  const files = { file: '_files', folder: '_files -/', notebook: '_files -g "*.ipynb"' } as const;
  const escape = (text: string): string => text.replaceAll("'", "'\\''").replace(/[[\]:]/g, '\\$&');
  const described = (lines: readonly (readonly [string, string])[]): string =>
    lines.map(([word, text]) => `'${word}:${escape(text)}'`).join(' ');
  const argument = ([name, { help, value, choices, completes, repeats }]: [string, Option]): string => {
    const action = choices ? `(${choices.join(' ')})` : completes ? files[completes] : ' ';
    return `'${repeats ? '*' : ''}--${name}${value ? '=' : ''}[${escape(help)}]${value ? `:${escape(value)}:${action}` : ''}'`;
  };
  const operand = (table: Table): string[] => {
    const words = wordsOf(table);
    if (words.length > 0) return [`':${table.operands!.name}:(${words.join(' ')})'`];
    return takesNotebooks(table) ? [`'*:notebook:${files.notebook}'`] : [];
  };
  const first = [
    ...firstWords.map((word) => [word, summaryOf(word)] as const),
    ['--help', 'all commands'],
    ['--version', 'its version'],
  ] as const;
  const body = ([name, table]: readonly [string, Table]): string =>
    `    ${quoted(name)}) _arguments ${[...optionsOf(table).map(argument), ...operand(table)].join(' ')};;`;
  return `#compdef emtd
# zsh completion for emtd: eval "$(emtd completion zsh)"
_emtd() {
  local name=$words[2]
  local -a list
  if (( CURRENT == 2 )); then
    list=(${described(first)})
    _describe command list
    return
  fi
${groups
  .map(
    (word) => `  if [[ $name == ${word} ]]; then
    if (( CURRENT == 3 )); then
      list=(${described(verbsOf(word).map((verb) => [verb, tableOf(`${word} ${verb}`)!.summary] as const))})
      _describe verb list
      return
    fi
    name="$name $words[3]"
    shift words; (( CURRENT-- ))
  fi`,
  )
  .join('\n')}
  shift words; (( CURRENT-- ))
  case $name in
${commands.map(body).join('\n')}
  esac
}
compdef _emtd emtd`;
}

function fish(): string {
  const text = (words: string): string => `'${words.replace(/['\\]/g, '\\$&')}'`;
  const seen = (name: string): string =>
    text(
      name
        .split(' ')
        .map((word) => `__fish_seen_subcommand_from ${word}`)
        .join('; and '),
    );
  const alone = (word: string): string =>
    text(
      `__fish_seen_subcommand_from ${word}; and not __fish_seen_subcommand_from ${verbsOf(word).join(' ')}`,
    );
  const option = (name: string, [flag, { help, value, choices, completes }]: [string, Option]): string => {
    const files = {
      file: ' -rF',
      folder: ` -x -a '(__fish_complete_directories)'`,
      none: ` -x${choices ? ` -a ${text(choices.join(' '))}` : ''}`,
    };
    return `complete -c emtd -n ${seen(name)} -l ${flag}${value ? files[completes ?? 'none'] : ''} -d ${text(help)}`;
  };
  const operand = ([name, table]: readonly [string, Table]): string[] => {
    const words = wordsOf(table);
    if (words.length > 0) return [`complete -c emtd -n ${seen(name)} -a ${text(words.join(' '))}`];
    return takesNotebooks(table)
      ? [`complete -c emtd -n ${seen(name)} -a '(__fish_complete_suffix .ipynb)'`]
      : [];
  };
  return [
    '# fish completion for emtd: emtd completion fish | source',
    'complete -c emtd -f',
    "complete -c emtd -n __fish_use_subcommand -l version -d 'the version of the lab'",
    "complete -c emtd -n __fish_use_subcommand -l help -d 'all commands'",
    ...firstWords.map(
      (word) => `complete -c emtd -n __fish_use_subcommand -a ${word} -d ${text(summaryOf(word))}`,
    ),
    ...groups.flatMap((word) =>
      verbsOf(word).map(
        (verb) =>
          `complete -c emtd -n ${alone(word)} -a ${verb} -d ${text(tableOf(`${word} ${verb}`)!.summary)}`,
      ),
    ),
    ...commands.flatMap(([name, table]) => [
      ...optionsOf(table).map((one) => option(name, one)),
      ...operand([name, table]),
    ]),
  ].join('\n');
}
