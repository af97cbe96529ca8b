// The thread that draws figures: plotly.js makes the SVG, resvg paints it with the fonts that ship with the
// lab. Both load as the thread starts, while the other threads compute.
import { parentPort, workerData } from 'node:worker_threads';
import { PNG } from 'pngjs';
import { optionalPackage } from '../../files/optionalPackage.js';
import { uniformGenerator } from '../../randomness/index.js';
import type { FigureSpec } from '../plots/figureSpec.js';
import { fontFiles } from './fonts.js';
import type { Order, Painted } from './render.js';
import { plotlyStage } from './stage.js';

interface Resvg {
  Resvg: new (
    svg: string,
    options: object,
  ) => { render(): { pixels: Buffer; width: number; height: number } };
}

process.argv[1] = workerData as string; // packages are found from the program here too
plotlyStage(uniformGenerator('', 'ids of a figure')); // loads
const { Resvg } = optionalPackage<Resvg>('renderPng', '@resvg/resvg-js');

/** Pictures of lines on white: plain rows deflate to less than filtered ones. */
const encoding = { colorType: 6, filterType: 0, deflateStrategy: 0, deflateLevel: 6 } as const;

/** plotly draws one figure at a time: its ids come from a generator that each figure seeds. */
let previous: Promise<void> = Promise.resolve();

parentPort!.on('message', (order: Order) => {
  previous = previous.then(() => fulfil(order)).then((painted) => parentPort!.postMessage(painted));
});

async function fulfil({ id, json, scale }: Order): Promise<Painted> {
  try {
    const svg = await draw(json);
    return { id, picture: scale === undefined ? svg : paint(svg, scale) };
  } catch (error) {
    return { id, fault: (error as Error).message };
  }
}

async function draw(json: string): Promise<string> {
  const [data, layout] = JSON.parse(json) as [FigureSpec['data'], FigureSpec['layout']];
  const plotly = plotlyStage(uniformGenerator(json, 'ids of a figure'));
  const { width, height } = layout;
  const faults = plotly.validate(data, layout) ?? [];
  const first = faults.find(({ code }) => code !== 'unused');
  if (first) throw new Error(`is not valid plotly: ${first.msg}`);
  return plotly.toImage({ data, layout, config: {} }, { format: 'svg', width, height, imageDataOnly: true });
}

function paint(svg: string, scale: number): Uint8Array {
  const image = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: {
      loadSystemFonts: false,
      fontFiles: fontFiles(),
      defaultFontFamily: 'Arimo',
      sansSerifFamily: 'Arimo',
    },
    imageRendering: 1, // nearest, so that cells have sharp edges: resvg 2.6 does not know plotly's `image-rendering: pixelated`
    background: 'white',
  });
  const { pixels, width, height } = image.render();
  return PNG.sync.write(Object.assign(new PNG({ width, height }), { data: pixels }), encoding);
}
