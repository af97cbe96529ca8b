// Where the script of a thread is. tools/library.mjs puts its text here for pages, whose bundlers would not
// find the file.
export const poolScript = (): URL => new URL('./poolThread.js', import.meta.url);
