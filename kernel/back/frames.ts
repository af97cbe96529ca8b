// Values on a pipe: four bytes of length, then V8's serialisation.
import { deserialize } from 'node:v8';

export function lengthOf(body: Uint8Array): Buffer {
  const header = Buffer.allocUnsafe(4);
  header.writeUInt32LE(body.byteLength);
  return header;
}

export class FrameReader {
  #chunks: Buffer[] = [];
  #length = 0;

  /** The values that this chunk completes. */
  push(chunk: Buffer): unknown[] {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    const values: unknown[] = [];
    for (let body = this.#next(); body; body = this.#next()) values.push(deserialize(body));
    return values;
  }

  #next(): Buffer | undefined {
    if (this.#length < 4) return undefined;
    if (this.#chunks[0]!.length < 4) this.#join();
    const end = 4 + this.#chunks[0]!.readUInt32LE();
    if (this.#length < end) return undefined;
    this.#join();
    const [all] = this.#chunks as [Buffer];
    this.#chunks = all.length > end ? [all.subarray(end)] : [];
    this.#length -= end;
    return all.subarray(4, end);
  }

  #join(): void {
    if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks)];
  }
}
