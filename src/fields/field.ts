// A state field: one value for every node or every edge of a graph, in many independent replicas (chains).
//   x[site, component, chain], float32, row-major, chains last (the rows of neighbours are contiguous)
// It declares where it lives (support), the kind of its values (codomain) and what fixes its zero mode
// (gauge): the abstract's "scalar field", Definition 1.1's edge tensor and Definition 1.2's node tensor are
// then one type. Values are dimensionless coordinates. Source: EMTD abstract and section 1.1, Definitions 1.1
// and 1.2.
import {
  addCaption,
  bars,
  beside,
  binCounts,
  imageCard,
  countText,
  formatNumber,
  inks,
  inspectText,
  jupyterDisplay,
  labelStrip,
  type MimeBundle,
  naturalRange,
  numeral,
  type Picture,
  rangeText,
  sparkline,
  strip,
  summaryOf,
} from '../display/index.js';
import { readOptions } from '../numerics/options.js';
import { checkGauge, checkShape, checkValues, isIndex } from './checkField.js';
import {
  type Codomain,
  declarationOptions,
  type FieldDeclaration,
  type FullDeclaration,
  type Gauge,
  type Support,
} from './declaration.js';

/**
 * An immutable field: real, on the nodes, free, with one component and one chain by default. It owns
 * `values`; nobody may write to them.
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

  constructor(
    readonly values: Float32Array,
    declaration: FieldDeclaration,
  ) {
    const full = readOptions('Field', declaration, declarationOptions);
    this.support = full.support;
    this.codomain = full.codomain;
    this.gauge = full.gauge;
    this.sites = full.sites;
    this.components = full.components;
    this.chains = full.chains;
    this.states = full.states;
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
    throw new RangeError(
      `Field: no entry [${site}, ${component}, ${chain}] in shape [${sites}, ${components}, ${chains}]`,
    );
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
    const { least, greatest, mean } = summaryOf(this.values);
    return (
      `${headingOf(this)}, ${countText(this.components, 'component')}, ${countText(this.chains, 'chain')}, ${gaugeOf(this)}; ` +
      `values in [${formatNumber(least)}, ${formatNumber(greatest)}], mean ${formatNumber(mean)}`
    );
  }

  [jupyterDisplay](): MimeBundle {
    return { ...fieldCard(this), 'text/plain': this.toString() };
  }

  [inspectText](): string {
    return `Field { ${this.toString()} }`;
  }
}

/** The greatest numbers that the picture of a field shows. */
const most = { sites: 96, chains: 12, bins: 24 };

const headingOf = ({ codomain, states, support, sites }: Field): string =>
  `${states === undefined ? codomain : `${codomain} (q = ${states})`} field on ${countText(sites, support)}`;

const gaugeOf = ({ gauge, support }: Field): string =>
  typeof gauge === 'string' ? gauge : `pinned at ${countText(gauge.pinned.length, support)}`;

function fieldCard(field: Field) {
  const { codomain, support, sites, components, chains, values } = field;
  return imageCard(
    headingOf(field),
    {
      shape: `[${sites}, ${components}, ${chains}] = [${support}s, components, chains]`,
      gauge: gaugeOf(field),
      [codomain === 'simplex' ? 'logits' : 'values']: isLabelled(field)
        ? labelShares(field)
        : rangeText(values),
    },
    fieldPicture(field),
  );
}

const isLabelled = ({ codomain }: Field): boolean => codomain === 'spin' || codomain === 'potts';

function labelsOf({ codomain, states = 0 }: Field): { labels: number[]; colours: string[] } {
  if (codomain === 'spin') return { labels: [-1, 1], colours: [inks[0], inks[1]] };
  const labels = Array.from({ length: states }, (_, label) => label);
  return { labels, colours: labels.map((label) => inks[label % inks.length]) };
}

/** The place of a value among the labels of its field. */
const labelAt = ({ codomain }: Field, value: number): number =>
  codomain === 'spin' ? Number(value > 0) : value;

function countsOf(field: Field): number[] {
  const counts = labelsOf(field).labels.map(() => 0);
  for (const value of field.values) counts[labelAt(field, value)]++;
  return counts;
}

function labelShares(field: Field): string {
  const { labels } = labelsOf(field);
  const shares = countsOf(field).map(
    (count, k) => `${labels[k]}: ${formatNumber((100 * count) / field.values.length)} %`,
  );
  return shares.length > 8 ? `${shares.slice(0, 8).join(', ')}, …` : shares.join(', ');
}

function fieldPicture(field: Field): Picture {
  const { sites, chains, codomain, support } = field;
  const oneCurve = chains === 1 && !isLabelled(field) && codomain !== 'angle';
  const shown = oneCurve ? sites : Math.min(sites, most.sites);
  const chainsShown = Math.min(chains, most.chains);
  const values = oneCurve ? curveOf(field) : stripOf(field, shown, chainsShown);
  const across = `${support}s 0 to ${shown - 1}${shown < sites ? ` of ${numeral(sites)}` : ''} across`;
  const down =
    chains === 1
      ? ''
      : `, chains 0 to ${chainsShown - 1}${chainsShown < chains ? ` of ${numeral(chains)}` : ''} down`;
  const which = field.components === 1 ? '' : ', component 0';
  return beside([addCaption(values, [`${across}${down}${which}`]), distribution(field)], 28);
}

const curveOf = ({ sites, components, values }: Field): Picture =>
  sparkline([Float32Array.from({ length: sites }, (_, site) => values[site * components])], {
    width: 300,
    height: 56,
  });

function stripOf(field: Field, sites: number, chains: number): Picture {
  const rows = Array.from({ length: chains }, (_, chain) =>
    Float32Array.from({ length: sites }, (_value, site) => field.at(site, 0, chain)),
  );
  const size = { cellWidth: Math.max(3, Math.min(9, 300 / sites)), cellHeight: chains === 1 ? 18 : 9 };
  if (isLabelled(field))
    return labelStrip(
      rows.map((row) => row.map((value) => labelAt(field, value))),
      labelsOf(field).colours,
      size,
    );
  if (field.codomain === 'angle')
    return strip(
      rows.map((row) => row.map(wrap)),
      { scale: 'cyclic', low: -Math.PI, high: Math.PI },
      size,
    );
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
    return bars(countsOf(field), {
      width,
      height,
      colours,
      ends: [String(labels[0]), String(labels.at(-1))],
    });
  }
  const bins = Math.max(6, Math.min(most.bins, Math.ceil(Math.sqrt(field.values.length))));
  if (field.codomain === 'angle') {
    return bars(binCounts(field.values.map(wrap), -Math.PI, Math.PI, bins), { height, ends: ['−π', 'π'] });
  }
  const { least, greatest } = summaryOf(field.values);
  if (least === greatest)
    return bars([field.values.length], { width: 40, height, ends: [formatNumber(least), ''] });
  const short = (x: number): string => String(Number(x.toPrecision(3)));
  return bars(binCounts(field.values, least, greatest, bins), {
    height,
    ends: [short(least), short(greatest)],
  });
}
