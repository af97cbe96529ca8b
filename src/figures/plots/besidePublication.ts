// This run beside the publication run: for every number of a notebook's checks the two intervals, on an axis
// that makes them comparable, z = (value - published estimate) / half the width of this run's interval. The
// regions of the ledger lie behind them and show the margin to another verdict.
import {
  type Check,
  type ClosedInterval,
  isControl,
  type Quantity,
  sessionChecks,
  publishedFor,
} from '../../claims/index.js';
import type { Estimate } from '../../statistics/index.js';
import { ink } from './axis.js';
import { Figure } from './figure.js';
import type { Trace } from './figureSpec.js';
import { frameLayout, palette, translucent } from './theme.js';

const reach = 6;
const rowHeight = 24;
/** Numbers with an interval no wider than this are exact up to rounding, not measured. */
const rounding = 1e-12;
const [ours, refuting, supporting] = palette;

interface Row {
  readonly label: string;
  readonly quantity: Quantity;
  readonly measured: Estimate;
  readonly published: Estimate;
}

/**
 * Forest plot of a notebook's numbers: three standard errors each way in this run and in its publication run.
 * Numbers without an error are not drawn; the checks print them.
 *
 * @param notebook the notebook's name, such as '02-hamiltonian'
 * @returns the figure, or a sentence if there is no publication run or no check yet
 * @example
 * const figure = figures.besidePublication('04-ising', []); // a sentence where there is nothing to draw
 * typeof figure; // 'string'
 */
export function besidePublication(
  notebook: string,
  checks: readonly Check[] = sessionChecks(),
): Figure | string {
  const rows = checks.filter(({ of }) => of.notebook === notebook).flatMap(rowsOf);
  if (rows.length === 0)
    return `no publication run beside the checks of '${notebook}': emtd notebooks ${notebook} --full makes one`;
  const data = [
    intervalTrace('this run', ours, rows, -0.16, ({ measured }) => measured),
    intervalTrace('publication run', ink, rows, 0.16, ({ published }) => published),
  ];
  const layout = frameLayout(
    {
      name: `${notebook}-beside`,
      width: 760,
      height: 110 + rowHeight * rows.length,
      x: {
        title: 'difference from the publication run',
        unit: 'half-widths of this run’s interval',
        range: [-reach, reach],
      },
      y: { title: '', range: [rows.length - 0.5, -0.5] },
      caption:
        'Every number with its interval of three standard errors, in this run and in the publication run. Behind ' +
        'them the regions of the ledger: green says yes (or is required), orange no, white is open.',
    },
    data,
    { left: 250 },
  );
  const labels = { tickvals: rows.map((_, k) => k), ticktext: rows.map(({ label }) => label), ticks: '' };
  const yaxis = { ...(layout.yaxis as object), ...labels };
  return new Figure(data, { ...layout, yaxis, shapes: rows.flatMap(regionShapes) }, 'still');
}

function rowsOf({ of, measured }: Check): Row[] {
  const published = publishedFor(of);
  return Object.entries(of.quantities).flatMap(([name, quantity]) =>
    name in measured && name in published && halfWidth(measured[name]!) > rounding
      ? [{ label: `${of.id} ${name}`, quantity, measured: measured[name]!, published: published[name]! }]
      : [],
  );
}

const halfWidth = ({ interval: [low, high] }: Estimate): number => (high - low) / 2;

/** The place of a value on the row's axis. */
const position = ({ measured, published }: Row, value: number): number =>
  (value - published.estimate) / halfWidth(measured);

function intervalTrace(
  series: string,
  colour: string,
  rows: readonly Row[],
  shift: number,
  of: (row: Row) => Estimate,
): Trace {
  const at = (pick: (one: Estimate) => number): number[] => rows.map((row) => position(row, pick(of(row))));
  const [x, low, high] = [
    at(({ estimate }) => estimate),
    at(({ interval }) => interval[0]),
    at(({ interval }) => interval[1]),
  ];
  return {
    type: 'scatter',
    mode: 'markers',
    name: series,
    showlegend: true,
    x,
    y: rows.map((_, k) => k + shift),
    customdata: rows.map(({ label }) => label),
    marker: { color: colour, size: 6.5 },
    error_x: {
      type: 'data',
      symmetric: false,
      color: colour,
      thickness: 1.6,
      width: 3,
      array: x.map((value, k) => high[k]! - value),
      arrayminus: x.map((value, k) => value - low[k]!),
    },
    meta: { series, role: 'value' },
  };
}

/** The regions of a row's quantity as bars behind it. */
function regionShapes(row: Row, k: number): object[] {
  const { quantity } = row;
  const bar =
    (colour: string) =>
    ([from, to]: ClosedInterval): object[] => {
      const [x0, x1] = [from, to].map((end) => Math.max(-reach, Math.min(reach, position(row, end))));
      if (x0 === x1) return [];
      return [
        {
          type: 'rect',
          layer: 'below',
          x0,
          x1,
          y0: k - 0.5,
          y1: k + 0.5,
          line: { width: 0 },
          fillcolor: translucent(colour, 0.18),
        },
      ];
    };
  return isControl(quantity)
    ? quantity.requires.flatMap(bar(supporting))
    : [...quantity.yes.flatMap(bar(supporting)), ...quantity.no.flatMap(bar(refuting))];
}
