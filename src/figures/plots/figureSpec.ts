// Plotly specifications: the attributes that the lab uses. Sizes are CSS pixels.

/** One plotly trace. `meta` says to `figureCsv` which series and which quantity the trace draws. */
export interface Trace {
  readonly type: 'scatter' | 'bar' | 'heatmap';
  readonly name?: string;
  readonly x?: readonly unknown[];
  readonly y?: readonly unknown[];
  readonly z?: readonly (readonly unknown[])[];
  readonly meta?: TraceMeta;
  readonly [attribute: string]: unknown;
}

interface TraceMeta {
  readonly series: string;
  readonly role: 'value' | 'lower' | 'upper' | 'theory' | 'node' | 'edge' | 'point' | 'casing';
  readonly panel?: string;
  /** Original number of points of a thinned trace (thinned.ts). */
  readonly of?: number;
}

/** A plotly layout: the attributes that the lab uses, and any other plotly attribute. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly margin: Readonly<Record<'l' | 'r' | 't' | 'b', number>>;
  readonly meta: { readonly name: string; readonly title?: string; readonly caption?: string };
  readonly [attribute: string]: unknown;
}

/** A plotly specification: a `Figure`, or its JSON read back from a notebook. */
export interface FigureSpec {
  readonly data: readonly Trace[];
  readonly layout: Layout;
}
