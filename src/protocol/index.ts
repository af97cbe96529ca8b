// The protocol on a network: an event-driven simulator, and what runs in it.
export { aliasTable, type ClockRates } from './clocks.js';
export { constantLatency, exponentialLatency, type Internet, internet, type Latency, uniformLatency } from './latency.js';
export { internet2019 } from './internet2019.js';
export { type Links, type Partition } from './links.js';
export { type Churn, type EndReason, type MessageCounts, Network, type NetworkOptions, type NetworkRun, type Protocol, type RunOptions, SimulationAborted } from './network.js';
export { everybody, type Peers, peersOf, randomPeer } from './peers.js';
