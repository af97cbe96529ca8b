// The declaration of a field: where it lives, the kind of its values, what fixes its zero mode. Source: EMTD
// abstract and section 1.1.
import { got } from '../numerics/check.js';
import {
  byDefault,
  type Filled,
  needed,
  type Options,
  type OptionsOf,
  type Rule,
} from '../numerics/options.js';
import { integer, oneOf } from '../numerics/rules.js';

/** Where values live: on the nodes, or on the edges (orientation a < b, see `edgeTensor`). */
export type Support = 'node' | 'edge';

/**
 * The kind of a value, and how its components store it:
 *
 * | codomain | a value | components |
 * |---|---|---|
 * | real | a vector of R^d | d |
 * | complex | a vector of C^d | 2 d, interleaved: re 0, im 0, re 1, im 1 ... |
 * | angle | d angles in radians, any representative modulo 2 pi | d |
 * | simplex | a belief over q candidate roots, p = softmax(components) | q logits |
 * | spin | d Ising spins | d numbers -1 or +1 |
 * | potts | d labels out of `states` | d integers in [0, states) |
 */
export type Codomain = (typeof CODOMAINS)[number];

export const CODOMAINS = ['real', 'complex', 'angle', 'simplex', 'spin', 'potts'] as const;

/**
 * The condition that fixes the zero mode of an energy of differences, x -> x + c on all sites: none ('free':
 * the mean diffuses), mean zero over the sites ('centred'), or some sites with fixed values ('pinned').
 */
export type Gauge = 'free' | 'centred' | { readonly pinned: readonly number[] };

const aGauge: Rule<Gauge> = (caller: string, name: string, value: Gauge | null) => {
  if (value === 'free' || value === 'centred') return;
  if (typeof value !== 'object' || !Array.isArray(value?.pinned))
    throw new RangeError(
      `${caller}: ${name} must be 'free', 'centred' or { pinned: nodes }, got ${got(value)}`,
    );
};

export const shapeOptions = {
  /** Where the values live; `node` by default. */
  support: byDefault<Support>('node', oneOf('node', 'edge')),
  /** How many nodes, or edges, have a value. */
  sites: needed(integer(1)),
  /** How many numbers make a value; 1 by default. */
  components: byDefault(1, integer(1)),
  /** How many independent replicas; 1 by default. */
  chains: byDefault(1, integer(1)),
};

/** The shape of a field's values: numbers of sites, components and chains. */
export interface FieldShape extends Options, OptionsOf<typeof shapeOptions> {}

export const declarationOptions = {
  ...shapeOptions,
  /** The kind of a value; `real` by default. */
  codomain: byDefault<Codomain>('real', oneOf(...CODOMAINS)),
  /** What fixes the zero mode; `free` by default. */
  gauge: byDefault<Gauge>('free', aGauge),
  /** The number q of labels, of 'potts' alone. */
  states: integer(2),
};

/** A shape with its meaning. */
export interface FieldDeclaration extends FieldShape, OptionsOf<typeof declarationOptions> {}

/** A declaration with its defaults filled in. */
export type FullDeclaration = Filled<typeof declarationOptions>;
