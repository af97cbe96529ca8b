// The front process: `node main.js CONNECTION_FILE [--compiler typescript|tslab] [--no-prelude]`. Sockets and
// protocol here on the main thread, the cell compiler in a worker thread, user code in a process of its own
// (the back).
import { existsSync, writeSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type CompilerName, compilerNames } from '../wire/compilerNames.js';
import { type Connection, readConnection } from '../wire/connection.js';
import { requireOfTslab } from '../wire/tslabPackage.js';
import { watchParent } from './orphan.js';
import { Session } from './session.js';

/** How long the process may take to end, ms. */
const exitDeadline = 3000;

const log = (line: string): void => {
  try {
    writeSync(2, `kernel: ${line}\n`);
  } catch {
    // nobody reads it any more
  }
};

/** The nearest folder upwards that holds a package.json; the folder itself where there is none. */
function packageRoot(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'package.json'))) return at;
    if (dirname(at) === at) return folder;
  }
}

function commandLine(): { connection: Connection; compiler: CompilerName; prelude: boolean } {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      compiler: { type: 'string', default: 'typescript' },
      'no-prelude': { type: 'boolean', default: false },
    },
  });
  const compiler = compilerNames.find((name) => name === values.compiler);
  if (positionals.length !== 1 || !compiler) {
    throw new Error(
      `usage: node main.js CONNECTION_FILE [--compiler ${compilerNames.join('|')}] [--no-prelude]`,
    );
  }
  return { connection: readConnection(positionals[0]!), compiler, prelude: !values['no-prelude'] };
}

async function start(): Promise<void> {
  const { connection, compiler, prelude } = commandLine();
  if (compiler === 'tslab') requireOfTslab(); // throws at once where it is not installed
  const folder = process.cwd();
  const folders = { root: packageRoot(folder), folder };
  const session = new Session({ connection, compiler, folders, prelude, log, shutdown: () => void end() });

  let ending = false;
  const end = async (signal?: NodeJS.Signals): Promise<void> => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), exitDeadline).unref();
    await session.end();
    process.exit(signal ? 128 + constants.signals[signal] : 0); // an exit, unlike a signal, lets ZeroMQ deliver
  };
  process.on('SIGINT', () => {}); // interrupts come as messages
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(signal));
  watchParent(() => {
    log('the process that started this kernel is gone: ending');
    void end();
  });
  await session.start();
}

start().catch((error: unknown) => {
  log(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
