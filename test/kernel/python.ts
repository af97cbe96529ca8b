// Python programs as hosts of the kernel: which Python has the modules, and one run with our kernelspec.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { pythons, quietly } from '../../kernel/install/jupyter.js';
import { type SpecOptions, writeKernelspec } from '../../kernel/install/kernelspec.js';
import { root, temporaryFolder } from './harness.js';

/** An import takes a second; on a machine that the tests keep busy, half a minute was not enough. */
const patience = 180_000;

/** The first Python that imports all of these; EMTD_PYTHON names one by hand. */
export function pythonWith(...modules: string[]): string | undefined {
  return pythons(root).find(
    (python) => quietly(python, ['-c', `import ${modules.join(', ')}`], patience).status === 0,
  );
}

/**
 * Every Python that imports all of these, each environment once: a machine may have an old and a new Jupyter.
 */
export function pythonsWith(...modules: string[]): string[] {
  const script = `import ${modules.join(', ')}, sys; print(sys.prefix)`;
  const found = pythons(root).map((python) => ({ python, ...quietly(python, ['-c', script], patience) }));
  const good = found.filter(({ status }) => status === 0);
  return good
    .filter(({ stdout }, i) => good.findIndex((other) => other.stdout === stdout) === i)
    .map(({ python }) => python);
}

/** A skipped host is said by name, on stderr too: nobody reads the skip lines of a long run. */
export function skipWithout(host: string, found: unknown, reason: string): string | false {
  if (found) return false;
  console.error(`SKIPPED, ${host}: ${reason}`);
  return reason;
}

export interface Host {
  readonly child: ChildProcessWithoutNullStreams;
  /** What it has printed so far, both streams. */
  printed(): string;
  /** Resolves when that text has been printed after the last text waited for. */
  says(text: string | RegExp, deadline?: number): Promise<string>;
  /** Resolves with the exit code; removes its folder. */
  ended(): Promise<number | null>;
  /**
   * Asks it to end and, if it does not within half a minute, ends it; nobody waits for pipes that others
   * still hold.
   */
  stop(): Promise<void>;
}

export interface HostOptions {
  spec?: SpecOptions;
  folder?: string;
  env?: Readonly<Record<string, string>>;
}

/** Starts `python ...args` with our kernelspec first; its runtime files and settings are its own. */
export function startHost(python: string, args: readonly string[], options: HostOptions = {}): Host {
  const data = temporaryFolder('emtd host ');
  writeKernelspec(data.path, options.spec);
  const child = spawn(python, args, {
    cwd: options.folder ?? root,
    env: {
      ...process.env,
      ...options.env,
      JUPYTER_PATH: data.path,
      JUPYTER_RUNTIME_DIR: join(data.path, 'runtime'),
      JUPYTER_CONFIG_DIR: join(data.path, 'config'),
      IPYTHONDIR: data.path,
      PYTHONUNBUFFERED: '1',
      NO_COLOR: '1',
    },
  });
  let printed = '';
  let read = 0;
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      for (const look of waiting) look();
    });
  }
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    child,
    printed: () => printed,
    says: (text, deadline = 60_000) =>
      new Promise((resolve, reject) => {
        const fail = (why: string) => (): void => {
          waiting.delete(look);
          reject(new Error(`${String(text)}: ${why}; printed:\n${printed}`));
        };
        const late = setTimeout(fail(`not printed within ${deadline} ms`), deadline);
        void exited.then(fail('not printed before the end'));
        const look = (): void => {
          const rest = printed.slice(read);
          const found =
            typeof text === 'string' ? (rest.includes(text) ? text : undefined) : text.exec(rest)?.[0];
          if (found === undefined) return;
          read += rest.indexOf(found) + found.length;
          clearTimeout(late);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    ended: async () => {
      const code = await exited;
      data.remove();
      return code;
    },
    stop: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      const late = setTimeout(() => child.kill('SIGKILL'), 30_000);
      if (child.exitCode === null && child.kill('SIGTERM')) await gone;
      clearTimeout(late);
      for (const stream of [child.stdout, child.stderr]) stream.destroy();
      data.remove();
    },
  };
}
