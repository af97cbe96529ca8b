// Sends a message to everybody who listens on iopub.
import type { Header, Json } from '../wire/message.js';

export interface PublishOptions {
  /** The request that the message belongs to. */
  parent?: Header;
  topic?: string;
  metadata?: Json;
  buffers?: Uint8Array[];
}

export type Publish = (type: string, content: Json, options?: PublishOptions) => void;
