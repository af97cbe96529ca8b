// The loop of a live figure in a page: chains advance and frames are sent while the page has a view, one
// unacknowledged frame at a time. Its buttons pause it, make single frames, and restart it. It ends when it
// is stopped or interrupted, when no control has changed for long, when the
// view has closed, or when the page no longer answers.
import { builtin } from '../../files/node.js';
import { Bell } from './bell.js';
import { untilCutOff } from './cutOff.js';
import type { LiveButtons } from './liveButtons.js';
import type { LivePicture } from './livePicture.js';
import type { LiveRun } from './liveRun.js';
import type { LiveScreen } from './liveScreen.js';
import type { Widget } from '../controls/widget.js';

export interface LiveParts {
  readonly run: LiveRun;
  readonly picture: LivePicture;
  readonly screen: LiveScreen;
  readonly buttons: LiveButtons;
  readonly controls: readonly Widget<number>[];
  /** How long it runs after the last change of a control. */
  readonly seconds: number;
  readonly signal: AbortSignal;
}

/** Least milliseconds between two frames: 25 per second are enough. */
const period = 40;
/** Milliseconds that a page may be silent (while it reloads), and that there may be no view. */
const patience = { silence: 60_000, unwatched: 5000 };

/** Resolves when it has ended. */
export async function showLive(parts: LiveParts): Promise<void> {
  const bell = new Bell();
  const { signal, screen, controls, buttons } = parts;
  const state: LoopState = { stopped: signal.aborted, note: '', touched: performance.now() };
  const touch = (): void => {
    if (state.note || buttons.takeRestart()) parts.run.restart();
    Object.assign(state, { note: '', touched: performance.now() });
    bell.ring();
  };
  const stop = (): void => {
    state.stopped = true;
    bell.ring();
  };
  const forget = controls.map((control) => control.onChange(touch));
  buttons.onChange = touch;
  screen.onChange = () => bell.ring();
  signal.addEventListener('abort', stop);
  const process = builtin('node:process');
  process?.on('SIGINT', stop); // the kernel passes an interrupt on as SIGINT
  screen.open();
  try {
    await untilCutOff(() => loop(parts, state, bell));
  } finally {
    process?.off('SIGINT', stop);
    signal.removeEventListener('abort', stop);
    for (const one of forget) one();
  }
}

interface LoopState {
  stopped: boolean;
  /** Why the chains stand still. */
  note: string;
  /** Time of the last change of a control. */
  touched: number;
}

async function loop(
  { run, picture, screen, buttons, seconds }: LiveParts,
  state: LoopState,
  bell: Bell,
): Promise<void> {
  let [due, seen, stale] = [0, 0, false];
  for (;;) {
    const now = performance.now();
    const { watched } = screen;
    if (watched) seen = now;
    const left = state.touched + 1000 * seconds - now;
    const gone = seen > 0 && now - seen > patience.unwatched;
    if (state.stopped || left <= 0 || gone || screen.silence > patience.silence) return;
    if (watched && !state.note && now >= due && buttons.takeFrame()) {
      due = now + period;
      stale = true;
      await run.advance().catch((error: Error) => (state.note = error.message));
    }
    if (watched && stale && screen.free) {
      stale = false;
      screen.show(picture.draw(run.histories, state.note));
    }
    const moving = watched && !state.note && !buttons.isPaused;
    await bell.wait(moving ? due - performance.now() : Math.min(left, patience.unwatched));
  }
}
