// Outputs of cells in a page: each type of Jupyter's messages, in the richest form that it comes in.
import type { Output } from '../back/protocol.js';
import { type Answer, markAnswer } from './recompute.js';
import { inOutput, type Widgets } from './widgets.js';

type Bundle = Readonly<Record<string, unknown>>;
type Plotly = { react(at: HTMLElement, data: unknown, layout: unknown, config: object): Promise<unknown> };

const figures = ['application/vnd.plotly.v1+json', 'application/vnd.emtd.figure+json'];

export class Outputs {
  readonly #displays = new Map<string, HTMLElement>();
  /** The next output replaces what there is. */
  #clears = false;

  constructor(
    readonly at: HTMLElement,
    readonly widgets: Widgets,
    readonly assets: URL,
  ) {}

  clear(): void {
    this.at.replaceChildren();
    this.#displays.clear();
  }

  /** The outputs of before stay, paler, until the first new one. */
  age(): void {
    this.at.classList.add('old');
  }

  renew(): void {
    if (this.at.classList.contains('old')) this.clear();
    this.at.classList.remove('old');
  }

  show({ type, content }: Output): void {
    this.renew();
    if (this.#clears && type !== 'update_display_data') {
      this.#clears = false;
      this.clear();
    }
    if (type === 'stream') return this.#print(String(content['name']), String(content['text']));
    if (type === 'clear_output') return content['wait'] ? void (this.#clears = true) : this.clear();
    const id = (content['transient'] as { display_id?: string } | undefined)?.display_id;
    const place = (type === 'update_display_data' && id ? this.#displays.get(id) : undefined) ?? this.#add();
    if (id) this.#displays.set(id, place);
    void this.#fill(place, content['data'] as Bundle);
  }

  fail(traceback: readonly string[]): void {
    this.#print('stderr', `${traceback.join('\n')}\n`);
  }

  #add(): HTMLElement {
    const place = document.createElement('div');
    this.at.append(place);
    return place;
  }

  #print(name: string, text: string): void {
    const className = name === 'stderr' ? 'print error' : 'print';
    const last = this.at.lastElementChild;
    const isSame = last instanceof HTMLPreElement && last.className === className;
    const pre = isSame
      ? last
      : this.at.appendChild(Object.assign(document.createElement('pre'), { className }));
    pre.append(text);
  }

  async #fill(place: HTMLElement, data: Bundle): Promise<void> {
    const text = (type: string): string => [data[type] ?? ''].flat().join('');
    const view = data['application/vnd.jupyter.widget-view+json'] as { model_id: string } | undefined;
    const figure = figures.map((mime) => data[mime]).find(Boolean) as
      | { data: unknown; layout: object }
      | undefined;
    const outputs = data[inOutput] as readonly Output[] | undefined;
    if (view) return void place.replaceChildren(this.widgets.view(view.model_id));
    if (figure) return this.#draw(place, figure, text('text/plain'));
    if (outputs) return;
    if (data['image/png']) {
      const image = Object.assign(new Image(), {
        src: `data:image/png;base64,${text('image/png')}`,
        alt: text('text/plain'),
      });
      return place.replaceChildren(image);
    }
    const check = data['application/vnd.emtd.check+json'] as Answer | undefined;
    if (check) markAnswer(place, check); // as on the stored page
    if (data['text/html']) return void (place.innerHTML = text('text/html'));
    if (data['text/latex']) return this.#typeset(place, text('text/latex'));
    if (Object.keys(data).length === 0) return place.replaceChildren();
    const pre = Object.assign(document.createElement('pre'), {
      className: 'print',
      textContent: text('text/plain'),
    });
    place.replaceChildren(pre);
  }

  async #typeset(place: HTMLElement, text: string): Promise<void> {
    const { default: render } = await import('katex/contrib/auto-render');
    place.textContent = text;
    render(place, {
      delimiters: [
        { left: '$$', right: '$$', display: true },
        { left: '$', right: '$', display: false },
      ],
    });
  }

  async #draw(
    place: HTMLElement,
    { data, layout }: { data: unknown; layout: object },
    text: string,
  ): Promise<void> {
    place.className = 'plot';
    place.setAttribute('role', 'figure');
    place.setAttribute('aria-label', text);
    const plotly = await loadPlotly(this.assets);
    await plotly.react(place, data, layout, { displaylogo: false, responsive: false });
  }
}

let plotly: Promise<Plotly> | undefined;

function loadPlotly(assets: URL): Promise<Plotly> {
  return (plotly ??= new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), {
      src: new URL('plotly.min.js', assets).href,
    });
    script.onload = () => resolve((globalThis as unknown as { Plotly: Plotly }).Plotly);
    script.onerror = () => reject(new Error('plotly.js does not load'));
    document.head.append(script);
  }));
}
