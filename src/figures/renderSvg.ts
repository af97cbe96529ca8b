// The static twin of a figure as SVG: drawn by plotly.js itself from the same specification. The same
// specification gives the same bytes, on any machine.
import { uniformGenerator } from '../random/index.js';
import type { FigureSpec } from './figure.js';
import { plotlyStage } from './stage.js';

/** plotly draws one figure at a time: its ids come from a generator that each figure seeds. */
let previous: Promise<unknown> = Promise.resolve();

/**
 * A self-contained SVG document of `layout.width` by `layout.height` pixels.
 * @throws when the specification is not valid plotly.
 */
export function renderSvg(spec: FigureSpec): Promise<string> {
  const drawing = previous.then(() => draw(spec));
  previous = drawing.catch(() => undefined);
  return drawing;
}

async function draw(spec: FigureSpec): Promise<string> {
  const json = JSON.stringify([spec.data, spec.layout]);
  const [data, layout] = JSON.parse(json) as [FigureSpec['data'], FigureSpec['layout']];
  const plotly = plotlyStage(uniformGenerator(json, 'ids of a figure'));
  const fault = (message: string): Error => new Error(`renderSvg: figure '${layout.meta.name}': ${message}`);
  const { width, height } = layout;
  try {
    const faults = plotly.validate(data, layout) ?? [];
    const first = faults.find(({ code }) => code !== 'unused');
    if (first) throw fault(`is not valid plotly: ${first.msg}`);
    return await plotly.toImage({ data, layout, config: {} }, { format: 'svg', width, height, imageDataOnly: true });
  } catch (error) {
    // Node prints the source line of an uncaught error, which in a minified bundle is a megabyte.
    throw error instanceof Error ? error : fault(`plotly.js failed: ${(error as Error).message}`);
  }
}
