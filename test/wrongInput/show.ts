// The wrong calls, to read; `npm run build` first.
//   node dist/test/wrongInput/show.js             the table, and the ten worst functions per room
//   node dist/test/wrongInput/show.js ROOM        each call of a room that no named error ends; of one
// function by its name
//   node dist/test/wrongInput/show.js --write     the counts as they are, to test/wrongInput/allowed.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { everyWrongCall } from './everyWrongCall.js';
import { byRoom, worst } from './table.js';

const [asked] = process.argv.slice(2);
const { judged, unreached, broken, leftOut } = await everyWrongCall();
const rooms = byRoom(judged);
if (asked === undefined) {
  console.table(rooms);
  for (const room of Object.keys(rooms)) {
    const text = worst(judged, room, 10).map(
      ({ name, silent, raw, calls }) => `${name} ${silent}+${raw} of ${calls}`,
    );
    console.log(`${room}, silent + raw: ${text.join(', ')}`);
  }
  console.log(
    `left out as valid: ${leftOut}\nno valid call is known: ${unreached.join(', ')}\n${broken.join('\n')}`,
  );
} else if (asked === '--write') {
  const file = fileURLToPath(new URL('../../../test/wrongInput/allowed.ts', import.meta.url));
  const lines = Object.entries(rooms).map(
    ([room, { silent, raw }]) => `  ${room}: { silent: ${silent}, raw: ${raw} },\n`,
  );
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(
      /(= \{\n)[^]*(\};)/,
      (_all, start: string, end: string) => start + lines.join('') + end,
    ),
  );
} else {
  for (const { room, name, path, what, verdict, message = '' } of judged) {
    if ((room === asked || name === asked) && verdict !== 'named')
      console.log(`${name}, ${path}: ${what}: ${verdict}${message && `, ${message}`}`);
  }
}
