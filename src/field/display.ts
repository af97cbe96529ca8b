// How fields and what belongs to them show: values as a strip of colours (sites across, chains down) or a curve,
// their distribution, and the numbers.
import {
  bars, beside, binCounts, captioned, card, counted, formatNumber, grouped, inks, labelStrip, type MimeBundle, naturalRange,
  type Picture, rangeText, sparkline, strip, summaryOf,
} from '../display/index.js';
import type { DirectedTensors } from './edgeTensor.js';
import type { Embedding } from './embedding.js';
import type { Field } from './field.js';
import type { PhaseOrder } from './phase.js';

const mostSites = 96;
const mostChains = 12;
const mostBins = 24;

/** The card of a field; `heading` is its kind and place. */
export function fieldCard(field: Field): MimeBundle {
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
  if (field.codomain === 'angle') return strip(rows.map((row) => row.map(wrapped)), { scale: 'cyclic', low: -Math.PI, high: Math.PI }, size);
  const { least, greatest } = summaryOf(field.values);
  return strip(rows, naturalRange(least, greatest), size);
}

const wrapped = (angle: number): number => Math.atan2(Math.sin(angle), Math.cos(angle));

/** How often each value occurs, over all sites, components and chains. */
function distribution(field: Field): Picture {
  const height = 40;
  if (isLabelled(field)) {
    const { labels, colours } = labelsOf(field);
    const width = Math.max(40, Math.min(150, 20 * labels.length));
    return bars(countsOf(field), { width, height, colours, ends: [String(labels[0]), String(labels.at(-1))] });
  }
  const values = field.codomain === 'angle' ? field.values.map(wrapped) : field.values;
  const { least, greatest } = summaryOf(values);
  const [low, high] = field.codomain === 'angle' ? [-Math.PI, Math.PI] : [least, greatest];
  if (low === high) return bars([values.length], { width: 40, height, ends: [formatNumber(low), ''] });
  const ends = field.codomain === 'angle' ? (['−π', 'π'] as const) : ([Number(low.toPrecision(3)), Number(high.toPrecision(3))].map(String) as [string, string]);
  const bins = Math.max(6, Math.min(mostBins, Math.ceil(Math.sqrt(values.length))));
  return bars(binCounts(values, low, high, bins), { height, ends });
}

/** Coordinates of block sets, one a row. */
export function embeddingCard(embedding: Embedding & { readonly distortion?: { rootMeanSquare: number; largest: number } }): MimeBundle {
  const { name, coordinates, dimension, distortion } = embedding;
  const sets = coordinates.length;
  const rows = coordinates.slice(0, 24).map((x) => x.subarray(0, 64));
  const { least, greatest } = summaryOf(Float32Array.from(rows.flatMap((row) => [...row])));
  const size = { cellWidth: Math.max(3, Math.min(10, 260 / rows[0].length)), cellHeight: Math.max(4, Math.min(10, 120 / rows.length)) };
  return card(`${name} embedding of ${counted(sets, 'block set')}`, {
    dimension: grouped(dimension),
    distances: sets < 2 || sets > 256 ? undefined : rangeText(pairs(sets).map(([a, b]) => embedding.distance(a, b))),
    distortion: distortion && `${formatNumber(distortion.rootMeanSquare)} root mean square, ${formatNumber(distortion.largest)} at most`,
  }, { picture: captioned(strip(rows, naturalRange(least, greatest), size), [
    `coordinates 0 to ${rows[0].length - 1} across, sets 0 to ${rows.length - 1} down`,
  ]) });
}

const pairs = (count: number): [number, number][] =>
  Array.from({ length: count }, (_, b) => Array.from({ length: b }, (_a, a): [number, number] => [a, b])).flat();

export function directedCard({ codomain, components, chains, values }: DirectedTensors): MimeBundle {
  const halfEdges = values.length / (components * chains);
  return card(`${codomain} tensors on ${counted(halfEdges, 'half-edge')}`, {
    shape: `[${halfEdges}, ${components}, ${chains}] = [half-edges, components, chains]`,
    values: rangeText(values),
  });
}

export function phaseOrderCard({ order, meanAngle }: PhaseOrder): MimeBundle {
  return card(`phase order of ${counted(order.length, 'chain')}`, {
    'order r': rangeText(order),
    'mean angle': order.length === 1 ? `${formatNumber(meanAngle[0])} rad` : undefined,
  }, order.length > 1 ? { picture: captioned(sparkline([order]), ['r by chain']) } : {});
}
