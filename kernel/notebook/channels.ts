// The four channels of a client that carry messages: outgoing messages are signed and sent in order; incoming
// messages with a wrong signature are dropped.
import { randomUUID } from 'node:crypto';
import { Dealer, Subscriber } from 'zeromq';
import { type Channel as AnyChannel, type Connection, address } from '../wire/connection.js';
import { BadMessage, type Message, decode, encode } from '../wire/message.js';
import { SendQueue } from '../wire/sendQueue.js';

export type RequestChannel = 'shell' | 'control';
export type Channel = Exclude<AnyChannel, 'hb'>;
type Outgoing = Exclude<Channel, 'iopub'>;

const patient = { linger: 0, reconnectInterval: 20 };

export class Channels {
  /** One identity on shell and stdin: questions go to the client that sent the cell. */
  readonly #identity = randomUUID();
  readonly #sockets = {
    shell: new Dealer({ ...patient, routingId: this.#identity }),
    control: new Dealer(patient),
    stdin: new Dealer({ ...patient, routingId: this.#identity }),
    iopub: new Subscriber({ ...patient, receiveHighWaterMark: 0 }),
  };
  readonly #queues: Readonly<Record<Outgoing, SendQueue>>;

  /** `onUnsent` is called with a message that could not be sent. */
  constructor(
    readonly connection: Connection,
    onUnsent: (message: Message, error: unknown) => void,
  ) {
    const queue = (channel: Outgoing): SendQueue =>
      new SendQueue(async (message) => {
        try {
          await this.sendRaw(channel, encode(message, connection.key));
        } catch (error) {
          onUnsent(message, error);
        }
      });
    this.#queues = { shell: queue('shell'), control: queue('control'), stdin: queue('stdin') };
  }

  /** Connects, and calls back with every message from then on. */
  open(onMessage: (channel: Channel, message: Message) => void): void {
    this.#sockets.iopub.subscribe();
    for (const channel of ['shell', 'control', 'stdin', 'iopub'] as const) {
      this.#sockets[channel].connect(address(this.connection, channel));
      void this.#receive(channel, onMessage);
    }
  }

  send(channel: Outgoing, message: Message): void {
    this.#queues[channel].push(message);
  }

  /** Sends frames as they are. */
  async sendRaw(channel: Outgoing, frames: readonly Uint8Array[]): Promise<void> {
    await this.#sockets[channel].send(frames as Buffer[]);
  }

  close(): void {
    for (const socket of Object.values(this.#sockets)) socket.close();
  }

  async #receive(channel: Channel, onMessage: (channel: Channel, message: Message) => void): Promise<void> {
    for await (const frames of this.#sockets[channel]) {
      const message = this.#read(frames);
      if (message) onMessage(channel, message);
    }
  }

  #read(frames: readonly Uint8Array[]): Message | undefined {
    try {
      return decode(frames, this.connection.key);
    } catch (error) {
      if (error instanceof BadMessage) return undefined;
      throw error;
    }
  }
}
