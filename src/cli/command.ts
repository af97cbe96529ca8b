// What the commands share: errors with an exit code, numbers of options, the folder and the terminal that
// they write to.
import { accessSync, constants, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { got } from '../numerics/check.js';

/** An error with its exit code: 2 for a wrong call, 130 after Ctrl-C. Every other error has exit code 1. */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly exitCode = 2,
  ) {
    super(message);
  }
}

/** The number that an option gives. @throws CommandError unless it keeps the rule, which the words say */
export function numberOf(
  option: string,
  text: string,
  keeps: (value: number) => boolean,
  rule: string,
): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value) || !keeps(value))
    throw new CommandError(`--${option} must be ${rule}, got ${got(text)}`);
  return value;
}

/** A whole number from 1 on. */
export const countOf = (option: string, text: string): number =>
  numberOf(option, text, (value) => Number.isSafeInteger(value) && value >= 1, 'a whole number, 1 or more');

/** Makes the folder if there is none. @throws if nothing can be written there */
export function writableFolder(folder: string, option = '--out'): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    const { message } = cause as Error;
    throw new Error(
      `output folder ${resolve(folder)} cannot be written: ${message}; fix: ${option} with a folder of yours`,
      { cause },
    );
  }
}

/** Replaces the last line on the terminal; '' clears it. Nothing where there is no terminal. */
export function terminalLine(text: string): void {
  const { stderr } = process;
  if (stderr.isTTY) stderr.write(`\r\x1b[2K${text.slice(0, (stderr.columns || 80) - 1)}`);
}
