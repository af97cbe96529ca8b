// The buttons of a live figure: Pause (then Go on), Step (one frame of a paused run), Restart, Stop.
import { hbox, type Box } from '../controls/boxes.js';
import { button } from '../controls/button.js';

export class LiveButtons {
  /** Called at every click. */
  onChange: () => void = () => {};
  readonly row: Box;
  readonly #pause = button({
    label: 'Pause',
    onClick: () => this.#click(() => (this.#isPaused = !this.#isPaused)),
  });
  readonly #step = button({
    label: 'Step',
    onClick: () =>
      this.#click(() => {
        this.#isPaused = true;
        this.#frames++;
      }),
  });
  readonly #restart = button({
    label: 'Restart',
    onClick: () => this.#click(() => (this.#isToRestart = true)),
  });
  readonly #stop;
  #isPaused = false;
  #frames = 0;
  #isToRestart = false;

  constructor(stop: () => void) {
    this.#stop = button({ label: 'Stop', onClick: stop });
    this.row = hbox(this.#pause, this.#step, this.#restart, this.#stop);
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Whether a frame is to be made now; the frame of a step is asked for once. */
  takeFrame(): boolean {
    if (!this.#isPaused) return true;
    if (this.#frames === 0) return false;
    this.#frames--;
    return true;
  }

  /** Whether to restart, once for each click; a paused run then makes its first frame. */
  takeRestart(): boolean {
    const was = this.#isToRestart;
    this.#isToRestart = false;
    if (was) this.#frames = 1;
    return was;
  }

  #click(change: () => unknown): void {
    change();
    this.#pause.label = this.#isPaused ? 'Go on' : 'Pause';
    this.onChange();
  }
}
