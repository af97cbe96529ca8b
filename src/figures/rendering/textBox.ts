// The text boxes that plotly needs from a browser to place titles, legends and tick labels: jsdom has no
// layout, so this file computes the widths of SVG text from the shipped fonts. Units are CSS pixels.
// Source: SVG 2, section 11 (text positions x, y, dy, text-anchor), https://www.w3.org/TR/SVG2/text.html
import { createCanvas, type CanvasContext } from './fonts.js';

/** The part of a DOM node that is used here. */
export interface TextNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly childNodes: ArrayLike<TextNode>;
  readonly style?: { fontSize: string; fontWeight: string; fontStyle: string; textAnchor: string };
  getAttribute?(name: string): string | null;
}

export type Box = Readonly<Record<'left' | 'right' | 'top' | 'bottom', number>>;

/** Height of the font above and below the baseline in units of its size (Arial's and Arimo's). */
const ascent = 0.905;
const descent = 0.212;

interface Pen extends Record<'x' | 'y' | 'size', number>, Record<'weight' | 'slope', string> {}

const initialPen: Pen = { x: 0, y: 0, size: 12, weight: 'normal', slope: 'normal' };
let context: CanvasContext | undefined;

/**
 * Box of an SVG text, or of all texts in a group, after their transforms; `undefined` if there is no text.
 */
export function textBox(node: TextNode, pen = initialPen): Box | undefined {
  const inner = penFor(node, pen);
  if (node.nodeName === 'text') return applyTransform(lineBox(node, inner), node);
  if (node.nodeName !== 'g' && node.nodeName !== 'svg') return undefined;
  return applyTransform(union(Array.from(node.childNodes, (child) => textBox(child, inner))), node);
}

/** Lines of one text: each child with its own x starts a line, anchored like the whole. */
function lineBox(text: TextNode, pen: Pen): Box | undefined {
  const lines: Box[][] = [[]];
  const draw = (node: TextNode, outer: Pen): void => {
    if (node.nodeType === 3) {
      const width = textWidth(node.textContent ?? '', outer);
      const { y, size } = outer;
      const box = { left: pen.x, right: pen.x + width, top: y - ascent * size, bottom: y + descent * size };
      if (width > 0) lines.at(-1)!.push(box);
      pen.x += width;
      return;
    }
    const inner = penFor(node, outer);
    const x = number(node, 'x');
    if (x !== undefined) {
      pen.x = x;
      lines.push([]);
    }
    inner.y = number(node, 'y') ?? pen.y;
    inner.y += length(node.getAttribute?.('dy'), inner.size);
    pen.y = inner.y;
    for (const child of Array.from(node.childNodes)) draw(child, inner);
  };
  const anchor = text.style?.textAnchor || text.getAttribute?.('text-anchor') || 'start';
  const share = { start: 0, middle: 0.5, end: 1 }[anchor] ?? 0;
  draw(text, pen);
  return union(
    lines.map((boxes) => {
      const line = union(boxes);
      return line && shift(line, -share * (line.right - line.left), 0);
    }),
  );
}

function textWidth(text: string, { size, weight, slope }: Pen): number {
  context ??= createCanvas(1, 1).getContext('2d');
  context.font = `${slope} ${weight} ${size}px "Figure text"`;
  return context.measureText(text.replaceAll('\u200b', '')).width;
}

function penFor({ style }: TextNode, pen: Pen): Pen {
  if (style === undefined) return { ...pen };
  return {
    ...pen,
    size: style.fontSize ? length(style.fontSize, pen.size) : pen.size,
    weight: style.fontWeight || pen.weight,
    slope: style.fontStyle || pen.slope,
  };
}

function number(node: TextNode, name: string): number | undefined {
  const value = node.getAttribute?.(name);
  return value ? parseFloat(value) : undefined;
}

/** A CSS length in pixels; `em` and `%` are relative to the font size. */
function length(text: string | null | undefined, size: number): number {
  if (!text) return 0;
  const value = parseFloat(text);
  return text.endsWith('em') ? value * size : text.endsWith('%') ? (value / 100) * size : value;
}

/** The box around a box that was moved by the node's `transform`: a list of translations and rotations. */
function applyTransform(box: Box | undefined, node: TextNode): Box | undefined {
  const steps = [...(node.getAttribute?.('transform') ?? '').matchAll(/(translate|rotate)\(([^)]*)\)/g)];
  return steps.reduceRight((moved, [, kind, list]) => {
    const [a, b = 0, c = 0] = list
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    return kind === 'translate' ? shift(moved, a, b) : rotate(moved, (a * Math.PI) / 180, b, c);
  }, box);
}

function rotate(box: Box | undefined, angle: number, cx: number, cy: number): Box | undefined {
  if (box === undefined || angle === 0) return box;
  const corners = [box.left, box.right].flatMap((x) =>
    [box.top, box.bottom].map((y) => {
      const [dx, dy] = [x - cx, y - cy];
      const left = cx + dx * Math.cos(angle) - dy * Math.sin(angle);
      const top = cy + dx * Math.sin(angle) + dy * Math.cos(angle);
      return { left, right: left, top, bottom: top };
    }),
  );
  return union(corners);
}

function shift(box: Box | undefined, dx: number, dy: number): Box | undefined {
  return box && { left: box.left + dx, right: box.right + dx, top: box.top + dy, bottom: box.bottom + dy };
}

function union(boxes: readonly (Box | undefined)[]): Box | undefined {
  const drawn = boxes.filter((box) => box !== undefined);
  if (drawn.length === 0) return undefined;
  return {
    left: Math.min(...drawn.map(({ left }) => left)),
    right: Math.max(...drawn.map(({ right }) => right)),
    top: Math.min(...drawn.map(({ top }) => top)),
    bottom: Math.max(...drawn.map(({ bottom }) => bottom)),
  };
}
