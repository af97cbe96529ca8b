// `npm run bench:kernel [-- NAME...]`: this kernel beside tslab, Deno and ijavascript in one run on one
// machine. A markdown table on stdout, out/bench/kernel.csv beside it. A peer that does not install is named
// and left out.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../test/kernel/harness.js';
import { type Contender, contenders } from './contenders.js';
import { type Measure, type Results, type Value, measureAll, measures } from './measures.js';

const wanted = process.argv.slice(2);
const chosen = contenders.filter(
  ({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)),
);
if (chosen.length === 0) {
  console.error(
    `bench:kernel: no kernel is called ${wanted.join(', ')}; known: ${contenders.map(({ name }) => name).join('; ')}`,
  );
  process.exit(2);
}

const load = loadavg()[0]!;

/** A project of nobody's: its own package.json, the checkout's packages. */
const folder = mkdtempSync(join(tmpdir(), 'emtd-bench-'));
writeFileSync(
  join(folder, 'package.json'),
  JSON.stringify({ name: 'bench', private: true, dependencies: { '@tensorflow/tfjs': '4.22.0' } }),
);
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');

const columns: { contender: Contender; results: Results }[] = [];
for (const contender of chosen) {
  const results: Results = new Map();
  try {
    const argv = contender.prepare();
    await measureAll(contender, argv, folder, (id, value) => {
      results.set(id, value);
      const measure = measures.find((one) => one.id === id)!;
      console.error(`${contender.name}: ${measure.title}: ${shown(measure, value)} ${measure.unit}`);
    });
  } catch (error) {
    console.error(
      `${results.size === 0 ? 'SKIPPED' : 'INCOMPLETE'}, ${contender.name}: ${(error as Error).message.split('\n')[0]}`,
    );
  }
  if (results.size > 0) columns.push({ contender, results });
}
rmSync(folder, { recursive: true, force: true });

console.log(`\n${table()}\n`);
console.log(
  `Medians; ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'processor'}, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}; load of the machine before: ${load.toFixed(1)}.`,
);
for (const { contender } of columns) console.log(`- ${contender.name}: ${contender.note}`);
mkdirSync(join(root, 'out', 'bench'), { recursive: true });
writeFileSync(join(root, 'out', 'bench', 'kernel.csv'), csv());

function table(): string {
  const rows = measures.map((measure: Measure) => [
    measure.unit ? `${measure.title}, ${measure.unit}` : measure.title,
    String(measure.must ?? ''),
    String(measure.aim ?? ''),
    ...columns.map(({ results }) =>
      shown(measure, results.get(measure.id as (typeof measures)[number]['id'])),
    ),
  ]);
  const head = ['', 'must', 'aim', ...columns.map(({ contender }) => contender.name)];
  return [head, head.map((_, i) => (i === 0 ? '---' : '--:')), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

function shown({ digits }: Measure, value: Value | undefined): string {
  if (!value) return '-';
  const number = Number.isFinite(value.value) ? value.value.toFixed(digits) : '';
  return [number, value.remark ? (number ? `(${value.remark})` : value.remark) : '']
    .filter(Boolean)
    .join(' ');
}

function csv(): string {
  const rows = columns.flatMap(({ contender, results }) =>
    measures.map(({ id, unit }) => {
      const { value, remark } = results.get(id) ?? { value: NaN, remark: 'not measured' };
      return [contender.name, id, unit, Number.isFinite(value) ? value : '', remark ?? '']
        .map((field) => `"${field}"`)
        .join(',');
    }),
  );
  return ['kernel,measure,unit,value,remark', ...rows].join('\n') + '\n';
}
