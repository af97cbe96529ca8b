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

/** Milliseconds between two frames at least: more than 25 a second serve nobody. */
const period = 40;
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
    for (let due = 0; ; ) {
      const now = performance.now();
      const left = touched + 1000 * seconds - now;
      if (stopped || left <= 0 || screen.silence > patience.silence) return;
      const gone = watched && !screen.watched;
      watched = screen.watched;
      if (gone && (await bell.silent(patience.unwatched)) && !screen.watched) return;
      if (watched && !note && now >= due) {
        due = now + period;
        stale = true;
        await run.advance().catch((error: Error) => (note = error.message));
      }
      if (watched && stale && screen.free) {
        stale = false;
        screen.show(picture.draw(run.histories, note));
      }
      await bell.silent(watched && !note ? due - performance.now() : Math.min(left, patience.silence));
    }
  } finally {
    process.off('SIGINT', stop);
    signal.removeEventListener('abort', stop);
    for (const one of forget) one();
  }
}

/** Rings when something has changed. */
class Bell {
  #rung = false;
  #wake: () => void = () => {};

  ring(): void {
    this.#rung = true;
    this.#wake();
  }

  /** Resolves at a ring since it was last asked (false), or when there is none for so long (true). */
  async silent(milliseconds: number): Promise<boolean> {
    await new Promise(setImmediate); // the page's messages have their turn
    if (!this.#rung && milliseconds > 0) await this.#next(milliseconds);
    const silent = !this.#rung;
    this.#rung = false;
    return silent;
  }

  #next(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
