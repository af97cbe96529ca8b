// Counts of the wrong calls, by room.
import type { Judged, Verdict } from './everyWrongCall.js';

export type Counts = Record<Verdict, number> & { functions: number; calls: number };
export const notNamed = ['silent', 'raw'] as const;

export function byRoom(judged: readonly Judged[]): Readonly<Record<string, Counts>> {
  const rooms = [...new Set(judged.map(({ room }) => room))].sort();
  return Object.fromEntries(
    rooms.map((room) => {
      const own = judged.filter((call) => call.room === room);
      const count = (verdict: Verdict): number => own.filter((call) => call.verdict === verdict).length;
      return [
        room,
        {
          functions: new Set(own.map(({ name }) => name)).size,
          calls: own.length,
          named: count('named'),
          silent: count('silent'),
          raw: count('raw'),
          hang: count('hang'),
          crash: count('crash'),
        },
      ];
    }),
  );
}

/** The functions of a room with most calls that no named error ends. */
export function worst(
  judged: readonly Judged[],
  room: string,
  count: number,
): { name: string; silent: number; raw: number; calls: number }[] {
  const names = [...new Set(judged.filter((call) => call.room === room).map(({ name }) => name))];
  return names
    .map((name) => {
      const own = judged.filter((call) => call.name === name);
      const of = (verdict: Verdict): number => own.filter((call) => call.verdict === verdict).length;
      return { name, silent: of('silent'), raw: of('raw'), calls: own.length };
    })
    .sort((a, b) => b.silent + b.raw - a.silent - a.raw)
    .slice(0, count);
}
