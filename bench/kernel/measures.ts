// What is measured of a kernel. Every cell is valid TypeScript and JavaScript, so that each kernel runs the
// same.
import type { Contender } from './contenders.js';
import { Seat } from './seat.js';

export interface Value {
  readonly value: number;
  /** Said beside the number: `512 of 20,000`, `dies`. */
  readonly remark?: string;
}

export interface Measure {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly digits: number;
  /** The limits that this kernel is held to. */
  readonly must?: number;
  readonly aim?: number;
}

export const measures = [
  { id: 'start', title: 'start to first result', unit: 's', digits: 2, must: 1.5, aim: 1.0 },
  { id: 'loop', title: 'start to the output of a first loop', unit: 's', digits: 2 },
  { id: 'early', title: 'trivial cell, after 5 cells', unit: 'ms', digits: 1, must: 15, aim: 8 },
  { id: 'late', title: 'trivial cell, after 200 cells', unit: 'ms', digits: 1, must: 15, aim: 8 },
  { id: 'tfjs', title: 'cell that touches tfjs types', unit: 'ms', digits: 1, must: 60, aim: 30 },
  { id: 'completion', title: 'completion, warm', unit: 'ms', digits: 1, must: 30, aim: 20 },
  { id: 'memory', title: 'memory after importing tfjs', unit: 'MB', digits: 0, must: 500, aim: 400 },
  { id: 'output', title: '20,000 printed lines', unit: 's', digits: 2, must: 1.0 },
  { id: 'interrupt', title: 'interrupt of an endless loop', unit: 'ms', digits: 0, must: 500 },
  { id: 'types', title: 'types checked before a cell runs', unit: '', digits: 0 },
] as const satisfies readonly Measure[];

export type MeasureId = (typeof measures)[number]['id'];
export type Results = Map<MeasureId, Value>;

const starts = 5;
const cells = 21;
const interrupts = 5;
const lines = 20_000;
/** How long a loop runs before it is interrupted, and a kernel rests before it is weighed, ms. */
const rest = 1000;

const printing = (count: number): string => `for (let i = 0; i < ${count}; i++) console.log('line ' + i);`;

/** Everything of one kernel; what a measure says of it arrives as soon as it is known. */
export async function measureAll(
  contender: Contender,
  argv: readonly string[],
  folder: string,
  say: (id: MeasureId, value: Value) => void,
): Promise<void> {
  const take = (): Promise<Seat> => Seat.take(contender, argv, folder);
  say('start', await startTo(take, '1 + 1', '2'));
  say('loop', await startTo(take, printing(3), 'line 0\nline 1\nline 2'));
  await inOneSession(await take(), say);
  say('memory', await memoryAfterTfjs(take));
  say('output', await printedLines(await take()));
  say('interrupt', await interrupted(take));
}

async function startTo(take: () => Promise<Seat>, code: string, expect: string): Promise<Value> {
  const seconds: number[] = [];
  for (let i = 0; i < starts; i++) {
    const began = performance.now();
    const seat = await take();
    const { text } = await seat.run(code, { expect });
    seconds.push((performance.now() - began) / 1000);
    await seat.leave();
    if (text !== expect) return { value: NaN, remark: `${code} gave ${JSON.stringify(text)}` };
  }
  return { value: median(seconds) };
}

async function inOneSession(seat: Seat, say: (id: MeasureId, value: Value) => void): Promise<void> {
  const fill = async (upTo: number): Promise<void> => {
    for (let n = seat.next(); n < upTo; n = seat.next()) await seat.run(`const filler${n} = ${n};`);
  };
  const trivial = (): Promise<Value> =>
    medianOf(async () => {
      const n = seat.next();
      const { ms, text } = await seat.run(`const trivial${n} = ${n} + 1; trivial${n}`, {
        expect: String(n + 1),
      });
      return text === String(n + 1) ? ms : NaN;
    });
  await fill(5);
  say('early', await trivial());
  const mistyped = await seat.run("let mistyped = 1; mistyped = 'text'; mistyped");
  await pause(rest); // as a person does after an error; tslab refuses cells for a while
  say('types', { value: NaN, remark: mistyped.reply['status'] === 'error' ? 'yes' : 'no' });

  await seat.run(seat.contender.importTfjs);
  const touch = async (): Promise<number> => {
    const n = seat.next();
    const sum = `tf.tensor2d([[1, 2], [3, 4]]).mul(tf.scalar(2)).sum().dataSync()[0]`;
    const { ms, text } = await seat.run(`const touched${n} = ${sum}; touched${n}`, { expect: '20' });
    return text === '20' ? ms : NaN;
  };
  await touch();
  say('tfjs', await medianOf(touch));
  const complete = async (): Promise<number> => {
    const { ms, matches } = await seat.complete('tf.tensor2');
    return matches.some((match) => match.includes('tensor2d')) ? ms : NaN;
  };
  await seat.complete('tf.ten');
  say('completion', await medianOf(complete));

  await fill(200);
  say('late', await trivial());
  await seat.leave();
}

async function memoryAfterTfjs(take: () => Promise<Seat>): Promise<Value> {
  if (process.platform !== 'linux') return { value: NaN, remark: 'needs /proc of Linux' };
  const megabytes: number[] = [];
  for (let i = 0; i < 3; i++) {
    const seat = await take();
    await seat.run(seat.contender.importTfjs);
    const { text } = await seat.run('tf.tensor1d([3, 4]).sum().dataSync()[0]', { expect: '7' });
    await pause(rest);
    if (text === '7') megabytes.push(seat.memory());
    await seat.leave();
  }
  return megabytes.length > 0 ? { value: median(megabytes) } : { value: NaN, remark: 'tfjs did not load' };
}

/** Until both the last line and idle are in; some kernels send lines after idle, some lose them. */
async function printedLines(seat: Seat): Promise<Value> {
  await seat.run(printing(3));
  let arrived = 0;
  let last = performance.now();
  seat.onPrinted((text) => {
    if (text === '') return;
    arrived += text.split('\n').length - 1;
    last = performance.now();
  });
  const began = performance.now();
  const { ms } = await seat.run(printing(lines), { deadline: 20_000 });
  const beforeIdle = arrived;
  while (arrived < lines && performance.now() - Math.max(last, began) < 3 * rest) await pause(100);
  await seat.leave();
  const of = (count: number): string => `${count.toLocaleString('en')} of ${lines.toLocaleString('en')}`;
  const remarks = [
    ...(arrived < lines ? [`${of(arrived)} arrive`] : []),
    ...(Number.isNaN(ms) ? ['no idle'] : beforeIdle < arrived ? [`${of(beforeIdle)} before idle`] : []),
  ];
  return { value: Number.isNaN(ms) ? NaN : Math.max(ms, last - began) / 1000, remark: remarks.join(', ') };
}

/** From asking to the reply of the loop's cell; the variables must still be there. */
async function interrupted(take: () => Promise<Seat>): Promise<Value> {
  let seat = await take();
  const times: number[] = [];
  const failures = new Set<string>();
  for (let i = 0; i < interrupts; i++) {
    const name = `kept${seat.next()}`;
    await seat.run(`const ${name} = 17;`);
    let asked = 0;
    setTimeout(() => {
      asked = performance.now();
      seat.interrupt();
    }, rest);
    const { reply } = await seat
      .run('while (true) {}', { deadline: rest + 10_000 })
      .catch(() => ({ reply: { status: 'dies' } }));
    const took = performance.now() - asked;
    await pause(rest);
    if (!seat.isAlive || reply['status'] === 'dies') failures.add('the kernel dies');
    else if (reply['status'] === 'no reply') failures.add('goes on for 10 s');
    else if ((await seat.run(name, { expect: '17' })).text !== '17') failures.add('variables are lost');
    else times.push(took);
    if (failures.size === 0) continue;
    await seat.leave();
    if (times.length === 0 && i >= 1) return { value: NaN, remark: [...failures].join(', ') };
    seat = await take();
  }
  await seat.leave();
  return { value: median(times), remark: [...failures].join(', ') };
}

async function medianOf(once: () => Promise<number>): Promise<Value> {
  const values: number[] = [];
  for (let i = 0; i < cells; i++) values.push(await once());
  const right = values.filter((value) => !Number.isNaN(value));
  if (right.length < cells / 2) return { value: NaN, remark: 'wrong or no answer' };
  return { value: median(right) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
