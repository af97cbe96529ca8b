// The protocol on a network: an event-driven simulator, and what runs in it.
export type { ClockRates } from './network/clocks.js';
export {
  constantLatency,
  exponentialLatency,
  type Internet,
  internet,
  type Latency,
  uniformLatency,
} from './network/latency.js';
export { internet2019 } from './network/internet2019.js';
export { type Links, type Partition } from './network/links.js';
export { type EndReason, type MessageCounts, type NetworkRun } from './network/networkRun.js';
export {
  type Churn,
  Network,
  type NetworkOptions,
  type Protocol,
  type NetworkRunOptions,
} from './network/network.js';
export {
  type LifeEvent,
  type Lives,
  type LifeState,
  type Transition,
  transitions,
} from './emtd/transitions.js';
export { type Envelope, type LedgerProof } from './emtd/envelope.js';
export {
  type Adversary,
  drawMembers,
  eclipse,
  equivocators,
  flippers,
  forgeries,
  forgers,
  zealots,
} from './emtd/adversaries.js';
export {
  belowTemperature,
  type FinalityRule,
  type FinalityView,
  localConfidence,
} from './emtd/finalityRules.js';
export { type FinalityRecord } from './emtd/finalityRecord.js';
export { Emtd, type EmtdOptions } from './emtd/emtd.js';
export { everybody, type Peers, peersOf, randomPeer, randomPeers, weighted } from './network/peers.js';
export { Coverage, type Spreading, type SpreadingOptions } from './spreading/coverage.js';
export { pushRumour } from './spreading/pushRumour.js';
export { fanOut, type FanOutOptions } from './spreading/fanOut.js';
export { gossipMesh, type GossipMeshOptions } from './spreading/gossipMesh.js';
export {
  exchangesToAverage,
  type PairwiseAveraging,
  pairwiseAveraging,
  type PairwiseOptions,
} from './spreading/pairwise.js';
export { approximateMajority, type OneWay, voter } from './agreement/oneWay.js';
export { Decisions, type Deciding } from './agreement/decisions.js';
export { snowball, type Snowball, type SnowballOptions } from './agreement/snowball.js';
export { type BftOptions, pbft } from './agreement/pbft.js';
export { hotStuff } from './agreement/hotStuff.js';
export { type SybilOptions, type Sybils, sybils, type Weighting } from './network/sybils.js';
