export { presence, type Presence, type PresenceOptions, type Replacement } from './presence.js';
export { relax, type Relaxation, type RelaxOptions } from './relax.js';
export { events, type EventOptions, type EventRun } from './events.js';
