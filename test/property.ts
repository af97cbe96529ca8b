// Property tests: fast-check with a fixed seed, so that every run draws the same cases. EMTD_SEED=N draws
// others, except where an assertion has a seed of its own.
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.EMTD_SEED ?? 1) });

export { fc };
