// Jupyter messages on the wire (messaging protocol 5.4, "The wire protocol"):
//   identities… <IDS|MSG> signature header parent_header metadata content buffers…
// The signature is HMAC-SHA256 over the four JSON frames only, as lower-case hex.
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

export const protocolVersion = '5.4';
const delimiter = Buffer.from('<IDS|MSG>');

export type Json = Record<string, unknown>;

export interface Header {
  msg_id: string;
  session: string;
  username: string;
  date: string;
  msg_type: string;
  version: string;
}

export interface Message {
  /** ZeroMQ routing prefix; on iopub, the topic. */
  identities: Uint8Array[];
  header: Header;
  parent: Header | Record<string, never>;
  metadata: Json;
  content: Json;
  buffers: Uint8Array[];
}

/** A message that cannot be trusted or read; it is dropped, with `message` as the log line. */
export class BadMessage extends Error {
  override readonly name = 'BadMessage';
}

/** Makes the headers of one session: `header('status')`. */
export function headerFactory(session: string = randomUUID(), username = 'kernel'): (type: string) => Header {
  let count = 0;
  return (type) => ({
    msg_id: `${session}_${++count}`,
    session,
    username,
    date: new Date().toISOString(),
    msg_type: type,
    version: protocolVersion,
  });
}

export function encode(message: Message, key: string): Uint8Array[] {
  const { identities, header, parent, metadata, content, buffers } = message;
  const signed = [header, parent, metadata, content].map((part) => Buffer.from(JSON.stringify(part)));
  return [...identities, delimiter, Buffer.from(signature(signed, key)), ...signed, ...buffers];
}

/** How many signatures are remembered, as in jupyter_client: of more, the oldest are forgotten. */
const mostSignatures = 2 ** 16;

/** The signatures of the messages that have come. */
export class Signatures {
  readonly #known = new Set<string>();

  /**
   * @throws BadMessage when a message with this signature has come before: somebody sends it again who has no
   * key
   */
  note(signature: string): void {
    if (this.#known.has(signature)) throw new BadMessage('its signature has come before');
    this.#known.add(signature);
    if (this.#known.size > mostSignatures) this.#known.delete(this.#known.values().next().value!);
  }
}

/**
 * `known`: refuses a signed message that has come before.
 * @throws BadMessage when the frames are malformed or the signature is not ours
 */
export function decode(frames: readonly Uint8Array[], key: string, known?: Signatures): Message {
  const at = frames.findIndex((frame) => delimiter.equals(frame));
  if (at < 0) throw new BadMessage(`no <IDS|MSG> delimiter in ${frames.length} frames`);
  const received = frames[at + 1];
  const signed = frames.slice(at + 2, at + 6);
  if (!received || signed.length < 4)
    throw new BadMessage(`${frames.length - at - 1} frames after the delimiter, 5 needed`);
  const own = Buffer.from(signature(signed, key));
  if (key && (own.length !== received.length || !timingSafeEqual(own, received)))
    throw new BadMessage('wrong signature');
  if (key) known?.note(String(own));
  const [header, parent, metadata, content] = signed.map(parseObject) as [Json, Json, Json, Json];
  for (const field of ['msg_id', 'msg_type', 'session']) {
    if (typeof header[field] !== 'string') throw new BadMessage(`header has no ${field}`);
  }
  return {
    identities: frames.slice(0, at),
    header: header as unknown as Header,
    parent: parent as unknown as Message['parent'],
    metadata,
    content,
    buffers: frames.slice(at + 6),
  };
}

/** An empty key means unsigned messages (jupyter_client's convention). */
function signature(frames: readonly Uint8Array[], key: string): string {
  if (!key) return '';
  const hmac = createHmac('sha256', key);
  for (const frame of frames) hmac.update(frame);
  return hmac.digest('hex');
}

function parseObject(frame: Uint8Array): Json {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(frame.buffer, frame.byteOffset, frame.length).toString('utf8'));
  } catch {
    throw new BadMessage('a frame is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadMessage('a frame is not a JSON object');
  }
  return value as Json;
}
