// The rules for what a figure is made from: its series and theory.
import {
  byDefault,
  needed,
  nested,
  type Options,
  type OptionsOf,
  type Rule,
  typed,
} from '../../numerics/options.js';
import { aList, anything, aString, each, oneOf } from '../../numerics/rules.js';
import { aRange } from './axis.js';
import type { Numbers, Theory } from './points.js';

export const numbers = typed<Numbers>(aList);

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

export interface TheoryOption extends Options, OptionsOf<typeof theoryOption> {}

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
