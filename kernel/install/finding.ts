// What a doctor says: one line for each thing that was looked at.

/** A problem that the main job can live without is only a note. */
export interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'note' | 'problem';
  /** What was found; for a note or a problem also the fix. */
  readonly said: string;
}

/** Prints the findings; 1 if there is a problem, else 0: the exit code. */
export function report(findings: readonly Finding[]): number {
  const width = Math.max(...findings.map(({ what }) => what.length));
  for (const { what, state, said } of findings) console.log(`${state.padEnd(7)}  ${what.padEnd(width)}  ${said}`);
  return findings.some(({ state }) => state === 'problem') ? 1 : 0;
}
