// `emtd notebooks`: every notebook with the lab's kernel, in place. A notebook is stored with its verdicts as
// soon as it has passed; with --full only its numbers are, as its publication run.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeNotebook, type Notebook } from '../../kernel/notebook/notebookFile.js';
import { writeAtomically } from '../files/writeAtomically.js';
import {
  type Check,
  readVerdicts,
  type Verdicts,
  collectManifest,
  committedVerdictsFile,
  verdictsOf,
  writeVerdicts,
} from '../claims/index.js';
import { close, copyToSource, judge, notebookFolder, notebookPath } from './checkout.js';
import { executeAll, type Run } from './executeAll.js';
import { figuresOf } from './figureFiles.js';
import { chosenNotebooks, notebookNames } from './notebookNames.js';
import { Publications, publicationSeed } from './publications.js';
import type { Call } from './table.js';
import type { tables } from './tables.js';

/** Of a publication run, seconds: each is meant to end within an hour. */
const longestCell = 4 * 3600;

/** The figures of notebooks 00, 04, 07, 08 and 23 in the README, stored as PNGs beside the notebooks. */
const readmePictures = [
  'relaxation',
  'consensus-by-cooling',
  'critical-temperature',
  'when-is-it-over',
  'annealing-race',
];

/**
 * Exit code 0 if every cell ran and every check is valid; a notebook that fails stays as it was, with its
 * verdicts.
 */
export async function refresh({ values, operands }: Call<typeof tables.notebooks>): Promise<number> {
  const full = values.full ?? process.env.FULL === '1';
  process.env.FULL = full ? '1' : '0';
  const asked = chosenNotebooks(notebookNames(notebookFolder), operands);
  const publications = full ? new Publications() : undefined;
  const names = asked.filter((name) => !publications?.isDone(name));
  if (names.length < asked.length)
    console.log(
      `${asked.length - names.length} of ${asked.length} are done: ${publications!.folder} has them`,
    );
  const store: Store = publications ? (...run) => publications.store(...run) : refreshes(names);
  const [problems, left]: [string[], string[]] = [[], []];
  const keep = async (run: Run): Promise<string> => {
    const judged = judge(run);
    problems.push(...judged.problems);
    if (judged.problems.length > 0) left.push(run.name);
    else store(run.name, run.notebook, judged.checks);
    return judged.problems.length > 0 ? ', not stored' : ', stored';
  };
  const { length } = await executeAll(names, {
    pathOf: notebookPath,
    parameters: full ? { seed: publicationSeed } : {},
    ...(full ? { timeout: longestCell } : {}),
    keep,
  });
  const done = full
    ? 'publication runs stored; `emtd notebooks` shows them beside'
    : 'notebooks refreshed, with their verdicts';
  const code = close(problems, `${length} ${done}`);
  if (left.length > 0) {
    const again = `emtd notebooks ${full ? '--full ' : ''}${left.join(' ')}`;
    console.error(
      `${length - left.length} of ${length} stored, as before: ${left.join(', ')}; mend them, then ${again}`,
    );
  }
  return code;
}

type Store = (name: string, notebook: Notebook, checks: readonly Check[]) => void;

/**
 * Stores outputs, the README's pictures and the verdicts. Verdicts of the notebooks to come may be out of
 * date: they are not checked.
 */
function refreshes(names: readonly string[]): Store {
  readVerdicts(committedVerdictsFile, names);
  let verdicts = JSON.parse(readFileSync(committedVerdictsFile, 'utf8')) as Verdicts;
  return (name, notebook, checks) => {
    const figures = figuresOf(notebook);
    writeNotebook(notebookPath(name), notebook);
    for (const { name: picture, png } of figures) {
      if (readmePictures.includes(picture))
        writeAtomically(join(notebookFolder, `${picture}.png`), Buffer.from(png, 'base64'));
    }
    const others = Object.entries(verdicts).filter(([, { notebook: home }]) => home !== name);
    verdicts = {
      ...Object.fromEntries(others),
      ...verdictsOf(name, checks, collectManifest(notebook)?.digest ?? null),
    };
    writeVerdicts(committedVerdictsFile, verdicts);
    copyToSource(committedVerdictsFile, 'verdicts.json');
  };
}
