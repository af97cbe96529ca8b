// Short forms of controls: a range is a slider, a list is a dropdown, a truth value is a checkbox, a string
// is a text field, a number is a slider around it (from -x to 3x, as in ipywidgets).
import { checkbox } from './checkbox.js';
import { dropdown } from './dropdown.js';
import { slider, sliderTakes } from './slider.js';
import { text } from './text.js';
import type { Shown } from '../comms/view.js';
import { Widget } from './widget.js';

/** The range of a slider. */
export type Range = readonly [min: number, max: number] | readonly [min: number, max: number, step: number];

/** A control or a short form of one. */
export type Abbreviation =
  | (Shown & { readonly value: unknown })
  | Range
  | readonly string[]
  | Readonly<Record<string, unknown>>
  | boolean
  | string
  | number;

/** The value that a control gives. */
export type ValueOf<Control> = Control extends Shown & { readonly value: infer Value }
  ? Value
  : Control extends boolean
    ? boolean
    : Control extends number
      ? number
      : Control extends string
        ? string
        : Control extends Range
          ? number
          : Control extends readonly (infer Choice)[]
            ? Choice
            : Control extends Readonly<Record<string, infer Choice>>
              ? Choice
              : never;

/**
 * The control of a short form. `start`: the first value of a range, where the range has it.
 * @example control('T', [0.1, 3]); // slider({ label: 'T', min: 0.1, max: 3 })
 */
export function control(label: string, short: unknown, start?: number): Widget<unknown> {
  return controlOf(label, short, start) as Widget<unknown>;
}

function controlOf(label: string, short: unknown, start?: number) {
  if (short instanceof Widget) return short;
  if (typeof short === 'boolean') return checkbox({ label, value: short });
  if (typeof short === 'string') return text({ label, value: short });
  if (typeof short === 'number') return around(label, short);
  if (isRange(short)) {
    const range = { label, min: short[0], max: short[1], step: short[2] };
    return slider(start !== undefined && sliderTakes(range, start) ? { ...range, value: start } : range);
  }
  if (typeof short === 'object' && short !== null)
    return dropdown({ label, options: short as Record<string, unknown> });
  throw new TypeError(
    `interact: ${label} must be a control, a range, choices, a boolean, a string or a number`,
  );
}

function around(label: string, value: number): Widget<number> {
  if (value === 0) return slider({ label, min: 0, max: 1, value });
  const [min, max] = value > 0 ? [-value, 3 * value] : [3 * value, -value];
  return slider({ label, min, max, value, ...(Number.isInteger(value) ? { step: 1 } : {}) });
}

const isRange = (short: unknown): short is [number, number, number | undefined] =>
  Array.isArray(short) &&
  (short.length === 2 || short.length === 3) &&
  short.every((x) => typeof x === 'number');
