// A renderer of plotly figures for JupyterLab 4 and Notebook 7, and of what is left of a widget: a prebuilt extension
// (JupyterLab documentation, "Prebuilt extensions") written by hand, since it is this small. It loads plotly.js once,
// when the first figure shows, from beside the kernelspec (Jupyter's route /kernelspecs/NAME/plotly.min.js, under the
// server's own base address). Where that fails, the figure's PNG shows. Outputs of notebooks hold no script.
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

  /** `other`: the renderer that was there, of Python's plotly; it draws the figures that are not the lab's. */
  function renderer({ Widget, PanelLayout }, other) {
    return class extends Widget {
      constructor(options) {
        super();
        this.options = options;
        this.addClass('emtd-plotly');
        this.node.style.overflow = 'auto';
      }

      async renderModel(model) {
        const { data = [], layout = {}, frames } = model.data[mime];
        if (other && layout.meta?.name === undefined) return this.delegate(model);
        try {
          this.plotly = await plotly();
          if (!this.chart) this.node.replaceChildren((this.chart = document.createElement('div')));
          const figure = { data, layout, frames, config: { displaylogo: false, responsive: layout.width === undefined } };
          await this.plotly.react(this.chart, JSON.parse(JSON.stringify(figure)));
          this.size = layout;
          (this.observer ??= new ResizeObserver(() => this.fit())).observe(this.node);
          this.fit();
        } catch (error) {
          this.still(model, error);
        }
      }

      delegate(model) {
        if (!this.inner) {
          this.inner = other.createRenderer(this.options);
          this.layout = new PanelLayout();
          this.layout.addWidget(this.inner);
        }
        return this.inner.renderModel(model);
      }

      /** A chart of a fixed size shrinks to the width that there is; plotly knows where the pointer is also then. */
      fit() {
        const { width, height } = this.size ?? {};
        const room = this.node.clientWidth;
        if (!(width > 0 && height > 0 && room > 0)) return;
        const scale = Math.min(1, room / width);
        const isSmall = scale < 1;
        Object.assign(this.chart.style, { width: `${width}px`, transform: isSmall ? `scale(${scale})` : '', transformOrigin: '0 0' });
        Object.assign(this.node.style, { height: isSmall ? `${Math.ceil(height * scale)}px` : '', overflow: isSmall ? 'hidden' : 'auto' });
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
        this.chart = undefined;
      }

      onResize() {
        if (this.isVisible && this.chart) this.plotly?.Plots.resize(this.chart);
      }

      dispose() {
        this.observer?.disconnect();
        if (this.chart) this.plotly?.purge(this.chart);
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

  /**
   * The last factory that is added for a MIME type draws it. Before a notebook is restored, ours is that, also where Python's plotly,
   * which shows the lab's figures as PNG of the wrong size until the pointer enters them, comes after it.
   */
  function activate(widgets, { started }, rendermime) {
    let ours;
    const add = () => {
      const other = rendermime.getFactory(mime);
      if (other && other === ours) return;
      const Rendered = renderer(widgets, other);
      ours = { safe: true, mimeTypes: [mime], createRenderer: (options) => new Rendered(options) };
      rendermime.addFactory(ours, 0);
    };
    add();
    void started.then(add);
  }

  const widgetMime = 'application/vnd.jupyter.widget-view+json';

  /**
   * A widget whose kernel is gone says "model not found": its picture or text shows instead, where the output has one. The
   * manager of widgets gives each notebook a factory of its own, now or when it comes.
   */
  function withStills({ content: { rendermime } }) {
    const add = rendermime.addFactory.bind(rendermime);
    const wrapped = (factory) => ({ ...factory, createRenderer: (options) => stillWhereLost(factory.createRenderer(options), rendermime) });
    rendermime.addFactory = (factory, rank) => add(factory.mimeTypes.includes(widgetMime) ? wrapped(factory) : factory, rank);
    const present = rendermime.getFactory(widgetMime);
    if (present) rendermime.addFactory(present, -10);
  }

  function stillWhereLost(widget, rendermime) {
    const render = widget.renderModel.bind(widget);
    widget.renderModel = async (model) => {
      await render(model);
      if (!model.data['text/html'] || !widget.node.textContent.includes('model not found')) return;
      const still = rendermime.createRenderer('text/html');
      await still.renderModel(model);
      widget.node.replaceChildren(still.node);
    };
    return widget;
  }

  const container = {
    init: (scope) => void (shared = scope),
    async get() {
      const names = ['@lumino/widgets', '@jupyterlab/rendermime', '@jupyterlab/notebook'];
      const [widgets, { IRenderMimeRegistry }, { INotebookTracker }] = await Promise.all(names.map(sharedModule));
      const figures = {
        id: 'emtd-lab-plotly:renderer',
        autoStart: true,
        requires: [IRenderMimeRegistry],
        activate: (app, rendermime) => activate(widgets, app, rendermime),
      };
      const stills = {
        id: 'emtd-lab-plotly:stills',
        autoStart: true,
        requires: [INotebookTracker],
        activate(app, notebooks) {
          notebooks.forEach(withStills);
          notebooks.widgetAdded.connect((_, panel) => withStills(panel));
        },
      };
      return () => ({ __esModule: true, default: [figures, stills] });
    },
  };
  (globalThis._JUPYTERLAB ??= {})['emtd-lab-plotly'] = container;
})();
