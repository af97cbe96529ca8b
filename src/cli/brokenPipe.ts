// `emtd certify | head -1`: when nobody reads any more, the command ends without a word, its kernels and
// servers first.

let gone = false;

/** Whether the reader of what is printed has gone. */
export const isReaderGone = (): boolean => gone;

/**
 * Ends the process when its reader goes: as Ctrl-C does where a command listens to that, at once otherwise.
 */
export function endWithReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      if (gone) return;
      gone = true;
      if (!process.emit('SIGINT')) process.exit(0);
    });
  }
}
