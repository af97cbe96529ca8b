// A million wrong inputs for the readers of what others have written (test/fuzz); `npm test` has read some
// thousands there.
import { fuzzAll } from '../fuzz/fuzz.js';
import { full } from './scale.js';

if (full) fuzzAll({ inputs: 1e6, seconds: 3000, seed: `${process.env['EMTD_SEED'] ?? 'fuzz'}, a million` });
