// Makes the wrong calls of its part of the functions and writes a line for each to file descriptor 3. It is a
// process of its own, so that a call which never ends, or ends the process, is a result.
//   node child.js PART PARTS FROM    from the FROM-th wrong call on
import { writeSync } from 'node:fs';
import { copy, wrongCalls } from './mutations.js';
import { isNotWrong } from './notWrong.js';
import { recordCalls } from './record.js';
import { readSignatures } from './signatures.js';

const [part, parts, from] = process.argv.slice(2).map(Number);
const say = (line: object): void => {
  writeSync(3, JSON.stringify(line) + '\n');
};
const only = process.env.WRONG_INPUT?.split(',');

let isStray = false;
process.on('unhandledRejection', () => {
  isStray = true;
});
for (const stream of [process.stdout, process.stderr]) stream.write = () => true;

const faults: string[] = [];
const declarations = await readSignatures();
const callables = (await recordCalls(faults)).filter(
  ({ name }) => declarations.has(name) && (only === undefined || only.includes(name)),
);
const reached = callables.filter(({ tuples }) => tuples.length > 0);
for (const fault of faults) say({ broken: fault, when: 'as an example' });
if (part === 0 && from === 0)
  say({ unreached: callables.filter(({ tuples }) => tuples.length === 0).map(({ name }) => name) });

let at = 0;
for (const [k, { name, isClass, call, tuples }] of reached.entries()) {
  if (k % parts !== part) continue;
  const signature = declarations.get(name)!;
  const all = tuples.flatMap((args) => wrongCalls(args, signature.names));
  const wrong = all.filter((each) => !isNotWrong({ name, ...each }));
  if (from === 0) say({ leftOut: all.length - wrong.length });
  const valid = async (when: string): Promise<void> => {
    const judged = await judge(isClass, () => call(tuples[0].map(copy)));
    if (judged.verdict !== 'silent') say({ broken: name, when, message: judged.message });
  };
  if (at + wrong.length > from) await valid('before its wrong calls');
  for (const { path, what, args } of wrong) {
    if (at++ < from) continue;
    say({ start: at, name, room: signature.room, path, what });
    const begun = performance.now();
    const judged = await judge(isClass, () => call(args()));
    say({ end: at, ...judged, ms: Math.round(performance.now() - begun) });
  }
  if (at > from) await valid('after its wrong calls');
}
say({ done: true });
process.exit();

async function judge(isClass: boolean, run: () => unknown): Promise<{ verdict: string; message?: string }> {
  isStray = false;
  try {
    let result = run();
    if (result instanceof Promise) result = await result;
    if (!isClass && isGenerator(result)) await result.next();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const by = /^(\w+)(?: '[^']*')?: /.exec(message)?.[1] ?? ''; // the function itself, or the one of the lab that it asks
    return {
      verdict: error instanceof Error && declarations.has(by) ? 'named' : 'raw',
      message: message.slice(0, 160),
    };
  }
  if (isStray) return { verdict: 'crash', message: 'a promise that nobody awaits was rejected' };
  return { verdict: 'silent' };
}

/** What works when it is asked for values; it is asked for one. */
function isGenerator(value: unknown): value is Iterator<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'next' in value &&
    Symbol.iterator in value &&
    typeof value.next === 'function'
  );
}
