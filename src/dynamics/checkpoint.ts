// Where a long run keeps how far it has come, so that another process goes on from there. `sample` writes
// into it; a sweep gives one to each run.

/** A run's place for what it needs to go on; texts by name. */
export interface Checkpoint {
  /** What was written last under the name; undefined where nothing was. */
  read(name: string): string | undefined;
  /** Keeps the text, whole or not at all. */
  write(name: string, text: string): void;
  /** Whether it is time to write: a period has passed since the last time, or the run is asked to stop. */
  readonly isDue: boolean;
}
