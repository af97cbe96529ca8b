// Objects of the language as they were when the process began: a cell may replace the globals, and the kernel
// goes on.
export const { Error, Map, Object, Promise, Set, Uint8Array } = globalThis;

export const JSON = { parse: globalThis.JSON.parse, stringify: globalThis.JSON.stringify };
