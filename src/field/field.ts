// A state field: one value for every node or every edge of a graph, in many independent replicas (chains).
//   x[site, component, chain], float32, row-major, chains last (the rows of neighbours are contiguous)
// It declares where it lives (support), what a value is (codomain) and what is held still (gauge): the
// abstract's "scalar field", Definition 1.1's edge tensor and Definition 1.2's node tensor are then one type.
// Source: EMTD abstract and section 1.1, Definitions 1.1 and 1.2. Values are dimensionless coordinates.
import { inspectText, jupyterDisplay, type MimeBundle } from '../display/index.js';
import { checkGauge, checkShape, checkValues, isIndex } from './checkField.js';
import { fieldCard } from './display.js';

/** Where values live: on the nodes, or on the edges (orientation a < b, see `edgeTensor`). */
export type Support = 'node' | 'edge';

/**
 * What a value is, and how its components store it:
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
 * What fixes the zero mode of an energy of differences, x -> x + c on all sites: nothing ('free': the mean
 * diffuses), mean zero over the sites ('centred'), or some sites held at their values ('pinned').
 */
export type Gauge = 'free' | 'centred' | { readonly pinned: readonly number[] };

/** How many sites, components and chains a field has: the shape of its values. */
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

/**
 * An immutable field; `values` belongs to it once given and is not to be written to.
 *
 * Without more, a field is real, on the nodes, free, with one component and one chain.
 *
 * @throws RangeError when a count is not a positive integer, the values do not fill the shape, a value is not
 * finite or not of the codomain, or the gauge does not hold
 * @example
 * const field = new Field(Float32Array.of(1, -1, 1, 1), { sites: 4, codomain: 'spin' });
 * field.at(1); // -1
 * String(field); // 'spin field on 4 nodes, 1 component, 1 chain, free; values in [-1, 1], mean 0.5'
 */
export class Field {
  readonly support: Support;
  readonly codomain: Codomain;
  readonly gauge: Gauge;
  readonly sites: number;
  readonly components: number;
  readonly chains: number;
  /** Number of labels q of a Potts field. */
  readonly states: number | undefined;

  constructor(readonly values: Float32Array, declaration: FieldDeclaration) {
    this.support = declaration.support ?? 'node';
    this.codomain = declaration.codomain ?? 'real';
    this.gauge = declaration.gauge ?? 'free';
    this.sites = declaration.sites;
    this.components = declaration.components ?? 1;
    this.chains = declaration.chains ?? 1;
    this.states = declaration.states;
    checkShape(this);
    checkValues(this);
    checkGauge(this);
    Object.freeze(this);
  }

  /** One number of the field. */
  at(site: number, component = 0, chain = 0): number {
    const { sites, components, chains, values } = this;
    if (isIndex(site, sites) && isIndex(component, components) && isIndex(chain, chains)) {
      return values[(site * components + component) * chains + chain];
    }
    const shape = `[${sites}, ${components}, ${chains}]`;
    throw new RangeError(`Field: no entry [${site}, ${component}, ${chain}] in shape ${shape}`);
  }

  /** The state of one chain in float64, [sites * components] row-major: what `energy64` takes. */
  chain(chain: number): Float64Array {
    const { sites, components, chains, values } = this;
    if (!isIndex(chain, chains)) throw new RangeError(`Field: chain must be in [0, ${chains}), got ${chain}`);
    return Float64Array.from({ length: sites * components }, (_, i) => values[i * chains + chain]);
  }

  /** The same declaration, in part changed, with other values. */
  with(values: Float32Array, changes: Partial<FieldDeclaration> = {}): Field {
    return new Field(values, { ...this.declaration(), ...changes });
  }

  declaration(): Required<Omit<FieldDeclaration, 'states'>> & Pick<FieldDeclaration, 'states'> {
    const { support, codomain, gauge, sites, components, chains, states } = this;
    return { support, codomain, gauge, sites, components, chains, states };
  }

  toString(): string {
    const { codomain, states, support, sites, components, chains, gauge, values } = this;
    const kind = states === undefined ? codomain : `${codomain} (q = ${states})`;
    const held = typeof gauge === 'string' ? gauge : `pinned at ${count(gauge.pinned.length, support)}`;
    const [least, greatest, mean] = summary(values).map((x) => Number(x.toPrecision(4)));
    return `${kind} field on ${count(sites, support)}, ${count(components, 'component')}, `
      + `${count(chains, 'chain')}, ${held}; values in [${least}, ${greatest}], mean ${mean}`;
  }

  [jupyterDisplay](): MimeBundle {
    return { ...fieldCard(this), 'text/plain': this.toString() };
  }

  [inspectText](): string {
    return `Field { ${this.toString()} }`;
  }
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/** Least, greatest and mean value. */
function summary(values: Float32Array): [number, number, number] {
  let [least, greatest, sum] = [Infinity, -Infinity, 0];
  for (const x of values) {
    if (x < least) least = x;
    if (x > greatest) greatest = x;
    sum += x;
  }
  return [least, greatest, sum / values.length];
}
