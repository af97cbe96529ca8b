// A process with everything below it, from Linux's /proc: for tests of what a kernel leaves, opens or holds.
import { readFileSync, readdirSync } from 'node:fs';

/** The process and all its descendants, whichever thread started them. */
export function family(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(family)];
}
