export { after, checkKernel, iterate, type IterateOptions, type Kernel } from './kernel.js';
export { presence, type Presence, type PresenceOptions, type Replacement } from './presence.js';
export { relax, type Relaxation, type RelaxOptions } from './relax.js';
export { events, type EventOptions, type EventRun } from './events.js';
export { averagingMerge, delivered, maximumMerge, type Merge, type Message, orderOutcomes, type OrderOutcomes, replayDrift, transferMerge, unionMerge } from './merges.js';
export { netFlow, productionRate } from './production.js';
export { contactProcess, type ContactOptions, type ContactRun } from './contactProcess.js';
