// What the commands share: a command with its usage, errors with an exit code, the folder and the terminal that it writes to.
import { accessSync, constants, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';

export interface Command {
  /** Printed after `usage: ` for --help and for a wrong call. Without it, --help goes to the command too. */
  readonly usage?: string;
  /** @returns the exit code: 0 done, 1 failed */
  run(args: string[]): Promise<number>;
}

/** An error with its exit code: 2 for a wrong call, 130 after Ctrl-C. Every other error has exit code 1. */
export class CommandError extends Error {
  constructor(message: string, readonly exitCode = 2) {
    super(message);
  }
}

/** The result of `read`, which reads arguments. @throws CommandError with its error on one line */
export function readCall<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    const advice = / To specify a positional argument.*/s; // of parseArgs; an argument that begins with a dash is none of ours
    throw new CommandError((error as Error).message.replace(/\s+/g, ' ').replace(advice, ''));
  }
}

/** Makes the folder if there is none. @throws if nothing can be written there */
export function writableFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new Error(`output folder ${resolve(folder)} cannot be written: ${(cause as Error).message}`, { cause });
  }
}

/** Replaces the last line on the terminal; '' clears it. Nothing where there is no terminal. */
export function terminalLine(text: string): void {
  const { stderr } = process;
  if (stderr.isTTY) stderr.write(`\r\x1b[2K${text.slice(0, (stderr.columns || 80) - 1)}`);
}
