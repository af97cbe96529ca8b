// A renderer of plotly figures for JupyterLab 4 and Notebook 7: a prebuilt extension (JupyterLab documentation,
// "Prebuilt extensions") written by hand, since it is this small. It loads plotly.js once, when the first figure
// shows, from beside the kernelspec (Jupyter's route /kernelspecs/NAME/plotly.min.js, under the server's own base
// address). Where that fails, the figure's PNG shows. Outputs of notebooks hold no script.
(() => {
  const mime = 'application/vnd.plotly.v1+json';

  const config = () => JSON.parse(document.getElementById('jupyter-config-data')?.textContent || '{}');
  const baseUrl = () => config().baseUrl || document.body.dataset.baseUrl || '/';

  /** The kernelspecs that have plotly.js beside them: this lab's, under whatever name. */
  async function scripts() {
    const reply = await fetch(`${baseUrl()}api/kernelspecs`, { credentials: 'same-origin' });
    const { kernelspecs } = await reply.json();
    return Object.values(kernelspecs)
      .filter(({ spec }) => spec.metadata?.['emtd-lab'])
      .map(({ name }) => `${baseUrl()}kernelspecs/${encodeURIComponent(name)}/plotly.min.js`);
  }

  function loadScript(src) {
    return new Promise((resolve, reject) => {
      const element = Object.assign(document.createElement('script'), { src, onload: resolve });
      element.onerror = () => reject(new Error(`${src} does not load`));
      document.head.append(element);
    });
  }

  async function load() {
    for (const address of await scripts()) {
      if (!globalThis.Plotly) await loadScript(address).catch((error) => console.warn(`emtd-lab-plotly: ${error.message}`));
    }
    if (!globalThis.Plotly) throw new Error('plotly.js is not there');
    return globalThis.Plotly;
  }

  let loaded;
  const plotly = () => (loaded ??= load());

  function renderer(Widget) {
    return class extends Widget {
      constructor() {
        super();
        this.addClass('emtd-plotly');
        this.node.style.overflow = 'auto';
      }

      async renderModel(model) {
        const { data = [], layout = {}, frames } = model.data[mime];
        try {
          this.plotly = await plotly();
          const figure = { data, layout, frames, config: { displaylogo: false, responsive: layout.width === undefined } };
          await this.plotly.react(this.node, JSON.parse(JSON.stringify(figure)));
        } catch (error) {
          this.still(model, error);
        }
      }

      still(model, error) {
        console.warn(`emtd-lab-plotly: ${error.message}; the picture shows instead`);
        const picture = document.createElement('img');
        picture.alt = String(model.data['text/plain'] ?? 'figure');
        picture.style.maxWidth = '100%';
        const { width } = model.metadata?.['image/png'] ?? model.data[mime].layout ?? {};
        if (width) picture.width = width;
        if (model.data['image/png']) picture.src = `data:image/png;base64,${model.data['image/png']}`;
        this.node.replaceChildren(picture);
      }

      onResize() {
        if (this.isVisible) this.plotly?.Plots.resize(this.node);
      }

      dispose() {
        this.plotly?.purge(this.node);
        super.dispose();
      }
    };
  }

  /** The page's own copy of a shared module. */
  let shared;
  async function sharedModule(name) {
    const [version] = Object.values(shared[name]);
    return (await version.get())();
  }

  /** Pixels per CSS pixel of a PNG in base64, by its chunk pHYs (in front of the data, pixels per metre); 1 where it has none. */
  function densityOf(base64) {
    const bytes = Uint8Array.from(atob(base64.slice(0, 160)), (letter) => letter.charCodeAt(0));
    const view = new DataView(bytes.buffer);
    for (let at = 8; at + 21 <= bytes.length; at += 12 + view.getUint32(at)) {
      const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
      if (name === 'pHYs') return view.getUint32(at + 8) * (0.0254 / 96);
    }
    return 1;
  }

  /**
   * plotly.py's own extension, where there is one, shows the PNG in its natural size until the pointer enters it, and then the
   * chart: here the PNG has the chart's size.
   */
  const sizePictures = () => {
    const style = document.createElement('style');
    style.textContent = '.jp-RenderedPlotly > .plot-img { max-width: 100%; }';
    document.head.append(style);
    const size = ({ target: image }) => {
      if (!image.matches?.('.jp-RenderedPlotly > .plot-img')) return;
      const density = densityOf(image.src.replace(/^data:image\/png;base64,/, ''));
      image.style.width = density > 1 ? `${Math.round(image.naturalWidth / density)}px` : '';
    };
    document.addEventListener('load', size, true);
  };

  const container = {
    init: (scope) => void (shared = scope),
    async get() {
      sizePictures();
      const { Widget } = await sharedModule('@lumino/widgets');
      const Rendered = renderer(Widget);
      const extension = {
        id: 'emtd-lab-plotly:renderer',
        rendererFactory: { safe: true, mimeTypes: [mime], createRenderer: () => new Rendered() },
        rank: 0,
        dataType: 'json',
      };
      return () => ({ __esModule: true, default: extension });
    },
  };
  (globalThis._JUPYTERLAB ??= {})['emtd-lab-plotly'] = container;
})();
