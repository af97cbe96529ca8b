// A slider for one number. In the page it is a FloatSlider, or an IntSlider if `min` and `step` are integers.
import { controlType, described } from './controls.js';
import { byDefault, needed, type Options, type OptionsOf, readOptions } from '../../numerics/options.js';
import { aString, finite, positive } from '../../numerics/rules.js';
import { named } from '../comms/view.js';
import { itself, Widget } from './widget.js';

const sliderOptions = {
  /** The text beside it; '' by default. */
  label: byDefault('', aString),
  /** The least value. */
  min: needed(finite),
  /** The largest value. */
  max: needed(finite),
  /** From one value to the next; about a hundredth of the range by default, in round numbers. */
  step: positive,
  /** The value at the start; the middle of the range by default. */
  value: finite,
};

/** Options of `slider`. */
export interface SliderOptions extends Options, OptionsOf<typeof sliderOptions> {}

/**
 * A slider for a number.
 *
 * @throws RangeError unless min < max, step > 0 and the value lies between min and max
 * @example
 * const temperature = slider({ label: 'temperature', min: 0.1, max: 3, value: 1 });
 * temperature.onChange((T) => console.log(T));
 * temperature.value; // 1
 */
export function slider(options: SliderOptions): Widget<number> {
  const { label, min, max, value, ...given } = readOptions('slider', options, sliderOptions);
  const { step = roundStep(max - min) } = given;
  if (!(min < max)) {
    throw new RangeError(`slider: min must be below max, got ${min} and ${max}`);
  }
  const whole = isWhole(min, step);
  const inside = (x: unknown): x is number =>
    typeof x === 'number' && sliderTakes({ min, max, step }, tidy(x));
  const digits = whole ? 0 : decimals(step);
  const middle = Number((min + Math.round((max - min) / 2 / step) * step).toPrecision(12)); // a possible position of the handle
  const state = {
    min,
    max,
    step,
    readout_format: whole ? 'd' : `.${digits}f`,
    ...described(label, 'SliderStyle'),
  };
  const checked = itself<number>((x) => {
    if (inside(x)) return tidy(x);
    throw new RangeError(
      `slider: value must be ${whole ? 'a whole number ' : ''}from ${min} to ${max}, got ${x}`,
    );
  });
  const codec = { ...checked, decode: (state: (name: string) => unknown) => tidy(state('value') as number) };
  const type = controlType(whole ? 'IntSlider' : 'FloatSlider');
  return new Widget<number>(type, value ?? middle, state, codec, { value: inside }, (x) =>
    named(label, x.toFixed(digits)),
  );
}

const isWhole = (min: number, step: number): boolean => Number.isInteger(min) && Number.isInteger(step);

/** Whether a slider of this range can have the value. */
export const sliderTakes = (
  { min, max, step = roundStep(max - min) }: Pick<SliderOptions, 'min' | 'max' | 'step'>,
  x: number,
): boolean => x >= min && x <= max && (!isWhole(min, step) || Number.isInteger(x));

/**
 * The page adds steps up; this is the round number that it means, if there is one. @example tidy(0.1 + 0.2)
 * // 0.3
 */
function tidy(x: number): number {
  const round = Number(x.toPrecision(12));
  return Math.abs(round - x) <= 32 * Number.EPSILON * Math.abs(x) ? round : x;
}

/** Number of decimals that distinguishes neighbouring values. @example decimals(0.05) // 2 */
const decimals = (step: number): number => Math.max(0, Math.min(8, Math.ceil(-Math.log10(step) - 1e-9)));

/** The largest of 1, 2, 5, 10, 20, ... up to a hundredth of the range. @example roundStep(2.9) // 0.02 */
function roundStep(range: number): number {
  const power = 10 ** Math.floor(Math.log10(range / 100) + 1e-9);
  const digit = [5, 2].find((digit) => digit * power <= (range / 100) * (1 + 1e-9)) ?? 1;
  return Number((digit * power).toPrecision(1));
}
