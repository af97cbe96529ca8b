// Controls for notebooks: sliders, buttons, live figures.
export { button, type Button, type ButtonOptions } from './controls/button.js';
export { checkbox, type CheckboxOptions } from './controls/checkbox.js';
export { dropdown, type DropdownOptions } from './controls/dropdown.js';
export { hbox, vbox, type Box } from './controls/boxes.js';
export { output, type Output } from './controls/output.js';
export { slider, type SliderOptions } from './controls/slider.js';
export { html, label, text, type TextOptions } from './controls/text.js';
export type { Shown, Still } from './comms/view.js';
export { Widget } from './controls/widget.js';
export type { Comm, Comms } from './comms/host.js';
export { interact, type Controls, type Interactive, type Values } from './controls/interact.js';
export type { Abbreviation, Range, ValueOf } from './controls/abbreviation.js';
export { live, type Adjustable, type Live, type LiveOptions } from './live/live.js';
