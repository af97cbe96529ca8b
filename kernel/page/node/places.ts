// Folders among a page's files.

/** The package's. */
export const lab = '/lab';
/** The notebook's. */
export const notebook = '/lab/notebooks';
export const typescript = '/lab/node_modules/typescript/lib/typescript.js';
