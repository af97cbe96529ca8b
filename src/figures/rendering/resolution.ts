// A PNG that says how large it is: the chunk pHYs holds its pixels per metre (PNG specification, third edition, 11.3.4.3).
import { crc32 } from 'node:zlib';

/** A CSS pixel is 1/96 inch. */
const cssPixelsPerMetre = 96 / 0.0254;

/** Signature and header, behind which the chunk stands. */
const headerEnd = 33;

/** The same picture, with `scale` pixels per CSS pixel. */
export function withResolution(png: Uint8Array, scale: number): Uint8Array {
  const chunk = Buffer.alloc(21);
  chunk.writeUInt32BE(9);
  chunk.write('pHYs', 4, 'latin1');
  for (const at of [8, 12]) chunk.writeUInt32BE(Math.round(scale * cssPixelsPerMetre), at);
  chunk[16] = 1; // per metre
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 17)), 17);
  return Buffer.concat([png.subarray(0, headerEnd), chunk, png.subarray(headerEnd)]);
}
