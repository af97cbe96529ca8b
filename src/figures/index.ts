// What other rooms use of this one: the door, and what stands behind it.
export * from './door.js';
export { hostBroadcast } from './broadcast.js';
export { ink, extentOf } from './plots/axis.js';
export { requireSpec } from './plots/checkSpec.js';
export { figureMimes, figureJson, requireFigureName } from './plots/figure.js';
export { density } from './plots/histogram.js';
export { palette, translucent } from './plots/theme.js';
export { figureRows, figureCsv } from './tables/figureCsv.js';
