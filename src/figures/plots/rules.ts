// The rules for what a figure is made from: its heading, axes, series, theory and colours.
import { scales } from '../../display/index.js';
import {
  aBoolean,
  aList,
  anything,
  aString,
  each,
  finite,
  needed,
  nested,
  oneOf,
  positive,
  type Rule,
  type Rules,
} from '../../numerics/options.js';
import type { Axis } from './axis.js';
import type { Colour } from './colour.js';
import type { Frame, Heading } from './theme.js';

const aRange = each(finite);

/** Rules for the heading of a figure that knows its own size. */
export const pageRules: Rules<Omit<Heading, 'width' | 'height'>> = {
  name: needed(aString),
  title: aString,
  caption: aString,
};

export const headingRules: Rules<Heading> = { ...pageRules, width: positive, height: positive };

export const anAxis = nested<Axis>({ title: needed(aString), unit: aString, log: aBoolean, range: aRange });

export const frameRules: Rules<Frame> = { ...headingRules, x: needed(anAxis), y: needed(anAxis) };

export const aColour = nested<Colour>({
  title: needed(aString),
  unit: aString,
  scale: oneOf(...Object.keys(scales)),
  range: aRange,
  categories: each(aString),
});

/** A list of objects of several kinds, by the rules of all. */
const eachOf = (rules: Readonly<Record<string, Rule>>): Rule =>
  each(nested<Readonly<Record<string, unknown>>>(rules));

export const theoryRule = eachOf({ label: needed(aString), x: aList, y: needed(anything), range: aRange });

export const seriesRule = eachOf({
  label: needed(aString),
  x: needed(aList),
  marks: oneOf('line', 'points'),
  colour: aString,
  runs: aList,
  measured: aList,
  y: aList,
  lower: aList,
  upper: aList,
});

export const sampleRule = eachOf({ label: needed(aString), values: needed(aList), colour: aString });

export const markRule = eachOf({ label: needed(aString), x: needed(aList), y: needed(aList) });

export const cellRule = nested({ x: needed(aList), y: needed(aList), z: needed(aList) });
