// The command line: `emtd COMMAND [options]`. Each command is one file, loaded on demand.
import { type Command, CommandError } from './command.js';

const COMMANDS: Record<string, { readonly summary: string; load(): Promise<Command> }> = {
  reproduce: {
    summary: 'run every notebook, write the figures, print the ledger',
    load: async () => (await import('./reproduce.js')).reproduceCommand,
  },
  notebooks: {
    summary: 'run every notebook in place: refresh committed outputs and verdicts',
    load: async () => (await import('./reproduce.js')).notebooksCommand,
  },
  run: { summary: 'run one or more notebooks with the lab\'s kernel', load: async () => (await import('./run.js')).runCommand },
  start: { summary: 'open the notebooks in Jupyter', load: async () => (await import('./start.js')).startCommand },
  kernel: {
    summary: 'put the kernel into your Jupyter: install, uninstall, status, doctor',
    load: async () => (await import('./kernel.js')).kernelCommand,
  },
  claims: { summary: 'the ledger: every claim with its verdict', load: async () => (await import('./claims.js')).claimsCommand },
  certify: {
    summary: 'how often the certificate rejects right and wrong samplers',
    load: async () => (await import('./certify.js')).certifyCommand,
  },
  reference: {
    summary: 'the proposal\'s own program: replay a trace, or many runs',
    load: async () => (await import('./reference.js')).referenceCommand,
  },
  doctor: {
    summary: 'check node, build, backends, Jupyter and the kernel, and say the fix',
    load: async () => (await import('./doctor.js')).doctorCommand,
  },
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
    const rows = Object.entries(COMMANDS).map(([command, { summary }]) => `  ${command.padEnd(width)}  ${summary}`);
    console.log(`usage: emtd COMMAND [options]\n\n${rows.join('\n')}`);
    return 0;
  }
  if (!Object.hasOwn(COMMANDS, name)) {
    console.error(`emtd: unknown command "${name}"; known: ${Object.keys(COMMANDS).join(', ')}`);
    return 2;
  }
  const { usage, run } = await COMMANDS[name].load();
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
