// The declaration of a field: where it lives, the kind of its values, what fixes its zero mode. Source: EMTD
// abstract and section 1.1.

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
export type Codomain = 'real' | 'complex' | 'angle' | 'simplex' | 'spin' | 'potts';

/**
 * The condition that fixes the zero mode of an energy of differences, x -> x + c on all sites: none ('free':
 * the mean diffuses), mean zero over the sites ('centred'), or some sites with fixed values ('pinned').
 */
export type Gauge = 'free' | 'centred' | { readonly pinned: readonly number[] };

/** The shape of a field's values: numbers of sites, components and chains. */
export interface FieldShape {
  readonly support?: Support;
  readonly sites: number;
  readonly components?: number;
  readonly chains?: number;
}

/** A shape with its meaning. `states`, the number q of labels, belongs to 'potts' alone. */
export interface FieldDeclaration extends FieldShape {
  readonly codomain?: Codomain;
  readonly gauge?: Gauge;
  readonly states?: number;
}

/** A declaration with its defaults filled in. */
export type FullDeclaration = Required<Omit<FieldDeclaration, 'states'>> & Pick<FieldDeclaration, 'states'>;
