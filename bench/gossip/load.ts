// The load: nodes whose Poisson clocks ring once a second, and at each ring a message to somebody. In the
// library's simulator, and in the loop that one writes first: a binary heap of objects, which holds the next
// ring of every node and every message under way.
import { everybody, type Latency, Network, randomPeer } from '../../src/protocol/index.js';
import { aleaGenerator, exponential, type RandomSource } from '../../src/randomness/index.js';
import type { Contender } from '../engine/contender.js';

/** A step is an event. */
export function simulator(nodes: number, latency: Latency): Contender {
  const peers = everybody(nodes);
  const net = new Network(
    {
      name: 'load',
      tick: (node, at) => at.send(node, randomPeer(peers, node, at.random), node, 100),
      receive: () => {},
    },
    { nodeCount: nodes, links: { latency }, seed: 1 },
  );
  return {
    name: 'emtd-lab',
    kind: 'library',
    threads: 1,
    run: (steps) => timed(steps, () => net.run({ time: 1e9, events: steps })),
  };
}

interface Event {
  readonly time: number;
  readonly node: number;
  readonly from: number;
  readonly message: number;
}

/** A step is an event. It sends nothing twice, loses nothing, counts no bytes and makes no hash. */
export function heapOfObjects(nodes: number, latency: Latency): Contender {
  const [random, peers, heap] = [aleaGenerator(1), everybody(nodes), new Heap()];
  for (let node = 0; node < nodes; node++)
    heap.push({ time: exponential(random), node, from: -1, message: 0 });
  const step = (draw: RandomSource): void => {
    const { time, node, from } = heap.pop();
    if (from >= 0) return;
    const to = randomPeer(peers, node, draw);
    heap.push({ time: time + latency.seconds(node, to, draw), node: to, from: node, message: node });
    heap.push({ time: time + exponential(draw), node, from: -1, message: 0 });
  };
  return {
    name: 'a heap of objects',
    kind: 'other',
    threads: 1,
    run: (steps) =>
      timed(steps, () => {
        for (let k = 0; k < steps; k++) step(random);
      }),
  };
}

class Heap {
  readonly #events: Event[] = [];

  push(event: Event): void {
    const events = this.#events;
    let at = events.push(event) - 1;
    for (let above = (at - 1) >> 1; at > 0 && events[above].time > event.time; above = (at - 1) >> 1) {
      events[at] = events[above];
      at = above;
    }
    events[at] = event;
  }

  pop(): Event {
    const events = this.#events;
    const [first, last] = [events[0], events.pop()!];
    if (events.length === 0) return first;
    let at = 0;
    for (let child = 1; child < events.length; child = 2 * at + 1) {
      if (child + 1 < events.length && events[child + 1].time < events[child].time) child++;
      if (events[child].time >= last.time) break;
      events[at] = events[child];
      at = child;
    }
    events[at] = last;
    return first;
  }
}

/** Seconds of processor time. */
async function timed(steps: number, work: () => unknown): Promise<{ steps: number; seconds: number }> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return { steps, seconds: (user + system) / 1e6 };
}
