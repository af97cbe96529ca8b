// What a sweep itself costs: 10,000 runs that do nothing, made on one thread and collected by another
// process, with the most memory that each ever held; and Snakemake on trivial jobs, where it is installed.
//   npm run bench sweeps
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COUNT = 10_000;
const JOBS = 100;
const folder = mkdtempSync(join(tmpdir(), 'emtd-sweeps-'));
const lab = fileURLToPath(new URL('../src/sweeping/index.js', import.meta.url));

const script = (last: string): string => `
import { sweep, seeds } from ${JSON.stringify(lab)};
export const nothing = ({ a, seed }) => ({ x: a * seed });
const runs = sweep({ name: 'nothing', over: { a: [1, 2, 3, 4], seed: seeds(${COUNT / 4}) }, run: nothing, module: import.meta.url });
const begun = performance.now();
${last}
const seconds = (performance.now() - begun) / 1000;
console.log(JSON.stringify({ count, seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
`;

function measured(name: string, last: string) {
  writeFileSync(join(folder, name), script(last));
  const text = execFileSync(process.execPath, [join(folder, name)], { cwd: folder, encoding: 'utf8' });
  return JSON.parse(text) as { count: number; seconds: number; megabytes: number };
}

try {
  const show = (what: string, { count, seconds, megabytes }: ReturnType<typeof measured>): void =>
    console.log(
      `${what}: ${count} runs, ${seconds.toFixed(2)} s, ${((1000 * seconds) / count).toFixed(3)} ms per run, at most ${megabytes.toFixed(0)} MB`,
    );
  const idle = measured('idle.mjs', 'const count = 1;');
  console.log(`a process that only plans the sweep: at most ${idle.megabytes.toFixed(0)} MB`);
  show(
    'made on one thread',
    measured('runs.mjs', 'const { done: count } = await runs.here({ threads: 1 });'),
  );
  show('collected', measured('runs.mjs', 'const count = runs.records.length;'));
  const files = readdirSync(join(folder, 'out', 'sweeps', 'nothing', 'results'));
  const bytes = files.map((name) => statSync(join(folder, 'out', 'sweeps', 'nothing', 'results', name)).size);
  console.log(
    `on disk: ${files.length} file, ${(bytes.reduce((a, b) => a + b, 0) / COUNT).toFixed(0)} bytes per run`,
  );

  writeFileSync(
    join(folder, 'Snakefile'),
    `rule all:\n  input: expand("snake/{i}.txt", i=range(${JOBS}))\nrule one:\n  output: "snake/{i}.txt"\n  shell: "echo {wildcards.i} > {output}"\n`,
  );
  const begun = performance.now();
  const { status, error } = spawnSync('snakemake', ['-j1', '--quiet'], { cwd: folder, encoding: 'utf8' });
  const seconds = (performance.now() - begun) / 1000;
  if (error || status !== 0) console.log('Snakemake: not installed; apt-get install snakemake');
  else
    console.log(
      `Snakemake, one job at a time: ${JOBS} jobs, ${((1000 * seconds) / JOBS).toFixed(0)} ms per job`,
    );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
