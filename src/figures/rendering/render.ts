// The static twin of a figure, as SVG or PNG, from the same specification: orders to the thread that draws
// figures (painter.ts). The same specification gives the same bytes, on any machine. The thread starts with
// the first order; in a notebook soon after the library, since figures are likely and loading takes a second.
// It keeps no process alive while it is idle.
import type { Worker } from 'node:worker_threads';
import { need, ownFile } from '../../files/node.js';
import { figurePackages, findPackage, locatePackage } from '../../files/optionalPackage.js';
import { requirePositive } from '../../numerics/check.js';
import { hostBroadcast } from '../broadcast.js';
import type { FigureSpec } from '../plots/figureSpec.js';

/**
 * `json` is [data, layout]; the figure's ids follow from it too. `scale` is that of a PNG; an SVG has none.
 */
export type Order = { readonly id: number; readonly json: string; readonly scale: number | undefined };

export type Painted = { readonly id: number } & (
  | { readonly picture: string | Uint8Array }
  | { readonly fault: string }
);

interface Painter {
  readonly worker: Worker;
  readonly waiting: Map<number, { done(picture: string | Uint8Array): void; failed(fault: string): void }>;
}

let current: Painter | undefined;
let orders = 0;

/** Milliseconds after the import: a first cell has the processor to itself. */
const quiet = 2000;

if (hostBroadcast() && figurePackages.every((name) => findPackage(name) !== undefined))
  setTimeout(() => (current ??= start()), quiet).unref();

/**
 * A self-contained SVG document of `layout.width` by `layout.height` pixels, drawn by plotly.js itself.
 *
 * @throws RangeError for a layout without a positive width and height; Error when the specification is not
 * valid plotly, or the packages that draw are not installed: then with the line that installs them.
 * @example (await figures.renderSvg(figures.plot([3, 1.2, 0.5]))).startsWith('<svg'); // true
 */
export async function renderSvg(spec: FigureSpec): Promise<string> {
  return (await paint('renderSvg', spec)) as string;
}

/**
 * A PNG of `scale` times `layout.width` by `layout.height` pixels: the SVG painted by resvg with the fonts
 * that ship with the lab.
 *
 * @throws when the scale is not positive, or as `renderSvg`.
 * @example
 * const png = await figures.renderPng(figures.plot([3, 1.2, 0.5]), { scale: 2 }); // writeFile('decay.png', png)
 * String.fromCharCode(...png.slice(1, 4)); // 'PNG'
 */
export async function renderPng(spec: FigureSpec, { scale = 2 } = {}): Promise<Uint8Array> {
  requirePositive('renderPng', 'scale', scale);
  return (await paint('renderPng', spec, scale)) as Uint8Array;
}

function paint(caller: string, { data, layout }: FigureSpec, scale?: number): Promise<string | Uint8Array> {
  for (const side of ['width', 'height'] as const) requirePositive(caller, `layout.${side}`, layout?.[side]);
  const figure = layout.meta?.name === undefined ? 'figure' : `figure '${layout.meta.name}'`;
  if (!current) for (const name of figurePackages) locatePackage(caller, name);
  const { worker, waiting } = (current ??= start());
  const order: Order = { id: orders++, json: written(caller, figure, [data, layout]), scale };
  worker.ref();
  return new Promise((done, reject) => {
    const failed = (fault: string): void => reject(new Error(`${caller}: ${figure}: ${fault}`));
    waiting.set(order.id, { done, failed });
    worker.postMessage(order);
  });
}

/** In JSON, a character that no SVG can hold. */
const CONTROL = /(?<!\\)((?:\\\\)*)\\(u00(?:0[0-8be-f]|1[0-9a-f])|[bf])/;

function written(caller: string, figure: string, spec: unknown): string {
  let json: string;
  try {
    json = JSON.stringify(spec);
  } catch (cause) {
    throw new TypeError(`${caller}: ${figure}: must be what JSON can hold: ${(cause as Error).message}`, {
      cause,
    });
  }
  const [, , control] = CONTROL.exec(json) ?? [];
  if (control !== undefined)
    throw new RangeError(`${caller}: ${figure}: no text may have a control character, got \\${control}`);
  return json;
}

function start(): Painter {
  const { Worker } = need('renderSvg', 'node:worker_threads');
  const {
    argv: [, program],
  } = need('renderSvg', 'node:process');
  const painter: Painter = {
    worker: new Worker(ownFile('dist/src/figures/rendering/painter.js'), { workerData: program }),
    waiting: new Map(),
  };
  const { worker, waiting } = painter;
  const end = (why: string): void => {
    if (current === painter) current = undefined;
    for (const { failed } of waiting.values()) failed(why);
    waiting.clear();
  };
  worker.on('message', (painted: Painted) => {
    const order = waiting.get(painted.id);
    waiting.delete(painted.id);
    if (waiting.size === 0) worker.unref();
    if ('fault' in painted) order?.failed(painted.fault);
    else order?.done(painted.picture);
  });
  worker.on('error', ({ message }) => end(message));
  worker.on('exit', (code) => end(`the drawing thread ended with code ${code}`));
  worker.unref();
  return painter;
}
