// plotly.js without a browser: the bundle runs in a jsdom window with its own globals, so nothing leaks into
// the user's. What jsdom lacks and plotly needs (text boxes, bitmaps) is added to that window. Loading takes
// about a second and happens with the first call; a figure then takes about a tenth of that.
import { readFileSync } from 'node:fs';
import { compileFunction, type Context } from 'node:vm';
import { locatePackage, optionalPackage } from '../../files/optionalPackage.js';
import { createCanvas, type Canvas } from './fonts.js';
import { textBox, type TextNode } from './textBox.js';

/**
 * The functions of plotly.js that the lab calls; `PlotSchema.get` describes every attribute, for `validate`.
 */
export interface Plotly {
  toImage(spec: { data: unknown; layout: unknown; config: unknown }, options: object): Promise<string>;
  validate(data: unknown, layout: unknown): { code: string; msg: string }[] | undefined;
  PlotSchema: { get(): unknown };
}

/** The jsdom window, as far as it is used here. */
interface Window {
  Plotly: Plotly;
  Math: { random: () => number };
  URL: { createObjectURL?: () => string };
  SVGElement: { prototype: object };
  HTMLCanvasElement: { prototype: object };
  [name: string]: unknown;
}

interface Dom {
  JSDOM: new (html: string, options: object) => { window: Window; getInternalVMContext(): Context };
  VirtualConsole: new () => object;
}

/**
 * Globals that plotly reads often: as local names they are not looked up through jsdom, which makes it twice
 * as fast.
 */
const local = [
  'window',
  'document',
  'self',
  'Object',
  'Array',
  'Math',
  'Number',
  'String',
  'JSON',
  'RegExp',
  'Date',
  'Error',
  'isNaN',
  'isFinite',
  'parseFloat',
  'ArrayBuffer',
  'DataView',
  'Float64Array',
  'Uint8Array',
];

let window: Window | undefined;

/**
 * plotly.js, ready to draw; `random` replaces Math.random inside its window (ids of clip paths and traces).
 */
export function plotlyStage(random: () => number): Plotly {
  window ??= openWindow();
  window.Math.random = random;
  return window.Plotly;
}

function openWindow(): Window {
  const { JSDOM, VirtualConsole } = optionalPackage<Dom>('renderSvg', 'jsdom');
  const dom = new JSDOM('', {
    runScripts: 'outside-only',
    pretendToBeVisual: true,
    virtualConsole: new VirtualConsole(),
  });
  const { window } = dom;
  window.URL.createObjectURL = () => '';
  window.TextDecoder = TextDecoder;
  const filename = locatePackage('renderSvg', 'plotly.js-dist-min');
  const options = { filename, parsingContext: dom.getInternalVMContext() };
  compileFunction(readFileSync(filename, 'utf8'), local, options).apply(
    window,
    local.map((name) => window[name]),
  );
  const schema = window.Plotly.PlotSchema.get();
  window.Plotly.PlotSchema.get = () => schema;
  addTextBoxes(window.SVGElement.prototype);
  addBitmaps(window.HTMLCanvasElement.prototype);
  return window;
}

function addTextBoxes(svgElement: object): void {
  function getBBox(this: TextNode) {
    const { left, right, top, bottom } = textBox(this) ?? { left: 0, right: 0, top: 0, bottom: 0 };
    return { x: left, y: top, left, right, top, bottom, width: right - left, height: bottom - top };
  }
  Object.assign(svgElement, {
    getBBox,
    getBoundingClientRect: getBBox,
    getComputedTextLength(this: TextNode) {
      return getBBox.call(this).width;
    },
  });
}

/** Heat maps are drawn on a canvas and enter the SVG as PNG data. */
function addBitmaps(canvasElement: object): void {
  const bitmaps = new WeakMap<object, Canvas>();
  Object.assign(canvasElement, {
    getContext(this: Canvas, kind: string) {
      if (kind !== '2d') return null;
      const bitmap = createCanvas(this.width, this.height);
      bitmaps.set(this, bitmap);
      return bitmap.getContext(kind);
    },
    toDataURL(this: Canvas) {
      return bitmaps.get(this)?.toDataURL('image/png');
    },
  });
}
