// Limits the output of a cell: an endless loop must not fill the front end's memory.

/** Megabytes of printed text for each cell; EMTD_OUTPUT_LIMIT sets another number. */
const limit = megabytes(process.env['EMTD_OUTPUT_LIMIT'] ?? '10');
/** Megabytes of displays for each cell, those updated in place not counted. */
const displayLimit = Math.max(100, limit);
const megabyte = 1e6;

/** Counts the output of one cell. */
export class OutputLimit {
  #printed = 0;
  #displayed = 0;

  /** The part of a text that may still be shown; the last one ends with the line that says so. */
  printable(text: string): string {
    const room = limit * megabyte - this.#printed;
    this.#printed += text.length;
    if (text.length <= room) return text;
    if (room < 0) return '';
    this.#printed = Infinity;
    return `${text.slice(0, room)}\noutput capped at ${limit} MB (the environment variable EMTD_OUTPUT_LIMIT sets how many)\n`;
  }

  /** Whether one more display may be shown. */
  get hasRoom(): boolean {
    return this.#displayed <= displayLimit * megabyte;
  }

  /** Counts a display of `size` bytes. */
  displayed(size: number): void {
    this.#displayed += size;
  }

  /** A display has been dropped: the line that says so, once. */
  dropped(): string {
    if (this.#displayed === Infinity) return '';
    this.#displayed = Infinity;
    return `displays capped at ${displayLimit} MB\n`;
  }

  /** The cell has cleared its output. */
  clear(): void {
    this.#printed = this.#displayed = 0;
  }
}

function megabytes(text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && number >= 0) return number;
  throw new RangeError(
    `EMTD_OUTPUT_LIMIT: must be a number of megabytes, at least 0, got ${JSON.stringify(text)}`,
  );
}
