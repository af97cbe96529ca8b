// The page's module of the plain controls, and their shared parts.
import type { Json } from '../comms/host.js';
import { Model, type ModelType } from '../comms/model.js';

const module = '@jupyter-widgets/controls';
const version = '2.0.0';

/** `FloatSlider` stands for FloatSliderModel and FloatSliderView. */
export const controlType = (name: string, view: string = name): ModelType => ({
  module,
  version,
  model: `${name}Model`,
  view: `${view}View`,
});

/** A label beside the control, as wide as its text. */
export const described = (label: string, style = 'DescriptionStyle'): Json => ({
  description: label,
  style: new Model(
    { module, version, model: `${style}Model`, view: null },
    {
      _view_module: '@jupyter-widgets/base',
      _view_name: 'StyleView',
      description_width: 'initial',
    },
  ),
});

/** CSS of a widget's box: `{ width: '100%' }`. */
export const layout = (style: Readonly<Record<string, string>>): Model =>
  new Model(
    { module: '@jupyter-widgets/base', version, model: 'LayoutModel', view: 'LayoutView' },
    { ...style },
  );
