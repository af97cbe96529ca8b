// How far a sweep has come: a bar in a notebook, a line on a terminal with the rate and the time left.
import { builtin } from '../files/node.js';
import { progress } from '../figures/index.js';

const period = 500; // ms between two lines

/** @returns told how many runs are done, of how many; '' ends the line */
export function progressOf(name: string, done: number, total: number) {
  const bar = progress(name, total);
  const stderr = builtin('node:process')?.stderr;
  const [begun, first] = [performance.now(), done];
  let last = begun;
  const write = (text: string): void => {
    if (stderr?.isTTY) stderr.write(`\r\x1b[2K${text.slice(0, (stderr.columns || 80) - 1)}`);
  };
  return {
    update(now: number, of: number): void {
      bar.update(now, of);
      const time = performance.now();
      if (time - last < period) return;
      last = time;
      const rate = (now - first) / ((time - begun) / 1000);
      const left = rate > 0 ? `, ${durationText((of - now) / rate)} left` : '';
      write(`${name}: ${now} of ${of} runs, ${rate.toPrecision(3)} per second${left}`);
    },
    end(): void {
      write('');
    },
  };
}

const durationText = (seconds: number): string =>
  seconds < 100
    ? `${Math.ceil(seconds)} s`
    : seconds < 6000
      ? `${Math.ceil(seconds / 60)} min`
      : `${(seconds / 3600).toFixed(1)} h`;
