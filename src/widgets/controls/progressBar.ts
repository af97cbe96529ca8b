// A bar that shows progress. For the progress of one cell see `progress`, which needs no widgets.
import { controlType, described } from './controls.js';
import { aNumber, aString, checkOptions, finite } from '../../numerics/options.js';
import { named } from '../comms/view.js';
import { itself, Widget } from './widget.js';

/** Options of `progressBar`. */
export interface ProgressBarOptions {
  /** The text beside it; none by default. */
  readonly label?: string;
  /** 0 by default. */
  readonly min?: number;
  /** 1 by default. */
  readonly max?: number;
  /** Where the bar stands; min by default. */
  readonly value?: number;
}

/**
 * A bar between min (0) and max (1).
 *
 * @throws RangeError unless min < max; TypeError for a value that is not finite
 * @example
 * const bar = progressBar({ label: 'relaxation', max: 1000 });
 * bar.value = 250;
 */
export function progressBar(options: ProgressBarOptions = {}): Widget<number> {
  checkOptions('progressBar', options, { label: aString, min: finite, max: finite, value: aNumber });
  const { label = '', min = 0, max = 1, value = min } = options;
  if (!(min < max)) throw new RangeError(`progressBar: min must be below max, got ${min} and ${max}`);
  const state = { min, max, ...described(label, 'ProgressStyle') };
  const clamped = itself<number>((x) => {
    if (Number.isFinite(x)) return Math.max(min, Math.min(max, x));
    throw new TypeError(`progressBar: value must be finite, got ${x}`);
  });
  const percent = (x: number): string => `${Math.round((100 * (x - min)) / (max - min))} %`;
  return new Widget<number>(controlType('FloatProgress', 'Progress'), value, state, clamped, {}, (x) =>
    named(label, percent(x)),
  );
}
