// node dist/test/wrongInput/show.js [--all]    the table, the ten worst functions per room, and with --all each call that is not named
import { writeFileSync } from 'node:fs';
import { everyWrongCall } from './everyWrongCall.js';
const t = Date.now();
const outcome = await everyWrongCall();
writeFileSync(process.argv[2], JSON.stringify(outcome));
process.stdout.write(`${Date.now() - t} ms ${outcome.judged.length}\n`);
