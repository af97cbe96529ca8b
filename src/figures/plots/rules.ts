// The rules for what a figure is made from: its axes, series, theory and colours.
import {
  aList,
  anything,
  aString,
  byDefault,
  each,
  needed,
  nested,
  oneOf,
  type Rule,
  typed,
} from '../../numerics/options.js';
import { aRange, type Axis, axisOptions } from './axis.js';
import { type Colour, colourOptions } from './colour.js';
import type { Numbers, Theory } from './points.js';
import { headingOptions } from './theme.js';

export const numbers = typed<Numbers>(aList);

export const anAxis = typed<Axis>(nested(axisOptions));

export const frameOptions = {
  ...headingOptions,
  /** The axis across. */
  x: needed(anAxis),
  /** The axis upwards. */
  y: needed(anAxis),
};

export const aColour = typed<Colour>(nested(colourOptions));

/** A list of objects of several kinds, by the rules of all. */
export const eachOf = <Item>(rules: Readonly<Record<string, Rule>>): Rule<readonly Item[]> =>
  typed(each(nested<Readonly<Record<string, unknown>>>(rules)));

export const theoryOption = {
  /** Curves of a theory, in black dashes; no curves by default. */
  theory: byDefault<readonly Theory[]>(
    [],
    eachOf({ label: needed(aString), x: aList, y: needed(anything), range: aRange }),
  ),
};

export const seriesRules = {
  label: needed(aString),
  x: needed(aList),
  marks: oneOf('line', 'points'),
  colour: aString,
  runs: aList,
  measured: aList,
  y: aList,
  lower: aList,
  upper: aList,
};
