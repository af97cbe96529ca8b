// The ambient field: presence with decay and replacement, persistence of states, participation, local
// sensing.
export { after, checkUpdate, iterate, type IterateOptions, type Update } from './messages/update.js';
export { presence, type Presence, type PresenceOptions, type Replacement } from './presence/presence.js';
export { autocatalyticReplacement, contactReplacement, majorityReplacement } from './presence/competition.js';
export { type Pair, pitchfork, type Pitchfork } from './presence/pitchfork.js';
export { relax, type Relaxation, type RelaxOptions } from './presence/relax.js';
export { ticks } from './presence/ticks.js';
export { events, type EventOptions, type EventRun } from './presence/events.js';
export {
  averagingMerge,
  delivered,
  maximumMerge,
  type Merge,
  type Message,
  orderOutcomes,
  type OrderOutcomes,
  replayDrift,
  transferMerge,
  unionMerge,
} from './messages/merges.js';
export { netFlow, productionRate } from './presence/production.js';
export { birthDeathWalk, type Walk, type WalkOptions } from './persistence/birthDeathWalk.js';
export { finality, type Finality, type FinalityOptions, type LossOptions } from './persistence/finality.js';
export { lossTimes } from './persistence/lossTimes.js';
export { contactProcess, type ContactOptions, type ContactRun } from './persistence/contactProcess.js';
export { fadingSpins, type FadingOptions } from './persistence/fadingSpins.js';
export { pushSum, type PushSumOptions } from './messages/pushSum.js';
export { localRates, type LocalRates } from './participation/sensing.js';
export type { LongRunOptions, Recorded } from './presence/longRun.js';
export {
  activityAt,
  type InteractionOptions,
  interactions,
  participation,
  type ParticipationRule,
} from './participation/participation.js';
export {
  destructive,
  type Holdings,
  honest,
  idleHoarder,
  leaver,
  selfTrader,
  type SelfTraderOptions,
  type Strategy,
  type StrategyOptions,
  type TakerOptions,
  thief,
} from './participation/strategies.js';
export {
  society,
  type Society,
  type SocietyOptions,
  totalValue,
  strangers,
} from './participation/society.js';
export { type SplitNode, splitNode, type SplitOptions, walkInfluence } from './participation/sybil.js';
export { stanceField, type StanceField, type StanceOptions } from './presence/stances.js';
