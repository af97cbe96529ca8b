// The image in the page for the frames of a live run, one frame under way at a time. The page acknowledges
// a frame by a link that copies its number back (see echo.ts), and reports the number of views of the image.
import { toBase64 } from '../../files/base64.js';
import { controlType, layout } from '../controls/controls.js';
import { Echo } from '../comms/echo.js';
import { Model } from '../comms/model.js';
import type { LivePicture } from './livePicture.js';
import type { Shown, Still } from '../comms/view.js';

export class LiveScreen implements Shown {
  readonly model: Model;
  readonly #echo: Echo;
  #sent = 0;
  #acknowledged = 0;
  #sentAt = 0;
  /** Called when a frame is acknowledged, a view opens or closes, or the page is reloaded. */
  onChange: () => void = () => {};
  /**
   * Called when a page has closed its last view, as one does that shows the figure in its place. A page that
   * is closed, or was loaded anew, does not know the place of the figure: there the last frame stays.
   */
  onLeft: () => void = () => {};
  #svg = '';

  constructor(readonly picture: LivePicture) {
    const { width, height } = picture.size;
    const state = {
      format: 'svg+xml',
      value: new Uint8Array(),
      width: String(width),
      height: String(height),
      frame: 0,
      _view_count: 0,
      layout: layout({ max_width: '100%', object_fit: 'contain' }),
    };
    this.model = new Model(controlType('Image'), state, { _view_count: isCount });
    this.model.onUpdate = () => {
      this.onChange();
      if (!this.watched) this.onLeft();
    };
    this.model.onReload = () => {
      this.#acknowledged = this.#sent;
      this.model.set({ _view_count: 0 });
      this.onChange();
    };
    this.#echo = new Echo(this.model, 'frame', (frame) => {
      if (frame !== this.#sent) return;
      this.#acknowledged = this.#sent;
      this.onChange();
    });
  }

  open(): void {
    this.model.open();
    this.#echo.open();
  }

  /** Whether the page has a view of it. */
  get watched(): boolean {
    return (this.model.get('_view_count') as number) > 0;
  }

  /** Whether the last frame has arrived. */
  get free(): boolean {
    return this.#acknowledged === this.#sent;
  }

  /** Milliseconds for which the last frame has not been acknowledged. */
  get silence(): number {
    return this.free ? 0 : performance.now() - this.#sentAt;
  }

  /** Sends a frame. */
  show(svg: string): void {
    this.#svg = svg;
    this.#sentAt = performance.now();
    this.model.set({ value: new TextEncoder().encode(svg), frame: ++this.#sent });
  }

  /** The last frame. */
  still(): Still {
    const { width, height } = this.picture.size;
    const source = `data:image/svg+xml;base64,${toBase64(new TextEncoder().encode(this.#svg))}`;
    return {
      html: `<br><img width="${width}" height="${height}" src="${source}">`,
      text: `[live figure, ${width} x ${height}]`,
    };
  }

  close(): void {
    this.#echo.close();
    this.model.close();
  }
}

const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;
