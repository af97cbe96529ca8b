// The fonts that ship with the lab, so that a figure looks the same on every machine, also without installed
// fonts: Arimo, as wide as Arial and Helvetica, which browsers have. Licence: fonts/OFL.txt.
import { ownFile } from '../../files/node.js';
import { optionalPackage } from '../../files/optionalPackage.js';

/** The font of every figure: browsers have one of the first two, fonts/ has the third. */
export const fontFamily = 'Arial, Helvetica, Arimo, sans-serif';

export const fontFiles = (): string[] =>
  ['Regular', 'Italic', 'Bold', 'BoldItalic'].map((style) =>
    ownFile(`dist/src/figures/fonts/Arimo-${style}.ttf`),
  );

export interface Canvas {
  width: number;
  height: number;
  getContext(kind: '2d'): CanvasContext;
  toDataURL(mime: string): string;
}

export interface CanvasContext {
  font: string;
  measureText(text: string): { width: number };
}

interface CanvasLibrary {
  createCanvas(width: number, height: number): Canvas;
  GlobalFonts: { registerFromPath(path: string, name: string): unknown };
}

let library: CanvasLibrary | undefined;

/** A bitmap that knows the lab's fonts (loads @napi-rs/canvas on first use). */
export function createCanvas(width: number, height: number): Canvas {
  if (library === undefined) {
    library = optionalPackage<CanvasLibrary>('createCanvas', '@napi-rs/canvas');
    for (const path of fontFiles()) library.GlobalFonts.registerFromPath(path, 'Figure text');
  }
  return library.createCanvas(width, height);
}
