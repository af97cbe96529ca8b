// What the values of a live field are: numbers, angles, or one of few values (spins, labels) with a name and
// a colour each.
import type { Field } from '../../fields/index.js';

export type FieldKind = Pick<Field, 'codomain' | 'states'>;

/** The names of the values that a node can take, where they are few: spins and labels. */
export function valueNames({ codomain, states = 0 }: FieldKind): readonly string[] | undefined {
  if (codomain === 'spin') return ['−1', '+1'];
  return codomain === 'potts' ? Array.from({ length: states }, (_, label) => String(label)) : undefined;
}

/** The place of a spin or label among the names of values. */
export const placeOf = ({ codomain }: FieldKind, value: number): number =>
  codomain === 'spin' ? (value + 1) / 2 : value;

/** The angle from -pi to pi. */
export const turned = (angle: number): number => angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));

/** The heading of its panel. */
export const fieldTitle = ({ codomain }: FieldKind): string =>
  `${{ spin: 'spins', potts: 'labels', angle: 'angles' }[codomain as string] ?? 'field'}, one chain`;
