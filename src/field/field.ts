// A state field: one value for every node or every edge of a graph, in many independent replicas (chains).
//   x[site, component, chain], float32, row-major, chains last (the rows of neighbours are contiguous)
// It declares where it lives (support), the kind of its values (codomain) and what fixes its zero mode (gauge): the
// abstract's "scalar field", Definition 1.1's edge tensor and Definition 1.2's node tensor are then one type.
// Source: EMTD abstract and section 1.1, Definitions 1.1 and 1.2. Values are dimensionless coordinates.
import {
  bars, beside, binCounts, captioned, card, counted, formatNumber, grouped, inks, inspectText, jupyterDisplay, labelStrip, type MimeBundle,
  naturalRange, type Picture, rangeText, sparkline, strip, summaryOf,
} from '../display/index.js';
import { checkGauge, checkShape, checkValues, isIndex } from './checkField.js';
import type { Codomain, FieldDeclaration, FullDeclaration, Gauge, Support } from './declaration.js';

/**
 * An immutable field. It owns `values`, which must not be written to.
 *
 * By default a field is real, on the nodes, free, with one component and one chain.
 *
 * @throws RangeError when a count is not a positive integer, the values do not fill the shape, a value is not
 * finite or not of the codomain, or the gauge does not hold
 * @example
 * const field = new Field(Float32Array.of(1, -1, 1, 1), { sites: 4, codomain: 'spin' });
 * field.at(1); // -1
 * String(field); // 'spin field on 4 nodes, 1 component, 1 chain, free; values in [-1, 1], mean 0.5'
 */
export class Field implements FullDeclaration {
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

  /** A field of the same declaration, except for `changes`, with other values. */
  with(values: Float32Array, changes: Partial<FieldDeclaration> = {}): Field {
    return new Field(values, { ...this.declaration(), ...changes });
  }

  declaration(): FullDeclaration {
    const { support, codomain, gauge, sites, components, chains, states } = this;
    return { support, codomain, gauge, sites, components, chains, states };
  }

  toString(): string {
    const { codomain, states, support, sites, components, chains, gauge, values } = this;
    const kind = states === undefined ? codomain : `${codomain} (q = ${states})`;
    const gaugeText = typeof gauge === 'string' ? gauge : `pinned at ${count(gauge.pinned.length, support)}`;
    const [least, greatest, mean] = summary(values).map((x) => Number(x.toPrecision(4)));
    return `${kind} field on ${count(sites, support)}, ${count(components, 'component')}, `
      + `${count(chains, 'chain')}, ${gaugeText}; values in [${least}, ${greatest}], mean ${mean}`;
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

const mostSites = 96;

const mostChains = 12;

const mostBins = 24;

/** The card of a field; `heading` is its kind and place. */
function fieldCard(field: Field): MimeBundle {
  const { codomain, states, support, sites, components, chains, gauge, values } = field;
  return card(`${states === undefined ? codomain : `${codomain} (q = ${states})`} field on ${counted(sites, support)}`, {
    shape: `[${sites}, ${components}, ${chains}] = [${support}s, components, chains]`,
    gauge: typeof gauge === 'string' ? gauge : `pinned at ${counted(gauge.pinned.length, support)}`,
    [codomain === 'simplex' ? 'logits' : 'values']: isLabelled(field) ? labelShares(field) : rangeText(values),
  }, { picture: fieldPicture(field), alone: true });
}

const isLabelled = ({ codomain }: Field): boolean => codomain === 'spin' || codomain === 'potts';

/** Labels in order with their colours. */
function labelsOf({ codomain, states = 0 }: Field): { labels: number[]; colours: string[] } {
  if (codomain === 'spin') return { labels: [-1, 1], colours: [inks[0], inks[1]] };
  const labels = Array.from({ length: states }, (_, label) => label);
  return { labels, colours: labels.map((label) => inks[label % inks.length]) };
}

function countsOf(field: Field): number[] {
  const { labels } = labelsOf(field);
  const counts = labels.map(() => 0);
  for (const value of field.values) counts[field.codomain === 'spin' ? (value > 0 ? 1 : 0) : value]++;
  return counts;
}

function labelShares(field: Field): string {
  const { labels } = labelsOf(field);
  const shares = countsOf(field).map((count, k) => `${labels[k]}: ${formatNumber((100 * count) / field.values.length)} %`);
  return shares.length > 8 ? `${shares.slice(0, 8).join(', ')}, …` : shares.join(', ');
}

function fieldPicture(field: Field): Picture {
  const { sites, chains, codomain, support } = field;
  const oneCurve = chains === 1 && !isLabelled(field) && codomain !== 'angle';
  const shown = oneCurve ? sites : Math.min(sites, mostSites);
  const chainsShown = Math.min(chains, mostChains);
  const values = oneCurve ? curveOf(field) : stripOf(field, shown, chainsShown);
  const across = `${support}s 0 to ${shown - 1}${shown < sites ? ` of ${grouped(sites)}` : ''} across`;
  const down = chains === 1 ? '' : `, chains 0 to ${chainsShown - 1}${chainsShown < chains ? ` of ${grouped(chains)}` : ''} down`;
  const which = field.components === 1 ? '' : ', component 0';
  return beside([captioned(values, [`${across}${down}${which}`]), distribution(field)], 28);
}

const curveOf = ({ sites, components, values }: Field): Picture =>
  sparkline([Float32Array.from({ length: sites }, (_, site) => values[site * components])], { width: 300, height: 56 });

function stripOf(field: Field, sites: number, chains: number): Picture {
  const rows = Array.from({ length: chains }, (_, chain) =>
    Float32Array.from({ length: sites }, (_value, site) => field.at(site, 0, chain)));
  const size = { cellWidth: Math.max(3, Math.min(9, 300 / sites)), cellHeight: chains === 1 ? 18 : 9 };
  if (field.codomain === 'spin') return labelStrip(rows.map((row) => row.map((s) => (s > 0 ? 1 : 0))), labelsOf(field).colours, size);
  if (field.codomain === 'potts') return labelStrip(rows, labelsOf(field).colours, size);
  if (field.codomain === 'angle') return strip(rows.map((row) => row.map(wrap)), { scale: 'cyclic', low: -Math.PI, high: Math.PI }, size);
  const { least, greatest } = summaryOf(field.values);
  return strip(rows, naturalRange(least, greatest), size);
}

const wrap = (angle: number): number => Math.atan2(Math.sin(angle), Math.cos(angle));

/** How often each value occurs, over all sites, components and chains. */
function distribution(field: Field): Picture {
  const height = 40;
  if (isLabelled(field)) {
    const { labels, colours } = labelsOf(field);
    const width = Math.max(40, Math.min(150, 20 * labels.length));
    return bars(countsOf(field), { width, height, colours, ends: [String(labels[0]), String(labels.at(-1))] });
  }
  const values = field.codomain === 'angle' ? field.values.map(wrap) : field.values;
  const { least, greatest } = summaryOf(values);
  const [low, high] = field.codomain === 'angle' ? [-Math.PI, Math.PI] : [least, greatest];
  if (low === high) return bars([values.length], { width: 40, height, ends: [formatNumber(low), ''] });
  const short = (x: number): string => String(Number(x.toPrecision(3)));
  const ends: [string, string] = field.codomain === 'angle' ? ['−π', 'π'] : [short(low), short(high)];
  const bins = Math.max(6, Math.min(mostBins, Math.ceil(Math.sqrt(values.length))));
  return bars(binCounts(values, low, high, bins), { height, ends });
}
