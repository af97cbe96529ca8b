// What other rooms use of this one: the door, and what stands behind it.
export * from './door.js';
export { checkRamp, rampCouplings } from './gaussian/ramp.js';
export { glauberRate } from './ising/glauberWalls.js';
export { requireLaw } from './markov/totalVariation.js';
