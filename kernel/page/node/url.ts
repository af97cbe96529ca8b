// Paths of a page's files as addresses.
export const pathToFileURL = (path: string): URL => new URL(`file://${path}`);
export const fileURLToPath = (url: string | URL): string => new URL(url).pathname;
