// A kernel process of our own: started from a fresh connection file, watched, ended.
import { type ChildProcess, spawn } from 'node:child_process';
import { kernelCommand } from './kernelCommand.js';
import { type OwnConnection, createConnection } from './ownConnection.js';

export interface KernelOptions {
  /** The kernel's working folder: where cells import from. */
  folder?: string;
  env?: Readonly<Record<string, string | undefined>>;
  /** The command; `{connection_file}` in it is replaced. Default: this package's own kernel. */
  argv?: readonly string[];
  /** Not every kernel knows ipc. Default: ipc where the platform has it. */
  transport?: 'tcp';
}

export class KernelProcess {
  /** Resolves with the reason when the process has ended, or could not be started. */
  readonly ended: Promise<string>;
  hasEnded = false;
  /** The last stderr output of the process. */
  diagnostics = '';

  private constructor(
    readonly child: ChildProcess,
    readonly connection: OwnConnection,
  ) {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.diagnostics = (this.diagnostics + text).slice(-4000);
    });
    this.ended = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(`the kernel could not be started: ${error.message}`));
      child.once('exit', (code, signal) =>
        resolve(`the kernel process ended (${signal ?? `exit code ${code}`})`),
      );
    }).finally(() => (this.hasEnded = true));
  }

  static async start(options: KernelOptions): Promise<KernelProcess> {
    const { folder = process.cwd(), env, argv = kernelCommand() } = options;
    const connection = await createConnection(options.transport);
    const words = argv.map((word) => word.replaceAll('{connection_file}', connection.file));
    const child = spawn(words[0]!, words.slice(1), {
      cwd: folder,
      env: { ...process.env, ...env, JPY_PARENT_PID: String(process.pid) },
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: process.platform !== 'win32', // a Ctrl-C in the terminal is ours to turn into an interrupt
    });
    return new KernelProcess(child, connection);
  }

  /** Resolves when the process has ended; kills it after `deadline` milliseconds. */
  async end(deadline: number): Promise<void> {
    const timer = setTimeout(() => this.child.kill('SIGKILL'), deadline);
    await this.ended;
    clearTimeout(timer);
  }
}
