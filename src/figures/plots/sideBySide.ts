// Several figures as panels (a), (b), ... of one: one plotly specification, so one picture and one live
// chart. Panels keep their size in pixels, or grow to the largest of their row and column; positions that
// plotly gives in fractions of the plot area are recomputed.
import { type OptionsOf, readOptions } from '../../numerics/options.js';
import { integer } from '../../numerics/rules.js';
import { Figure } from './figure.js';
import type { FigureSpec, Layout, Trace } from './figureSpec.js';
import { captionHeight, layoutOf, pageOptions } from './theme.js';

const sideBySideOptions = {
  ...pageOptions,
  /** Panels per row; by default all of them. */
  columns: integer(1),
};

/** Options of `sideBySide`. */
export interface SideBySideOptions
  extends OptionsOf<typeof pageOptions>,
    OptionsOf<typeof sideBySideOptions> {}

/** Pixels from the left and the top of the page. */
type Rectangle = Readonly<Record<'left' | 'right' | 'top' | 'bottom', number>>;

/** An item that plotly places in fractions: a colour bar, a legend, an annotation. */
type Item = Partial<Readonly<Record<'x' | 'y' | 'len', number>>>;

/**
 * One figure with the given figures as panels, row by row. The captions of the panels are joined unless a
 * caption is given.
 *
 * @throws with no figures, or unless `columns` is a positive integer.
 * @example
 * const [energy, order] = [figures.plot([3, 1.2, 0.5], { y: 'energy' }), figures.plot([0, 0.4, 0.8], { y: 'order' })];
 * sideBySide([energy, order], { name: 'overview', columns: 2 });
 */
export function sideBySide(figures: readonly FigureSpec[], heading: SideBySideOptions): Figure {
  const { columns = figures.length } = readOptions('sideBySide', heading, sideBySideOptions);
  if (figures.length === 0) throw new Error(`sideBySide '${heading.name}': needs at least one figure`);
  const head = heading.title === undefined ? 0 : 30;
  const { plots, width, height } = grid(
    figures.map(({ layout }) => layout),
    columns,
    head,
  );
  const area = {
    left: Math.min(...plots.map(({ left }) => left)),
    right: Math.max(...plots.map(({ right }) => right)),
    top: Math.min(...plots.map(({ top }) => top)),
    bottom: Math.max(...plots.map(({ bottom }) => bottom)),
  };
  const panels = figures.map((figure, k) => panel(figure, k, plots[k], area));
  const sides = { left: area.left, right: width - area.right, bottom: height - area.bottom };
  const caption = heading.caption ?? joinCaptions(figures);
  const page = layoutOf({ ...heading, caption, width, height }, { xaxis: {}, yaxis: {} }, [], sides);
  const layout = Object.assign({}, page, ...panels.map(({ layout }) => layout)) as Layout;
  return new Figure(
    panels.flatMap(({ data }) => data),
    {
      ...layout,
      margin: { ...page.margin, t: area.top },
      showlegend: true,
      annotations: [page, ...panels.map(({ layout }) => layout)].flatMap(({ annotations }) => annotations),
    },
  );
}

const letter = (k: number): string => `(${String.fromCharCode(97 + k)})`;

function joinCaptions(figures: readonly FigureSpec[]): string | undefined {
  const captions = figures.map(
    ({ layout }, k) => layout.meta.caption && `${letter(k)} ${layout.meta.caption}`,
  );
  return captions.some(Boolean) ? captions.filter(Boolean).join(' ') : undefined;
}

/** The plot areas on a page whose columns and rows are as wide and high as their largest panel. */
function grid(layouts: readonly Layout[], columns: number, head: number) {
  const heights = layouts.map((layout) => layout.height - captionHeight(layout));
  const largest = (sizes: readonly number[], of: (k: number) => number): number[] => {
    const found: number[] = [];
    sizes.forEach((size, k) => (found[of(k)] = Math.max(found[of(k)] ?? 0, size)));
    return found;
  };
  const column = (k: number): number => k % columns;
  const row = (k: number): number => Math.floor(k / columns);
  const columnWidths = largest(
    layouts.map(({ width }) => width),
    column,
  );
  const rowHeights = largest(heights, row);
  const before = (sizes: readonly number[], k: number): number =>
    sizes.slice(0, k).reduce((sum, size) => sum + size, 0);
  const plots = layouts.map((layout, k): Rectangle => {
    const { l, r, t, b } = layout.margin;
    const left = before(columnWidths, column(k));
    const top = head + before(rowHeights, row(k));
    return {
      left: left + l,
      right: left + columnWidths[column(k)] - r,
      top: top + t,
      bottom: top + rowHeights[row(k)] - (b - captionHeight(layout)),
    };
  });
  return {
    plots,
    width: before(columnWidths, columnWidths.length),
    height: head + before(rowHeights, rowHeights.length),
  };
}

/** A figure's traces and layout with axes and legend of their own, in the area of the page. */
function panel({ data, layout }: FigureSpec, k: number, plot: Rectangle, area: Rectangle) {
  const number = k === 0 ? '' : String(k + 1);
  const [width, height] = [area.right - area.left, area.bottom - area.top];
  const xOf = (x: number): number => (plot.left + x * (plot.right - plot.left) - area.left) / width;
  const yOf = (y: number): number => (area.bottom - plot.bottom + y * (plot.bottom - plot.top)) / height;
  const place = <Some extends Item>(item: Some): Some => ({
    ...item,
    ...(item.x === undefined ? {} : { x: xOf(item.x) }),
    ...(item.y === undefined ? {} : { y: yOf(item.y) }),
    ...(item.len === undefined ? {} : { len: yOf(item.len) - yOf(0) }),
  });
  const { xaxis, yaxis, legend, annotations, barmode, bargap, hovermode, meta } = layout;
  const scaled = (yaxis as { scaleanchor?: string }).scaleanchor ? { scaleanchor: `x${number}` } : {};
  const title = (layout.title as { text: string } | undefined)?.text ?? '';
  const corner = title ? { x: 0, xshift: 0 } : { x: 0, xshift: 8 - layout.margin.l };
  const mark = place({
    ...corner,
    text: `<b>${letter(k)}</b> ${title}`.trim(),
    font: { size: 15 },
    showarrow: false,
    align: 'left',
    xref: 'paper',
    xanchor: 'left',
    y: 1,
    yref: 'paper',
    yanchor: 'top',
    yshift: layout.margin.t - 12,
  });
  const own = (annotations as ({ name?: string } & Item)[])
    .filter(({ name }) => name !== 'caption')
    .map(place);
  return {
    data: data.map((trace) =>
      panelTrace(trace, number, meta.title ?? letter(k), place, legend !== undefined),
    ),
    layout: {
      [`xaxis${number}`]: { ...(xaxis as object), domain: [xOf(0), xOf(1)], anchor: `y${number}` },
      [`yaxis${number}`]: { ...(yaxis as object), domain: [yOf(0), yOf(1)], anchor: `x${number}`, ...scaled },
      ...(legend ? { [`legend${number}`]: place(legend as Item) } : {}),
      ...(barmode ? { barmode, bargap } : {}),
      ...(hovermode ? { hovermode } : {}),
      annotations: [mark, ...own],
    },
  };
}

function panelTrace(
  trace: Trace,
  number: string,
  name: string,
  place: (item: Item) => Item,
  legend: boolean,
): Trace {
  const { marker, colorbar, legendgroup, meta } = trace as Trace & {
    marker?: { colorbar?: Item };
    colorbar?: Item;
    legendgroup?: string;
  };
  return {
    ...trace,
    xaxis: `x${number}`,
    yaxis: `y${number}`,
    legend: `legend${legend ? number : ''}`,
    ...(legend ? {} : { showlegend: false }),
    ...(legendgroup === undefined ? {} : { legendgroup: `${number} ${legendgroup}` }),
    ...(colorbar ? { colorbar: place(colorbar) } : {}),
    ...(marker?.colorbar ? { marker: { ...marker, colorbar: place(marker.colorbar) } } : {}),
    ...(meta ? { meta: { ...meta, panel: name } } : {}),
  };
}
