// Wrong inputs for every reader of what others have written: each is read or refused by name; none hangs,
// takes the memory, changes a prototype or writes a file. A fast part here; `test/physics/fuzz.test.ts` reads
// a million.
import { fuzzAll } from './fuzz.js';

fuzzAll({ inputs: 5000, seconds: 120 });
