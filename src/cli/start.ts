// `emtd start`: opens the notebooks in JupyterLab (or the classic Notebook) with the kernel registered for
// this checkout only: its kernelspec lies under out/jupyter and is deleted after Ctrl-C.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Jupyter, findJupyter } from '../../kernel/install/jupyter.js';
import { makeJupyterVenv } from '../../kernel/install/jupyterVenv.js';
import { writeKernelspec } from '../../kernel/install/kernelspec.js';
import { kernelName } from '../../kernel/notebook/kernelspecMetadata.js';
import { writeAtomically } from '../files/writeAtomically.js';
import { CommandError, numberOf } from './command.js';
import type { Call } from './table.js';
import type { tables } from './tables.js';

/** Time for Jupyter to end its kernels after Ctrl-C, ms. */
const stopDeadline = 10_000;

/** Else JupyterLab asks about news, over the page. */
const pageConfig = { disabledExtensions: { '@jupyterlab/apputils-extension:announcements': true } };

/** The exit code is Jupyter's, 0 after Ctrl-C. */
export async function start({ values, operands }: Call<typeof tables.start>): Promise<number> {
  const isPort = (port: number): boolean => Number.isInteger(port) && port >= 0 && port < 65536;
  const port =
    values.port === undefined
      ? []
      : [`--port=${numberOf('port', values.port, isPort, 'a port, 0 to 65535')}`];
  const root = process.cwd();
  if (!findJupyter(root)) makeJupyterVenv(root, (line) => console.log(`emtd start: ${line}`));
  const jupyter = findJupyter(root);
  if (!jupyter)
    throw new CommandError('pip has put JupyterLab into .venv, and it does not start; fix: emtd doctor', 1);
  const data = join(root, 'out', 'jupyter');
  try {
    writeKernelspec(data);
    mkdirSync(join(data, 'labconfig'), { recursive: true });
    writeAtomically(join(data, 'labconfig', 'page_config.json'), JSON.stringify(pageConfig));
    return await serve(jupyter, root, data, [
      ...(values['no-browser'] ? ['--no-browser'] : []),
      ...port,
      ...operands,
    ]);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

async function serve(
  { title, command, args }: Jupyter,
  root: string,
  data: string,
  extra: string[],
): Promise<number> {
  const notebooks = join(root, 'notebooks');
  const all = [
    ...args,
    `--notebook-dir=${existsSync(notebooks) ? notebooks : root}`,
    '--ip=127.0.0.1',
    `--MultiKernelManager.default_kernel_name=${kernelName}`,
    ...(process.getuid?.() === 0 ? ['--allow-root'] : []),
    ...extra,
  ];
  const server = spawn(command, all, {
    env: {
      ...process.env,
      JUPYTER_PATH: [data, process.env['JUPYTER_PATH']].filter(Boolean).join(delimiter),
      JUPYTER_CONFIG_PATH: [data, process.env['JUPYTER_CONFIG_PATH']].filter(Boolean).join(delimiter),
      JUPYTER_RUNTIME_DIR: join(data, 'runtime'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32', // this process handles Ctrl-C: Jupyter would ask for a confirmation
  });
  console.log(`emtd start: ${title}, kernel "TypeScript (EMTD Lab)"; Ctrl-C ends it`);
  const log = announceUrl(server);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    server.kill('SIGTERM');
    setTimeout(() => server.kill('SIGKILL'), stopDeadline).unref();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      server.once('error', reject);
      server.once('exit', (status) => resolve(status ?? 1));
    });
    if (stopping) return 0;
    if (code !== 0) console.error(`emtd start: Jupyter ended with exit code ${code}\n${log()}`);
    return code;
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
  }
}

/** Prints the first address with a token; returns the end of the log, for a failure. */
function announceUrl(server: ChildProcess): () => string {
  let log = '';
  let hasPrinted = false;
  for (const stream of [server.stdout, server.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-8000);
      const url = hasPrinted ? undefined : /https?:\/\/\S+[?&]token=\w+/.exec(log)?.[0];
      if (!url) return;
      hasPrinted = true;
      console.log(`emtd start: ${url}`);
    });
  }
  return () => log.trim().split('\n').slice(-15).join('\n');
}
