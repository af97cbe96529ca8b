// The kernel's five sockets: shell, control, stdin (ROUTER), iopub (XPUB), heartbeat (an echo).
// Bad messages are dropped with a log line; no message can crash the kernel.
import { Router, XPublisher } from 'zeromq';
import { type Channel, type Connection, address } from '../wire/connection.js';
import { BadMessage, type Message, decode, encode } from '../wire/message.js';
import { SendQueue } from '../wire/sendQueue.js';

export interface TransportHandlers {
  shell(message: Message): void;
  control(message: Message): void;
  stdin(message: Message): void;
  /** A front end has subscribed to this iopub topic (empty: everything). */
  subscribed(topic: string): void;
  log(line: string): void;
}

/** The channels on which a kernel sends; the heartbeat only echoes. */
export type OutgoingChannel = Exclude<Channel, 'hb'>;

export class Transport {
  readonly #connection: Connection;
  readonly #handlers: TransportHandlers;
  // No high-water mark on outgoing messages: a slow front end must not lose output.
  readonly #routers = {
    shell: new Router({ sendHighWaterMark: 0, linger: 1000 }),
    control: new Router({ sendHighWaterMark: 0, linger: 1000 }),
    stdin: new Router({ sendHighWaterMark: 0, linger: 1000 }),
  };
  readonly #iopub = new XPublisher({ sendHighWaterMark: 0, linger: 1000, verbosity: 'allSubs' });
  /** Echoes; unlike a REP socket it has no state that a broken message could spoil. */
  readonly #heartbeat = new Router({ linger: 0 });
  readonly #queues: Record<OutgoingChannel, SendQueue>;

  constructor(connection: Connection, handlers: TransportHandlers) {
    this.#connection = connection;
    this.#handlers = handlers;
    const queue = (socket: Router | XPublisher, channel: string) =>
      new SendQueue(async (message) => {
        try {
          await socket.send(encode(message, connection.key) as Buffer[]);
        } catch (error) {
          if (!socket.closed)
            handlers.log(`${channel}: ${message.header.msg_type} not sent: ${String(error)}`);
        }
      });
    this.#queues = {
      shell: queue(this.#routers.shell, 'shell'),
      control: queue(this.#routers.control, 'control'),
      stdin: queue(this.#routers.stdin, 'stdin'),
      iopub: queue(this.#iopub, 'iopub'),
    };
  }

  async bind(): Promise<void> {
    await Promise.all([
      this.#routers.shell.bind(address(this.#connection, 'shell')),
      this.#routers.control.bind(address(this.#connection, 'control')),
      this.#routers.stdin.bind(address(this.#connection, 'stdin')),
      this.#iopub.bind(address(this.#connection, 'iopub')),
      this.#heartbeat.bind(address(this.#connection, 'hb')),
    ]);
  }

  /** Begins to deliver incoming messages. */
  listen(): void {
    void this.#receive('shell');
    void this.#receive('control');
    void this.#receive('stdin');
    void this.#watchSubscriptions();
    void this.#beat();
  }

  send(channel: OutgoingChannel, message: Message): void {
    this.#queues[channel].push(message);
  }

  /** Sends waiting messages, then closes every socket; ZeroMQ goes on delivering for at most one second. */
  async close(): Promise<void> {
    await Promise.all(Object.values(this.#queues).map((queue) => queue.flush()));
    for (const socket of [...Object.values(this.#routers), this.#iopub, this.#heartbeat]) socket.close();
  }

  #receive(channel: 'shell' | 'control' | 'stdin'): Promise<void> {
    return this.#listen(this.#routers[channel], channel, (frames) =>
      this.#handlers[channel](decode(frames, this.#connection.key)),
    );
  }

  #watchSubscriptions(): Promise<void> {
    return this.#listen(this.#iopub, 'iopub', ([frame]) => {
      if (frame?.[0] === 1) this.#handlers.subscribed(frame.subarray(1).toString());
    });
  }

  #beat(): Promise<void> {
    return this.#listen(this.#heartbeat, 'heartbeat', (frames) => this.#heartbeat.send(frames));
  }

  /** Receives until the socket closes; a message that is broken or not understood becomes a log line. */
  async #listen(
    socket: Router | XPublisher,
    name: string,
    take: (frames: Buffer[]) => void | Promise<void>,
  ): Promise<void> {
    while (!socket.closed) {
      try {
        await take((await socket.receive()) as Buffer[]);
      } catch (error) {
        if (socket.closed) return;
        const what = error instanceof BadMessage ? 'message dropped' : 'failed';
        this.#handlers.log(`${name}: ${what}: ${(error as Error).message}`);
        await new Promise(setImmediate);
      }
    }
  }
}
