// The report of a doctor: one line per check.

/** A defect that does not stop the main job is only a note. */
export interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'note' | 'problem';
  /** The result; for a note or a problem also the fix. */
  readonly text: string;
}

/** Prints the findings; 1 if there is a problem, else 0: the exit code. */
export function report(findings: readonly Finding[]): number {
  const width = Math.max(...findings.map(({ what }) => what.length));
  for (const { what, state, text } of findings)
    console.log(`${state.padEnd(7)}  ${what.padEnd(width)}  ${text}`);
  return findings.some(({ state }) => state === 'problem') ? 1 : 0;
}
