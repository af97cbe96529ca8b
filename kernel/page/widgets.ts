// The page's side of comms: models of the Jupyter widgets that the lab uses, and their views.
// Source: Jupyter widget messaging protocol 2.1.
import type { Output } from '../back/protocol.js';

type Json = Record<string, unknown>;
type Tell = (request: Json) => void;

/** Outputs that an Output widget shows. */
export const inOutput = 'emtd.outputs';

interface Model {
  id: string;
  state: Json;
  views: Set<() => void>;
}

export class Widgets {
  readonly #models = new Map<string, Model>();

  /** `tell` sends a comm message; `render` shows what a cell would show. */
  constructor(
    readonly tell: Tell,
    readonly render: (at: HTMLElement, outputs: readonly Output[]) => void,
  ) {}

  /** A comm message of user code. */
  receive({ type, content, buffers = [] }: Output): void {
    const id = String(content['comm_id']);
    const data = (content['data'] ?? {}) as Json;
    if (type === 'comm_open') {
      const model: Model = { id, state: {}, views: new Set() };
      this.#models.set(id, model);
      this.#put(model, data, buffers);
      if (model.state['_model_name'] === 'DirectionalLinkModel') this.#link(model);
    } else if (type === 'comm_close') this.#models.delete(id);
    else if (data['method'] === 'update' || data['method'] === 'echo_update') {
      const model = this.#models.get(id);
      if (!model) return;
      this.#put(model, data, buffers);
      for (const refresh of model.views) refresh();
    }
  }

  /** A new view of a model. */
  view(id: string): HTMLElement {
    const model = this.#models.get(id);
    if (!model)
      return Object.assign(document.createElement('span'), {
        textContent: '(the widget is gone: run the cell again)',
      });
    const draw = views[String(model.state['_view_name'])];
    const at = document.createElement('div');
    at.className = 'widget';
    if (!draw) at.textContent = `${String(model.state['_view_name'])}: a page does not show this widget`;
    else {
      const refresh = draw(at, model, this);
      refresh();
      model.views.add(refresh);
    }
    if ('_view_count' in model.state) this.change(model, { _view_count: 1 });
    return at;
  }

  /** The reader has changed these attributes. */
  change(model: Model, changes: Json): void {
    Object.assign(model.state, changes);
    this.#send(model.id, { method: 'update', state: changes, buffer_paths: [] });
  }

  custom(model: Model, content: Json): void {
    this.#send(model.id, { method: 'custom', content });
  }

  child(reference: unknown): HTMLElement {
    return this.view(String(reference).replace('IPY_MODEL_', ''));
  }

  #send(id: string, data: Json): void {
    this.tell({ type: 'comm_msg', context: id, id, data, buffers: [] });
  }

  #put(model: Model, data: Json, buffers: readonly Uint8Array[]): void {
    Object.assign(model.state, data['state']);
    const paths = (data['buffer_paths'] ?? []) as (readonly string[])[];
    paths.forEach(([name], k) => (model.state[name!] = buffers[k]));
    for (const link of this.#models.values()) {
      if (link.state['_model_name'] === 'DirectionalLinkModel' && this.#end(link, 'source').model === model)
        this.#copy(link);
    }
  }

  #link(link: Model): void {
    this.#copy(link);
  }

  /** Copies the source's attribute to the target, as a link in any page does. */
  #copy(link: Model): void {
    const [source, target] = [this.#end(link, 'source'), this.#end(link, 'target')];
    if (!source.model || !target.model) return;
    this.change(target.model, { [target.name]: source.model.state[source.name] });
  }

  #end(link: Model, side: 'source' | 'target'): { model: Model | undefined; name: string } {
    const [reference, name] = link.state[side] as [string, string];
    return { model: this.#models.get(reference.replace('IPY_MODEL_', '')), name };
  }
}

const decoder = new TextDecoder();

/** Puts a view into `at`; returns what brings it up to date. */
type Draw = (at: HTMLElement, model: Model, widgets: Widgets) => () => void;

/** A control with its label before it. */
function labelled<E extends HTMLElement>(at: HTMLElement, model: Model, control: E): E {
  const label = document.createElement('label');
  label.append(String(model.state['description'] ?? ''), ' ', control);
  at.append(label);
  return control;
}
const make = <K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: object = {},
): HTMLElementTagNameMap[K] => Object.assign(document.createElement(name), properties);

const slider: Draw = (at, model, widgets) => {
  const { min, max, step } = model.state as Record<'min' | 'max' | 'step', number>;
  const input = labelled(at, model, make('input', { type: 'range', min, max, step }));
  const shown = at.appendChild(make('output'));
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  input.oninput = () => {
    shown.value = Number(input.value).toFixed(digits);
    widgets.change(model, { value: Number(input.value) });
  };
  return () => {
    input.value = String(model.state['value']);
    shown.value = Number(model.state['value']).toFixed(digits);
  };
};

const box =
  (className: string): Draw =>
  (at, model, widgets) => {
    at.classList.add(className);
    at.append(...(model.state['children'] as unknown[]).map((child) => widgets.child(child)));
    return () => {};
  };

const views: Readonly<Record<string, Draw>> = {
  IntSliderView: slider,
  FloatSliderView: slider,
  HBoxView: box('row'),
  VBoxView: box('column'),
  ButtonView: (at, model, widgets) => {
    const button = at.appendChild(make('button'));
    button.onclick = () => widgets.custom(model, { event: 'click' });
    return () => {
      button.textContent = String(model.state['description']);
      button.disabled = model.state['disabled'] === true;
    };
  },
  CheckboxView: (at, model, widgets) => {
    const input = labelled(at, model, make('input', { type: 'checkbox' }));
    input.onchange = () => widgets.change(model, { value: input.checked });
    return () => void (input.checked = model.state['value'] === true);
  },
  DropdownView: (at, model, widgets) => {
    const select = labelled(at, model, make('select'));
    select.append(
      ...(model.state['_options_labels'] as string[]).map((textContent) => make('option', { textContent })),
    );
    select.onchange = () => widgets.change(model, { index: select.selectedIndex });
    return () => void (select.selectedIndex = model.state['index'] as number);
  },
  TextView: (at, model, widgets) => {
    const input = labelled(
      at,
      model,
      make('input', { type: 'text', placeholder: model.state['placeholder'] ?? '' }),
    );
    const change = (): void => widgets.change(model, { value: input.value });
    if (model.state['continuous_update']) input.oninput = change;
    else input.onchange = change;
    return () => void (input.value = String(model.state['value']));
  },
  LabelView: (at, model) => () => void (at.textContent = String(model.state['value'])),
  HTMLView: (at, model) => () => void (at.innerHTML = String(model.state['value'])),
  ImageView: (at, model) => () => {
    const { value, format } = model.state as { value: Uint8Array<ArrayBuffer>; format: string };
    if (!value?.length) return;
    at.setAttribute('role', 'img');
    at.setAttribute('aria-label', 'live figure');
    if (format === 'svg+xml') {
      // As elements: a browser keeps each picture of a sequence of files for long.
      const { documentElement } = new DOMParser().parseFromString(decoder.decode(value), 'image/svg+xml');
      return at.replaceChildren(documentElement);
    }
    const src = URL.createObjectURL(new Blob([value], { type: `image/${format}` }));
    at.replaceChildren(make('img', { src, onload: () => URL.revokeObjectURL(src) }));
  },
  OutputView: (at, model, widgets) => {
    at.classList.add('column');
    return () => widgets.render(at, (model.state['outputs'] as readonly Json[]).map(asOutput));
  },
};

/** An output as a notebook stores it, as the message that it was. */
const asOutput = ({ output_type, ...content }: Json): Output => ({ type: String(output_type), content });
