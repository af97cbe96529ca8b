// Wrong calls of every public function, made by a machine from valid ones: none may hang or end the process, and each is to be
// refused by an error that names the function. `node dist/test/wrongInput/show.js` shows what is left to do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allowed } from './allowed.js';
import { everyWrongCall } from './everyWrongCall.js';
import { noValidCall } from './noValidCall.js';
import { byRoom, notNamed } from './table.js';

const { judged, unreached, broken, leftOut } = await everyWrongCall();
const rooms = byRoom(judged);
const fewest = 30;

test('a valid call is known of every public function that takes something', () => {
  assert.deepEqual(unreached.filter((name) => !noValidCall.includes(name)), [], 'add one to moreCalls.ts');
  assert.deepEqual(noValidCall.filter((name) => !unreached.includes(name)), [], 'noValidCall.ts names what has one');
});

test('the valid calls are valid, before the wrong calls and after them', () => assert.deepEqual(broken, []));

test(`at least ${fewest} wrong calls of each function`, () => {
  const counts = new Map<string, number>();
  for (const { name } of judged) counts.set(name, (counts.get(name) ?? 0) + 1);
  assert.deepEqual([...counts].filter(([, count]) => count < fewest), []);
});

test('at most 5 % of the wrong calls are left out as valid', () => assert.ok(leftOut <= 0.05 * (judged.length + leftOut), `${leftOut} are`));

test('no wrong call hangs or ends the process', () => {
  assert.deepEqual(judged.filter(({ verdict }) => verdict === 'hang' || verdict === 'crash'), []);
});

for (const [room, counts] of Object.entries(rooms)) {
  test(`wrong calls of ${room} are refused by name`, () => {
    for (const verdict of notNamed) {
      const [count, most] = [counts[verdict], allowed[room]?.[verdict] ?? 0];
      const slack = most === 0 ? 0 : 3 + 0.02 * most; // a few results depend on the machine: its threads, its backends
      assert.ok(count <= most + slack, `${room}: ${count} wrong calls are ${verdict}, allowed are ${most}; node dist/test/wrongInput/show.js ${room}`);
      assert.ok(count >= 0.9 * most - slack, `${room}: only ${count} wrong calls are ${verdict}: write ${count} in place of ${most} in test/wrongInput/allowed.ts`);
    }
  });
}

test('no allowance for a room that is not there', () => assert.deepEqual(Object.keys(allowed).filter((room) => !(room in rooms)), []));
console.table(rooms);
