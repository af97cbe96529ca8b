// Values on a pipe: four bytes of length, the same inverted (what user code writes into the pipe does not
// form such a pair), then JSON, which is the fastest for the many small messages of
// prints, or V8's serialisation for messages with bytes.
import { deserialize, serialize } from 'node:v8';
import { JSON } from './intrinsics.js';

const brace = 0x7b;
const headerLength = 8;

/** A JSON object with bytes beside it. */
interface WithBuffers {
  json: string;
  buffers: readonly Uint8Array[];
}

/** A message that is JSON but for its `buffers`. */
export function pack<T extends object & { buffers?: readonly Uint8Array[] }>(message: T): string | Buffer {
  const { buffers, ...rest } = message;
  const json = JSON.stringify(rest);
  return buffers?.length ? serialize({ json, buffers } satisfies WithBuffers) : json;
}

function unpacked(body: Buffer): unknown {
  if (body[0] === brace) return JSON.parse(body.toString());
  const value = deserialize(body) as object;
  if (!('json' in value)) return value;
  const { json, buffers } = value as WithBuffers;
  return { ...(JSON.parse(json) as object), buffers };
}

export function lengthOf(body: Uint8Array): Buffer {
  const header = Buffer.allocUnsafe(headerLength);
  header.writeUInt32LE(body.byteLength);
  header.writeInt32LE(~body.byteLength, 4);
  return header;
}

export class FrameReader {
  #chunks: Buffer[] = [];
  #length = 0;

  /** The values that this chunk completes. @throws if it is not part of a message */
  push(chunk: Buffer): unknown[] {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    const values: unknown[] = [];
    for (let body = this.#next(); body; body = this.#next()) values.push(unpacked(body));
    return values;
  }

  #next(): Buffer | undefined {
    if (this.#length < headerLength) return undefined;
    if (this.#chunks[0]!.length < headerLength) this.#join();
    const [first] = this.#chunks as [Buffer];
    if (~first.readInt32LE() !== first.readInt32LE(4))
      throw new RangeError('the bytes on the pipe are not a message');
    const end = headerLength + first.readUInt32LE();
    if (this.#length < end) return undefined;
    this.#join();
    const [all] = this.#chunks as [Buffer];
    this.#chunks = all.length > end ? [all.subarray(end)] : [];
    this.#length -= end;
    return all.subarray(headerLength, end);
  }

  #join(): void {
    if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks)];
  }
}
