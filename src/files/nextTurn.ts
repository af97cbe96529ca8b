// A turn for the event loop: messages, timers and interrupts come through before the work goes on. Timers of
// pages wait four milliseconds, and a second in a page that nobody looks at; a message does not.

interface Port {
  onmessage: () => void;
  postMessage(message: unknown): void;
  close(): void;
}

const inPage = (done: () => void): void => {
  const { port1, port2 } = new MessageChannel() as unknown as Record<'port1' | 'port2', Port>;
  port1.onmessage = () => {
    port1.close();
    done();
  };
  port2.postMessage(undefined);
};

export const nextTurn = (): Promise<void> => new Promise<void>(globalThis.setImmediate ?? inPage);
