// The command line: `emtd COMMAND [options]`. Each command is one file, loaded on demand; what it takes
// stands in tables.ts.
import { versions } from '../../kernel/wire/versions.js';
import { isReaderGone } from './brokenPipe.js';
import { CommandError } from './command.js';
import { firstSteps } from './firstSteps.js';
import { helpPage, overview } from './helpText.js';
import { runElsewhere } from './kernelAtHand.js';
import { asksHelp, didYouMean, parseCall } from './parseCall.js';
import type { Call } from './table.js';
import { type CommandName, firstWords, tableOf, tables, verbsOf } from './tables.js';

/** Does what a call asks for. @returns the exit code: 0 done, 1 failed */
type Run<Name extends CommandName> = (call: Call<(typeof tables)[Name]>) => number | Promise<number>;

const runs: { readonly [Name in CommandName]: () => Promise<Run<Name>> } = {
  reproduce: async () => (await import('./reproduce.js')).reproduce,
  notebooks: async () => (await import('./refresh.js')).refresh,
  run: async () => (await import('./run.js')).run,
  start: async () => (await import('./start.js')).start,
  'kernel install': async () => (await import('./kernel.js')).install,
  'kernel uninstall': async () => (await import('./kernel.js')).uninstall,
  'kernel status': async () => (await import('./kernel.js')).status,
  'kernel doctor': async () => (await import('./doctor.js')).kernelDoctor,
  claims: async () => (await import('./claims.js')).printLedger,
  certify: async () => (await import('./certify.js')).rehearseAll,
  reference: async () => (await import('./reference.js')).reference,
  'sweep run': async () => (await import('./sweep.js')).runHere,
  'sweep submit': async () => (await import('./sweep.js')).submit,
  'sweep status': async () => (await import('./sweep.js')).printStatus,
  'sweep collect': async () => (await import('./sweep.js')).collect,
  'sweep retry': async () => (await import('./sweep.js')).retry,
  'sweep cancel': async () => (await import('./sweep.js')).cancel,
  doctor: async () => (await import('./doctor.js')).doctor,
  help: async () => help,
};

/** Runs one command and returns its exit code: 0 done, 1 failed, 2 wrong call, 130 after Ctrl-C. */
export async function main(words: string[]): Promise<number> {
  if (words.length === 0) return say(firstSteps(process.cwd()));
  if (words[0] === '--version' || words[0] === '-v') return say(versions.kernel);
  if (words[0] === '--help' || words[0] === '-h') return say(overview());
  let title = 'emtd';
  try {
    const name = commandOf(words);
    title = `emtd ${name}`;
    const table = tableOf(name);
    const args = words.slice(name.split(' ').length);
    if (asksHelp(args)) return say(helpPage(name));
    if (!table && args.length === 0)
      throw new CommandError(`no verb given; its verbs are ${verbsOf(name).join(', ')}`);
    if (!table) throw new CommandError(unknown('verb', args[0], verbsOf(name)));
    const call = parseCall(args, table);
    const code = runElsewhere(name as CommandName, words);
    if (code !== undefined) return code;
    return await ((await runs[name as CommandName]()) as (call: Call) => number | Promise<number>)(call);
  } catch (error) {
    if (isReaderGone()) return 0;
    const exitCode = error instanceof CommandError ? error.exitCode : 1;
    const message = (error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, ' ');
    console.error(`${title}: ${message}${exitCode === 2 ? `; ${title} --help says what it takes` : ''}`);
    return exitCode;
  }
}

/**
 * The full name of the command that a call begins with; of one with verbs its first word, where no verb
 * follows.
 */
function commandOf([first, second]: readonly string[]): string {
  if (first.startsWith('-')) throw new CommandError(unknown('option', first, ['--help', '--version']));
  if (!firstWords.includes(first)) throw new CommandError(unknown('command', first, firstWords));
  return verbsOf(first).includes(second) ? `${first} ${second}` : first;
}

const unknown = (what: string, word: string, known: readonly string[]): string =>
  `unknown ${what} ${JSON.stringify(word)}${didYouMean(word, known) || `; known: ${known.join(', ')}`}`;

function help({ operands }: Call): number {
  if (operands.length === 0) return say(overview());
  const name = commandOf(operands);
  const stray = operands[name.split(' ').length];
  if (stray === undefined) return say(helpPage(name));
  throw new CommandError(
    tableOf(name) ? `stray word ${JSON.stringify(stray)}` : unknown('verb', stray, verbsOf(name)),
  );
}

function say(text: string): number {
  console.log(text);
  return 0;
}
