// Bytes as base64 and back, in Node and in pages.

export const toBase64 = (bytes: Uint8Array): string =>
  typeof Buffer === 'function'
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
    : btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

/** A copy of its own, so that its numbers can be read as an array of any kind. */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  typeof Buffer === 'function'
    ? Uint8Array.from(Buffer.from(text, 'base64'))
    : Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
