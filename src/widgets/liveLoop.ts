// The loop of a live figure in a page: chains advance and frames go out while someone looks, one unacknowledged
// frame at a time. It ends when it is stopped or interrupted, when nobody has touched a control for long, when the
// view has gone, or when the page no longer answers.
import type { LivePicture } from './livePicture.js';
import type { LiveRun } from './liveRun.js';
import type { LiveScreen } from './liveScreen.js';
import type { Widget } from './widget.js';

export interface LiveParts {
  readonly run: LiveRun;
  readonly picture: LivePicture;
  readonly screen: LiveScreen;
  readonly controls: readonly Widget<number>[];
  /** How long it goes on after the last touch of a control. */
  readonly seconds: number;
  readonly signal: AbortSignal;
}

/** Milliseconds between two frames at least: more than 20 a second serve nobody. */
const period = 45;
/** Milliseconds for which a page may be silent (it is being loaded anew), and for which no view may be there. */
const patience = { silence: 60_000, unwatched: 5000 };

export async function showLive({ run, picture, screen, controls, seconds, signal }: LiveParts): Promise<void> {
  const bell = new Bell();
  let note = '';
  let stale = false;
  let touched = performance.now();
  let watched = false;
  let stopped = signal.aborted;
  const touch = (): void => {
    if (note) run.restart();
    note = '';
    touched = performance.now();
    bell.ring();
  };
  const stop = (): void => {
    stopped = true;
    bell.ring();
  };
  const forget = controls.map((control) => control.onChange(touch));
  screen.onChange = () => bell.ring();
  signal.addEventListener('abort', stop);
  process.on('SIGINT', stop); // as which the kernel passes an interrupt on
  screen.open();
  try {
    for (;;) {
      const start = performance.now();
      const left = touched + 1000 * seconds - start;
      if (stopped || left <= 0 || screen.silence > patience.silence) return;
      const gone = watched && !screen.watched;
      watched = screen.watched;
      if (watched && !note) {
        stale = true;
        await run.advance().catch((error: Error) => (note = error.message));
      }
      if (watched && stale && screen.free) {
        stale = false;
        screen.show(picture.draw(run.histories, note));
      }
      if (gone && (await bell.silent(patience.unwatched)) && !screen.watched) return;
      if (watched && !note) await pause(start + period - performance.now());
      else if (!gone) await bell.silent(Math.min(left, patience.silence));
    }
  } finally {
    process.off('SIGINT', stop);
    signal.removeEventListener('abort', stop);
    for (const one of forget) one();
  }
}

/** Rings when something has changed. */
class Bell {
  ring: () => void = () => {};

  /** Resolves at the next ring (false), or when it has been silent for so long (true). */
  silent(milliseconds: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(true), milliseconds);
      this.ring = () => {
        clearTimeout(timer);
        resolve(false);
      };
    });
  }
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => void (milliseconds > 1 ? setTimeout(resolve, milliseconds) : setImmediate(resolve)));
