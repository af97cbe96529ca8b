// Wrong calls of every public function that TypeScript lets pass, made by a machine from valid ones: none may
// hang or end the process, and each is to be refused by an error of the lab, which names a function. Of the
// functions that a reader meets first, all are; of the others, no more may pass than allowed.ts says. `node
// dist/test/wrongInput/show.js` shows what is left to do.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { allowed } from './allowed.js';
import { everyWrongCall } from './everyWrongCall.js';
import { noValidCall } from './noValidCall.js';
import { byRoom, notNamed } from './table.js';

const { judged, unreached, broken, leftOut } = await everyWrongCall();
const rooms = byRoom(judged);

test('a valid call is known of every public function that takes something', () => {
  assert.deepEqual(
    unreached.filter((name) => !noValidCall.includes(name)),
    [],
    'add one to moreCalls.ts',
  );
  assert.deepEqual(
    noValidCall.filter((name) => !unreached.includes(name)),
    [],
    'noValidCall.ts names what has one',
  );
});

test('the valid calls are valid, before the wrong calls and after them', () => assert.deepEqual(broken, []));

test('at most 5 % of the wrong calls are left out as valid', () =>
  assert.ok(leftOut <= 0.05 * (judged.length + leftOut), `${leftOut} are`));

test('no wrong call hangs or ends the process', () => {
  assert.deepEqual(
    judged.filter(({ verdict }) => verdict === 'hang' || verdict === 'crash'),
    [],
  );
});

/** What README and the workbench call, and what measures samples or lists. */
function mustRefuse(): Set<string> {
  const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
  const { cells } = JSON.parse(read('notebooks/30-your-own-hamiltonian.ipynb')) as {
    cells: { cell_type: string; source: string[] }[];
  };
  const code = [
    ...[...read('README.md').matchAll(/```ts\n([^]*?)```/g)].map(([, block]) => block),
    ...cells.filter((cell) => cell.cell_type === 'code').flatMap(({ source }) => source),
  ];
  const more =
    'beliefsFrom boltzmannLaw certify concat configurationalTemperature correlation correlationLength gaussianEntropy isingState localTemperatures mean ' +
    'modeVariances observe ofComponent randomInteger saveFigure separated spearman spinTemperature squaredDistance table variance verifyConsistency verifyInclusion';
  return new Set([
    ...[...code.join('\n').matchAll(/\b(\w+)\(/g)].map(([, name]) => name),
    ...more.split(' '),
  ]);
}

test('all wrong calls are refused of the functions that a reader meets first', () => {
  const first = mustRefuse();
  assert.deepEqual(
    judged
      .filter(({ name, verdict }) => first.has(name) && verdict !== 'named')
      .map(({ name, path, what, verdict }) => `${name}, ${path}: ${what}: ${verdict}`),
    [],
  );
});

for (const [room, counts] of Object.entries(rooms)) {
  test(`no more wrong calls of ${room} pass`, () => {
    for (const verdict of notNamed) {
      const most = allowed[room]?.[verdict] ?? 0;
      const slack = most === 0 ? 0 : 2 + 0.02 * most; // a few results depend on the machine: its threads, its backends
      assert.ok(
        counts[verdict] <= most + slack,
        `${room}: ${counts[verdict]} wrong calls are ${verdict}, allowed are ${most}; node dist/test/wrongInput/show.js ${room}`,
      );
    }
  });
}

test('no allowance for a room that is not there', () =>
  assert.deepEqual(
    Object.keys(allowed).filter((room) => !(room in rooms)),
    [],
  ));
console.table(rooms);
