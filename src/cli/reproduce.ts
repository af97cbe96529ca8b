// `emtd reproduce` and `emtd notebooks`: every notebook with the lab's kernel, its figures, its verdicts.
//   reproduce   writes executed copies and figures under out/, compares with the committed verdicts
//   notebooks   refreshes the committed outputs and verdicts in place
// Figures and checks are read from the executed notebooks' outputs: cells write no files.
import { randomInt } from 'node:crypto';
import { copyFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeNotebook, type Notebook } from '../../kernel/notebook/notebookFile.js';
import type { Parameters } from '../../kernel/notebook/parametersCell.js';
import { countText } from '../display/index.js';
import { ledgerTable, readVerdicts, verdictCounts, type Verdicts } from '../claims/index.js';
import { publicationFile, publicationRun, publicationRuns, writePublicationRuns } from '../claims/publication.js';
import { committedVerdictsFile, compareVerdicts, verdictsOf, writeVerdicts } from '../claims/verdicts.js';
import { collectChecks, collectManifest, notebookFaults } from '../claims/notebookAtHand.js';
// Imports single files: the whole room of figures would load tfjs, and the command would start three times slower.
import { figureCsv } from '../figures/tables/figureCsv.js';
import { figureJson, figureMimes } from '../figures/plots/figure.js';
import type { FigureSpec } from '../figures/plots/figureSpec.js';
import { renderSvg } from '../figures/rendering/render.js';
import { type Command, readCall, writableFolder } from './command.js';
import { executeAll, type Run } from './executeAll.js';
import { chosenNotebooks, notebookNames } from './notebookNames.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const notebookFolder = join(root, 'notebooks');
const pathOf = (name: string): string => join(notebookFolder, `${name}.ipynb`);
/** Base seed of publication runs; it differs from that of the committed notebooks, so that both are independent. */
const publicationSeed = 2026;
/** The figures of notebooks 00 and 07 in the README, stored as PNGs beside the notebooks. */
const readmePictures = ['relaxation', 'consensus-and-cooling'];

const usage = `emtd reproduce [NOTEBOOK...] [--out DIR] [--fresh-seeds [--seed N]] [--jobs N]
       emtd notebooks [NOTEBOOK...] [--full]
  NOTEBOOK        name, as 00-start-here or variants/double-well; all when none is given
  --out DIR       where figures and executed copies go (default: out)
  --fresh-seeds   a new base seed for every notebook: the verdicts must not depend on it
  --seed N        that base seed, to repeat a run
  --jobs N        notebooks at a time (default: 1); seconds, and speeds that a notebook measures, are then those of a busy machine
  --full          publication run (FULL=1: the same cells, more seeds, another base seed): stores its numbers,
                  not the notebooks`;

export const reproduceCommand: Command = { usage, run: reproduce };
export const notebooksCommand: Command = { usage, run: refresh };

const [flag, text] = [{ type: 'boolean' }, { type: 'string' }] as const;

/** Exit code 0 if every cell ran, every check is valid, and no committed verdict changed. */
async function reproduce(args: string[]): Promise<number> {
  const options = { out: text, 'fresh-seeds': flag, seed: text, jobs: text } as const;
  const { values, positionals } = readCall(() => parseArgs({ args, allowPositionals: true, options }));
  const out = resolve(values.out ?? join(root, 'out'));
  const names = chosenNotebooks(notebookNames(notebookFolder), positionals);
  const jobs = Number(values.jobs ?? 1);
  if (!(Number.isInteger(jobs) && jobs >= 1)) throw new Error(`--jobs must be a count, got ${values.jobs}`);
  const parameters = freshSeed(values['fresh-seeds'] ?? false, values.seed);
  const [notebooks, figures] = [join(out, 'notebooks'), join(out, 'figures')];
  [notebooks, figures].forEach(writableFolder);

  const committed = readVerdicts();
  const figureNames = new Set<string>();
  const keep = ({ name, notebook }: Run): Promise<void> => {
    const copy = join(notebooks, `${name}.ipynb`);
    writableFolder(dirname(copy));
    writeNotebook(copy, notebook);
    return writeFigures(notebook, figures, figureNames);
  };
  const runs = await executeAll(names, { pathOf, parameters, keep, jobs });
  const { verdicts, problems } = judge(runs);
  const changes = compareVerdicts(committed, verdicts, names).map(
    ({ id, committed: before, measured }) => `${id}: committed ${before ?? 'without verdict'}, measured ${measured ?? 'not at all'}`,
  );
  const all = { ...committed, ...verdicts };
  console.log(`\n${ledgerTable(all)}\n`);
  console.log(Object.entries(verdictCounts(all)).map(([verdict, n]) => `${n} ${verdict}`).join(', '));
  return close([...problems, ...changes], `${runs.length} notebooks reproduced; figures in ${figures}`);
}

/** Exit code 0 if every cell ran and every check is valid; otherwise nothing is written. */
async function refresh(args: string[]): Promise<number> {
  const { positionals, values } = readCall(() => parseArgs({ args, allowPositionals: true, options: { full: flag } }));
  const full = values.full ?? process.env.FULL === '1';
  process.env.FULL = full ? '1' : '0';
  const names = chosenNotebooks(notebookNames(notebookFolder), positionals);
  const others = full ? {} : readVerdicts(committedVerdictsFile, names);
  const runs = await executeAll(names, { pathOf, parameters: full ? { seed: publicationSeed } : {} });
  const { verdicts, problems } = judge(runs);
  if (problems.length === 0 && full) storePublicationRuns(runs);
  if (problems.length === 0 && !full) {
    for (const { name, notebook } of runs) {
      writeNotebook(pathOf(name), notebook);
      for (const { spec, png } of figuresOf(notebook)) {
        const { name } = spec.layout.meta;
        if (readmePictures.includes(name)) writeFileSync(join(notebookFolder, `${name}.png`), Buffer.from(png, 'base64'));
      }
    }
    writeVerdicts(committedVerdictsFile, { ...others, ...verdicts });
    copyFileSync(committedVerdictsFile, join(root, 'src', 'claims', 'verdicts.json'));
  }
  const done = full ? 'publication runs stored; `emtd notebooks` shows them beside' : 'notebooks refreshed, with their verdicts';
  return close(problems, `${runs.length} ${done}`);
}

function storePublicationRuns(runs: readonly Run[]): void {
  const stored = runs.flatMap(({ name, notebook }) => {
    const [checks, manifest] = [collectChecks(notebook), collectManifest(notebook)];
    return manifest && checks.length > 0 ? [[name, publicationRun(checks, manifest)] as const] : [];
  });
  writePublicationRuns(publicationFile, { ...publicationRuns(), ...Object.fromEntries(stored) });
  copyFileSync(publicationFile, join(root, 'src', 'claims', 'publication.json'));
}

/** The verdicts of the notebooks, and what is wrong with their runs and checks, in words. */
function judge(runs: readonly Run[]): { verdicts: Verdicts; problems: string[] } {
  const sound = runs.filter(({ failed }) => !failed).map((run) => ({ ...run, checks: collectChecks(run.notebook) }));
  const failures = runs.filter(({ failed }) => failed).map(({ name }) => `${name}: a cell failed`);
  const verdicts = sound.map(({ name, notebook, checks }) => verdictsOf(name, checks, collectManifest(notebook)?.digest ?? null));
  return {
    problems: [...failures, ...sound.flatMap(({ name, checks }) => notebookFaults(name, checks))],
    verdicts: Object.assign({}, ...verdicts) as Verdicts,
  };
}

/** The figures among the outputs: specification and PNG. */
function figuresOf(notebook: Notebook): { spec: FigureSpec; png: string }[] {
  return notebook.cells
    .flatMap((cell) => (cell.cell_type === 'code' ? cell.outputs : []))
    .flatMap((output) => ('data' in output ? [output.data] : []))
    .flatMap((data) => Object.values(figureMimes).filter((mime) => mime in data).map((mime) => ({
      spec: data[mime] as unknown as FigureSpec, png: data['image/png'] as unknown as string,
    })));
}

/** SVG, CSV and plotly JSON of every figure among the outputs. @throws Error if two figures share a name */
async function writeFigures(notebook: Notebook, folder: string, seen: Set<string>): Promise<void> {
  for (const { spec } of figuresOf(notebook)) {
    const { name } = spec.layout.meta;
    if (seen.has(name)) throw new Error(`reproduce: two figures are named ${name}`);
    seen.add(name);
    if (spec.data.length === 0) {
      throw new Error(`reproduce: figure ${name} has too many points for a notebook, which holds only its picture`);
    }
    writeFileSync(join(folder, `${name}.svg`), await renderSvg(spec));
    writeFileSync(join(folder, `${name}.csv`), figureCsv(spec));
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(figureJson(spec), null, 1)}\n`);
  }
}

/** The `seed` parameter of every notebook, from which all its randomness follows. */
function freshSeed(fresh: boolean, seed: string | undefined): Parameters {
  if (!fresh && seed === undefined) return {};
  const base = seed === undefined ? randomInt(2 ** 31) : Number(seed);
  if (!(Number.isInteger(base) && base >= 0 && base < 2 ** 32)) throw new Error(`--seed must be an integer in [0, 2^32), got ${seed}`);
  console.log(`base seed ${base} (repeat with --seed ${base})`);
  return { seed: base };
}

function close(problems: readonly string[], done: string): number {
  if (problems.length === 0) console.log(done);
  else console.error(`\n${countText(problems.length, 'problem')}:\n${problems.map((line) => `  ${line}`).join('\n')}`);
  return Math.min(1, problems.length);
}
