// The command line: `emtd COMMAND [options]`. Each command is one file, loaded on demand.
import { type Command, CommandError } from './command.js';

const COMMANDS: Readonly<Record<string, readonly [summary: string, load: () => Promise<Command>]>> = {
  reproduce: ['run every notebook, write the figures, print the ledger', async () => (await import('./reproduce.js')).reproduceCommand],
  notebooks: [
    'run every notebook in place: refresh committed outputs and verdicts', async () => (await import('./reproduce.js')).notebooksCommand,
  ],
  run: ['run one or more notebooks with the lab\'s kernel', async () => (await import('./run.js')).runCommand],
  start: ['open the notebooks in Jupyter', async () => (await import('./start.js')).startCommand],
  kernel: ['put the kernel into your Jupyter: install, uninstall, status, doctor', async () => (await import('./kernel.js')).kernelCommand],
  claims: ['the ledger: every claim with its verdict', async () => (await import('./claims.js')).claimsCommand],
  certify: ['how often the certificate rejects right and wrong samplers', async () => (await import('./certify.js')).certifyCommand],
  reference: ['the proposal\'s own program: replay a trace, or many runs', async () => (await import('./reference.js')).referenceCommand],
  doctor: ['check node, build, backends, Jupyter and the kernel, and say the fix', async () => (await import('./doctor.js')).doctorCommand],
};

const FIRST_STEPS = `EMTD Lab: statistical mechanics on networks, with a ledger of tested claims.

Three commands to try next:
  npx emtd run notebooks/00-start-here.ipynb   run the first notebook, nothing but Node needed
  npx emtd claims                              every claim of the two papers, with its verdict
  npm start                                    open the notebooks in Jupyter

All commands: npx emtd --help`;

const isHelp = (word: string | undefined): boolean => word === '--help' || word === '-h';

/** Runs one command and returns its exit code: 0 done, 1 failed, 2 wrong usage, 130 after Ctrl-C. */
export async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined) {
    console.log(FIRST_STEPS);
    return 0;
  }
  if (name === 'help' || isHelp(name)) {
    const width = Math.max(...Object.keys(COMMANDS).map((command) => command.length));
    const rows = Object.entries(COMMANDS).map(([command, [summary]]) => `  ${command.padEnd(width)}  ${summary}`);
    console.log(`usage: emtd COMMAND [options]\n\n${rows.join('\n')}`);
    return 0;
  }
  if (!Object.hasOwn(COMMANDS, name)) {
    console.error(`emtd: unknown command "${name}"; known: ${Object.keys(COMMANDS).join(', ')}`);
    return 2;
  }
  const [, load] = COMMANDS[name];
  const { usage, run } = await load();
  if (usage !== undefined && isHelp(args[0])) {
    console.log(`usage: ${usage}`);
    return 0;
  }
  try {
    return await run(args);
  } catch (error) {
    const exitCode = error instanceof CommandError ? error.exitCode : 1;
    const help = exitCode === 2 && usage !== undefined ? `${usage.includes('\n') ? '\n' : '; '}usage: ${usage}` : '';
    console.error(`emtd ${name}: ${error instanceof Error ? error.message : String(error)}${help}`);
    return exitCode;
  }
}
