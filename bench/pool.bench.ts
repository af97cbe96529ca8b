// What the pool itself costs: a phase in which nothing is done (a barrier), and a run of one step, as
// microseconds: the least and the median of many. A phase of a compiled step should be long beside the first,
// a run beside the second.
//   npm run bench pool
import { coreCount, Pool, type Run, runHere, WebAssembly } from '../src/runtime/index.js';

/** An entry that does nothing. */
const bytes = Uint8Array.of(
  0x00,
  0x61,
  0x73,
  0x6d,
  0x01,
  0x00,
  0x00,
  0x00,
  0x01,
  0x09,
  0x01,
  0x60,
  0x04,
  0x7f,
  0x7f,
  0x7f,
  0x7f,
  0x01,
  0x7f, // (i32, i32, i32, i32) -> i32
  0x02,
  0x12,
  0x01,
  0x03,
  ...Buffer.from('env'),
  0x06,
  ...Buffer.from('memory'),
  0x02,
  0x03,
  0x01,
  0x80,
  0x80,
  0x04, // shared
  0x03,
  0x02,
  0x01,
  0x00,
  0x07,
  0x0b,
  0x01,
  0x07,
  ...Buffer.from('nothing'),
  0x00,
  0x00,
  0x0a,
  0x06,
  0x01,
  0x04,
  0x00,
  0x41,
  0x00,
  0x0b,
);
const module = new WebAssembly.Module(bytes);
const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true });
const idle = (steps: number): Run => ({
  module,
  memory,
  job: 0,
  steps,
  phases: [{ entry: 'nothing', size: 64, grain: 1 }],
});

/** Microseconds a unit: least and median. */
async function measure(turns: number, units: number, once: () => unknown): Promise<string> {
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const began = performance.now();
    await once();
    times.push((1000 * (performance.now() - began)) / units);
  }
  times.sort((a, b) => a - b);
  return [times[0], times[turns >> 1]].map((time) => time.toPrecision(3).padStart(8)).join(' ');
}

console.log(`${coreCount()} cores${' '.repeat(28)}us: least   median`);
const calls = 10_000;
console.log(`here, a phase                   ${await measure(50, calls, () => runHere(idle(calls)))}`);
console.log(`here, a run                     ${await measure(2000, 1, () => runHere(idle(1)))}`);
for (const threads of [1, 2, 4, 8].filter((n) => n <= Math.max(2, coreCount()))) {
  const pool = new Pool();
  pool.threads = threads;
  const began = performance.now();
  await pool.run(idle(1));
  const start = performance.now() - began;
  await pool.run(idle(calls));
  console.log(
    `${threads} threads, a phase                ${await measure(50, calls, () => pool.run(idle(calls)))}`,
  );
  console.log(
    `${threads} threads, a run                  ${await measure(1000, 1, () => pool.run(idle(1)))}`,
  );
  console.log(`${threads} threads, their start            ${(1000 * start).toPrecision(3).padStart(8)}`);
  await pool.close();
}
