// `emtd reproduce`: every notebook with the lab's kernel; executed copies and figures under out/, verdicts
// beside the committed ones. Figures and checks are read from the executed notebooks' outputs: cells write no
// files.
import { randomInt } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { writeNotebook } from '../../kernel/notebook/notebookFile.js';
import type { Parameters } from '../../kernel/notebook/parametersCell.js';
import {
  scoreboardText,
  readVerdicts,
  type Verdicts,
  collectManifest,
  compareVerdicts,
  verdictsOf,
} from '../claims/index.js';
import { plainTable } from '../display/index.js';
import { close, judge, notebookFolder, notebookPath, root } from './checkout.js';
import { countOf, numberOf, writableFolder } from './command.js';
import { executeAll, type Run } from './executeAll.js';
import { writeFigures } from './figureFiles.js';
import { chosenNotebooks, notebookNames } from './notebookNames.js';
import type { Call } from './table.js';
import type { tables } from './tables.js';

/** Exit code 0 if every cell ran, every check is valid, and no committed verdict changed. */
export async function reproduce({ values, operands }: Call<typeof tables.reproduce>): Promise<number> {
  const out = resolve(values.out ?? join(root, 'out'));
  const names = chosenNotebooks(notebookNames(notebookFolder), operands);
  const jobs = countOf('jobs', values.jobs ?? '1');
  const parameters = freshSeed(values['fresh-seeds'] ?? false, values.seed);
  const [notebooks, figures] = [join(out, 'notebooks'), join(out, 'figures')];
  for (const folder of [notebooks, figures]) writableFolder(folder);

  const committed = readVerdicts();
  const figureNames = new Set<string>();
  const faults: string[] = [];
  const keep = async ({ name, notebook }: Run): Promise<string> => {
    const copy = join(notebooks, `${name}.ipynb`);
    writableFolder(dirname(copy));
    writeNotebook(copy, notebook);
    const fault = await writeFigures(notebook, figures, figureNames).then(
      () => undefined,
      (error: Error) => error.message,
    );
    if (fault === undefined) return '';
    faults.push(`${name}: ${fault}`);
    return ', its figures are NOT written';
  };
  const runs = await executeAll(names, { pathOf: notebookPath, parameters, keep, jobs });
  const judged = runs.map((run) => ({ ...run, ...judge(run) }));
  const verdicts = Object.assign(
    {},
    ...judged.map(({ name, notebook, checks }) =>
      verdictsOf(name, checks, collectManifest(notebook)?.digest ?? null),
    ),
  ) as Verdicts;
  const changes = compareVerdicts(committed, verdicts, names).map(
    ({ id, committed: before, measured }) =>
      `${id}: committed ${before ?? 'without verdict'}, measured ${measured ?? 'not at all'}`,
  );
  console.log(`\n${verdictTable(verdicts)}\n\n${scoreboardText()}\n`);
  const minutes = (performance.now() / 60_000).toFixed(1);
  const problems = [...faults, ...judged.flatMap((run) => run.problems), ...changes];
  return close(problems, `${runs.length} notebooks reproduced in ${minutes} minutes; figures in ${figures}`);
}

/** What this run says of each finding, and of each row of the earlier form. */
const verdictTable = (verdicts: Verdicts): string =>
  plainTable({
    head: ['id', 'verdict of this run', 'notebook'],
    rows: Object.entries(verdicts).map(([id, { verdict, notebook }]) => [id, verdict, notebook]),
  });

/** The `seed` parameter of every notebook, from which all its randomness follows. */
function freshSeed(fresh: boolean, seed: string | undefined): Parameters {
  if (!fresh && seed === undefined) return {};
  const isSeed = (value: number): boolean => Number.isInteger(value) && value >= 0 && value < 2 ** 32;
  const base =
    seed === undefined ? randomInt(2 ** 31) : numberOf('seed', seed, isSeed, 'an integer in [0, 2^32)');
  console.log(`base seed ${base} (repeat with --seed ${base})`);
  return { seed: base };
}
