// The protocol on a network: an event-driven simulator, and what runs in it.
export { aliasTable, type ClockRates } from './clocks.js';
export { constantLatency, exponentialLatency, type Internet, internet, type Latency, uniformLatency } from './latency.js';
export { internet2019 } from './internet2019.js';
export { type Links, type Partition } from './links.js';
export { type Churn, type EndReason, type MessageCounts, Network, type NetworkOptions, type NetworkRun, type Protocol, type RunOptions, SimulationAborted } from './network.js';
export { everybody, type Peers, peersOf, randomPeer } from './peers.js';
export { type LifeEvent, type Lives, type LifeState, type Transition, transitions } from './transitions.js';
export { type Envelope, type LedgerProof } from './envelope.js';
export { type Adversary, drawMembers, eclipse, equivocators, flippers, forgeries, forgers, zealots } from './adversaries.js';
export { coldEnough, type FinalityRule, type FinalityView, localConfidence } from './finality.js';
export { type FinalityRecord } from './finalityRecord.js';
export { Emtd, type EmtdOptions } from './emtd.js';
