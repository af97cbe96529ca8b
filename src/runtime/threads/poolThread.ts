// The script of a thread of the pool: between runs it waits for messages, during a run it reads only the
// control words.
import { Control } from './control.js';
import { toStarter } from './threadHost.js';
import { type Entry, entriesOf, partOf, type Phase, type Run } from './run.js';

/** Its place in a team: the first message. */
export interface Seat {
  readonly thread: number;
  readonly threads: number;
  readonly looks: number;
  readonly control: SharedArrayBuffer;
}

/** A run: every later message. The program comes with its first run; later runs give its number only. */
export interface Order {
  readonly program: number;
  readonly code?: Pick<Run, 'module' | 'memory'>;
  readonly job: number;
  readonly steps: number;
  readonly phases: readonly Phase[];
}

/** All threads have left the run, or this one cannot continue it. */
export type Report = 'done' | { readonly failure: string };

let work: ((order: Order) => boolean) | undefined;

const report = toStarter((message) => {
  if (!work) return void (work = worker(message as Seat));
  try {
    if (work(message as Order)) report('done' satisfies Report);
  } catch (error) {
    report({ failure: String(error) } satisfies Report);
  }
});

/** The function that executes a run and returns whether this thread was the last to leave it. */
function worker({ thread, threads, looks, control: buffer }: Seat): (order: Order) => boolean {
  const control = new Control(threads, looks, buffer);
  const programs = new Map<number, Readonly<Record<string, Entry>>>();
  return ({ program, code, job, steps, phases }) => {
    if (code) programs.set(program, entriesOf(code.module, code.memory));
    const entries = programs.get(program)!;
    const parts = phases.map((phase) => {
      const [begin, end] = partOf(phase, thread, threads);
      return { call: entries[phase.entry], begin, end };
    });
    for (let step = 0; step < steps && !control.isOver; step++) {
      let isGood = true;
      for (let phase = 0; phase < parts.length; phase++) {
        const { call, begin, end } = parts[phase];
        const returned = begin < end ? call(job, step, begin, end) : 0;
        if (returned !== 0 && isGood) {
          isGood = false;
          control.report(thread, phase, returned);
        }
        control.meet(phase === parts.length - 1 ? control.endStep : undefined);
      }
    }
    return control.leave();
  };
}
