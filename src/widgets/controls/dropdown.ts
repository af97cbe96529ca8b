// A choice of one of several values.
import { controlType, described } from './controls.js';
import { checkOptions, needed } from '../../numerics/options.js';
import { anObject, anything, aString } from '../../numerics/rules.js';
import { named, type Still } from '../comms/view.js';
import { Widget } from './widget.js';

/** Options of `dropdown`. */
export interface DropdownOptions<Value> {
  /** The text beside it; none by default. */
  readonly label?: string;
  /** The values, displayed as text, or texts with their values. */
  readonly options: readonly Value[] | Readonly<Record<string, Value>>;
  /** Default: the first. */
  readonly value?: Value;
}

/**
 * A list to choose one of several values from.
 *
 * @throws RangeError without options, or for a value that is not an option
 * @example
 * const graph = widgets.dropdown({ label: 'graph', options: { ring: ring(64), torus: torus(8, 8) } });
 * String(graph.value); // 'ring(64, 2): 64 nodes, 64 edges, degree 2'
 */
export function dropdown<const Value>(given: DropdownOptions<Value>): Widget<Value> {
  checkOptions('dropdown', given, { label: aString, options: needed(anObject), value: anything });
  const { label = '', options, value } = given;
  const choices: (readonly [string, Value])[] = Array.isArray(options)
    ? (options as readonly Value[]).map((option) => [String(option), option])
    : Object.entries(options as Readonly<Record<string, Value>>);
  if (choices.length === 0) throw new RangeError('dropdown: needs at least one option, got none');
  const names = choices.map(([name]) => name);
  const isIndex = (index: unknown): boolean =>
    Number.isInteger(index) && choices[index as number] !== undefined;
  const codec = {
    encode: (wanted: Value) => {
      const index = choices.findIndex(([, option]) => Object.is(option, wanted));
      if (index >= 0) return { index };
      throw new RangeError(`dropdown: value must be one of ${names.join(', ')}, got ${String(wanted)}`);
    },
    decode: (state: (name: string) => unknown) => choices[state('index') as number][1],
  };
  const state = { _options_labels: names, ...described(label) };
  const initial = value === undefined ? choices[0][1] : value;
  const still = (chosen: Value): Still => named(label, names[codec.encode(chosen).index]);
  return new Widget<Value>(controlType('Dropdown'), initial, state, codec, { index: isIndex }, still);
}
