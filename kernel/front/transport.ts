// The kernel's five sockets: shell, control, stdin (ROUTER), iopub (XPUB), heartbeat (an echo).
// Bad messages are dropped with a log line; no message can crash the kernel.
import { Router, XPublisher } from 'zeromq';
import { type Channel, type Connection, address, channels } from '../wire/connection.js';
import { BadMessage, type Message, Signatures, decode, encode } from '../wire/message.js';
import { SendQueue } from '../wire/sendQueue.js';

export interface TransportHandlers {
  shell(message: Message): void;
  control(message: Message): void;
  stdin(message: Message): void;
  /** A front end has subscribed to this iopub topic (empty: everything). */
  subscribed(topic: string): void;
}

/** The channels on which a kernel sends; the heartbeat only echoes. */
export type OutgoingChannel = Exclude<Channel, 'hb'>;

/** No high-water mark on outgoing messages: a slow front end must not lose output. */
const lossless = { sendHighWaterMark: 0, linger: 1000 };

export class Transport {
  readonly #sockets = {
    shell: new Router(lossless),
    control: new Router(lossless),
    stdin: new Router(lossless),
    iopub: new XPublisher({ ...lossless, verbosity: 'allSubs' }),
    hb: new Router({ linger: 0 }), // echoes; unlike a REP socket it has no state that a broken message could spoil
  };
  readonly #queues: Readonly<Record<OutgoingChannel, SendQueue>>;

  constructor(
    readonly connection: Connection,
    readonly handlers: TransportHandlers,
    readonly log: (line: string) => void,
  ) {
    const queue = (channel: OutgoingChannel): SendQueue =>
      new SendQueue(async (message) => {
        const socket = this.#sockets[channel];
        try {
          await socket.send(encode(message, connection.key) as Buffer[]);
        } catch (error) {
          if (!socket.closed) log(`${channel}: ${message.header.msg_type} not sent: ${String(error)}`);
        }
      });
    this.#queues = {
      shell: queue('shell'),
      control: queue('control'),
      stdin: queue('stdin'),
      iopub: queue('iopub'),
    };
  }

  async bind(): Promise<void> {
    await Promise.all(
      channels.map((channel) => this.#sockets[channel].bind(address(this.connection, channel))),
    );
  }

  /** Begins to deliver incoming messages. */
  listen(): void {
    const known = new Signatures();
    for (const channel of ['shell', 'control', 'stdin'] as const) {
      void this.#listen(channel, (frames) =>
        this.handlers[channel](decode(frames, this.connection.key, known)),
      );
    }
    void this.#listen('iopub', ([frame]) => {
      if (frame?.[0] === 1) this.handlers.subscribed(frame.subarray(1).toString());
    });
    void this.#listen('hb', (frames) => this.#sockets.hb.send(frames));
  }

  send(channel: OutgoingChannel, message: Message): void {
    this.#queues[channel].push(message);
  }

  /** Sends waiting messages, then closes every socket; ZeroMQ goes on delivering for at most one second. */
  async close(): Promise<void> {
    await Promise.all(Object.values(this.#queues).map((queue) => queue.flush()));
    for (const socket of Object.values(this.#sockets)) socket.close();
  }

  /** Receives until the socket closes; a message that is broken or not understood becomes a log line. */
  async #listen(channel: Channel, take: (frames: Buffer[]) => void | Promise<void>): Promise<void> {
    const socket = this.#sockets[channel];
    while (!socket.closed) {
      try {
        await take((await socket.receive()) as Buffer[]);
      } catch (error) {
        if (socket.closed) return;
        const what = error instanceof BadMessage ? 'message dropped' : 'failed';
        this.log(`${channel}: ${what}: ${(error as Error).message}`);
        await new Promise(setImmediate);
      }
    }
  }
}
