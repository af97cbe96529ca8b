// Every command of `emtd` with what it takes. A name of two words is a verb of the first.
import { compilerNames } from '../../kernel/wire/compilerNames.js';
import type { Table } from './table.js';

const json = { help: 'JSON, for a program' } as const;
const notebooksByName = {
  name: 'NOTEBOOK...',
  help: 'name, as 00-start-here or variants/double-well; all when none is given',
} as const;
const place = {
  user: { help: 'for you, in every Jupyter of yours (the default)' },
  'sys-prefix': {
    help: 'in the active Python environment (VIRTUAL_ENV, CONDA_PREFIX, jupyter or python on PATH)',
  },
  prefix: { value: 'DIR', help: 'under DIR/share/jupyter' },
  name: { value: 'NAME', help: 'letters, digits, ".", "_", "-" (default: emtd-lab)' },
} as const;

const ofSweep = {
  name: 'FILE',
  needed: true,
  help: 'module that makes the sweep, or the folder of one, as out/sweeps/cooling',
} as const;
const which = { name: { value: 'NAME', help: 'which sweep, where the module makes several' } } as const;

export const tables = {
  reproduce: {
    summary: 'run every notebook, write the figures, print the ledger',
    operands: notebooksByName,
    options: {
      out: { value: 'DIR', help: 'where figures and executed copies go (default: out)' },
      'fresh-seeds': { help: 'a new base seed for every notebook: the verdicts must not depend on it' },
      seed: { value: 'N', help: 'that base seed, to repeat a run' },
      jobs: {
        value: 'N',
        help: 'notebooks at a time (default: 1); the seconds that they measure are then those of a busy machine',
      },
    },
  },
  notebooks: {
    summary: 'run every notebook in place: refresh committed outputs and verdicts',
    operands: notebooksByName,
    options: {
      full: {
        help: 'publication run (FULL=1: the same cells, more seeds, another base seed): stores its numbers, not the notebooks; a second call makes what is missing',
      },
    },
    remark:
      'Each notebook is stored as soon as it has passed. One that fails stays as it was, with its verdicts.',
  },
  run: {
    summary: "run one or more notebooks with the lab's kernel",
    operands: { name: 'NOTEBOOK...', needed: true, help: 'path of a notebook' },
    options: {
      output: {
        value: 'DIR',
        help: 'folder of the executed copies (default: out/notebooks)',
      },
      'in-place': { help: 'overwrite the notebook itself, when every cell has passed' },
      param: {
        value: 'k=v',
        repeats: true,
        help: 'override a parameter; may be repeated (values are JSON, or else text)',
      },
      timeout: { value: 'S', help: 'longest time for one cell, seconds (default: 600)' },
    },
    remark: 'The environment reaches the cells: FULL=1 emtd run NOTEBOOK makes the publication run.',
  },
  start: {
    summary: 'open the notebooks in Jupyter; where there is none, pip puts JupyterLab into .venv',
    operands: { name: '-- ARGUMENT...', afterDashes: true, help: 'goes to Jupyter as it is' },
    options: {
      'no-browser': { help: 'print the address only' },
      port: { value: 'N', help: 'port of the server (default: the first free one from 8888)' },
    },
  },
  'kernel install': {
    summary: 'put the kernel into your Jupyter',
    options: {
      ...place,
      'display-name': { value: 'TEXT', help: "what Jupyter's launcher shows" },
      compiler: { value: 'C', choices: compilerNames, help: compilerNames.join(' or ') },
      'no-prelude': { help: 'cells import everything that they use' },
      force: { help: 'replace what is there under the same name' },
    },
  },
  'kernel uninstall': { summary: 'remove the kernel from your Jupyter', options: place },
  'kernel status': { summary: 'every kernelspec that Jupyter finds, and whether it can start', options: {} },
  'kernel doctor': {
    summary: 'Jupyter, kernelspecs and the kernel, with the fix for each finding',
    options: {},
  },
  claims: {
    summary: 'what was found: each finding with its answer, and the sentences of both documents',
    operands: {
      name: 'ID',
      single: true,
      help: 'a finding whole, as F07, or a sentence, as EMTD-2.17; all findings when none is given',
    },
    options: {
      sentences: { help: 'all 105 sentences, with the class of each' },
      html: { help: 'the ledger as a page with figures, strips and filters: out/ledger.html' },
      json,
    },
  },
  certify: {
    summary: 'how often the certificate rejects right and wrong samplers',
    options: {
      runs: { value: 'N', help: 'runs per sampler (default: 200)' },
      seed: { value: 'TEXT', help: 'another seed' },
      json,
    },
  },
  reference: {
    summary: "the proposal's own program: replay a trace, or many runs",
    options: {
      replay: {
        value: 'FILE',
        help: 'replay logged runs and compare them with their record',
      },
      runs: { value: 'N', help: 'count the outcomes of N fresh runs; the options below belong to it' },
      signal: { value: 'S', help: 'the injected signal (default: 3.14159)' },
      nodes: { value: 'N', help: 'number of nodes (default: 50)' },
      decay: { value: 'D', help: 'cooling per sweep (default: 0.95)' },
      seed: { value: 'TEXT', help: 'number or text (default: 0)' },
      json,
    },
    remark: 'Either --replay or --runs.',
  },
  'sweep run': {
    summary: 'make the runs that are missing, on all cores',
    operands: ofSweep,
    options: {
      ...which,
      shard: { value: 'i/n', help: 'only runs i, i + n, i + 2n, ... of the plan; i from 0' },
      threads: { value: 'N', help: 'runs at a time (default: one per core)' },
      checkpoint: { value: 'S', help: 'seconds from one checkpoint of a run to the next (default: 60)' },
    },
  },
  'sweep submit': {
    summary: 'submit the runs that are missing to Slurm, as an array job',
    operands: ofSweep,
    options: {
      ...which,
      partition: { value: 'NAME', help: 'partition' },
      time: { value: 'T', help: 'longest time of a task, as 1:00:00' },
      'per-task': { value: 'N', help: 'runs per task (default: 64)' },
      cores: { value: 'N', help: 'cores per task (default: 1)' },
      memory: { value: 'M', help: 'memory per task, as 2G' },
      line: { value: 'TEXT', repeats: true, help: 'further line of the script; may be repeated' },
      'dry-run': { help: 'print the script and submit nothing' },
    },
  },
  'sweep status': { summary: 'how many runs are done, and which failed', operands: ofSweep, options: which },
  'sweep collect': {
    summary: 'print the results as CSV',
    operands: ofSweep,
    options: {
      ...which,
      partial: { help: 'also where runs are missing or failed' },
      out: { value: 'FILE', help: 'write them to FILE' },
    },
  },
  'sweep retry': { summary: 'let failed runs count as missing', operands: ofSweep, options: which },
  'sweep cancel': { summary: 'cancel its tasks in the queue of Slurm', operands: ofSweep, options: which },
  doctor: { summary: 'check node, build, backends, Jupyter and the kernel, and say the fix', options: {} },
  help: {
    summary: 'what a command takes',
    operands: { name: 'COMMAND', help: 'a command, as run or kernel install' },
    options: {},
  },
} as const satisfies Readonly<Record<string, Table>>;

export type CommandName = keyof typeof tables;

/** The table of a command by its full name. */
export const tableOf = (name: string): Table | undefined =>
  Object.hasOwn(tables, name) ? tables[name as CommandName] : undefined;

/** The verbs of a command that has some; none otherwise. */
export const verbsOf = (word: string): string[] =>
  Object.keys(tables)
    .filter((name) => name.startsWith(`${word} `))
    .map((name) => name.slice(word.length + 1));

/** The first words: the commands, in order. */
export const firstWords: readonly string[] = [
  ...new Set(Object.keys(tables).map((name) => name.split(' ', 1)[0])),
];

const ofVerbs: Readonly<Record<string, string>> = {
  kernel: 'put the kernel into your Jupyter',
  sweep: 'many runs, here or on Slurm',
};

/** The summary of a first word; of one with verbs, what they are. */
export const summaryOf = (word: string): string =>
  tableOf(word)?.summary ?? `${ofVerbs[word]}: ${verbsOf(word).join(', ')}`;
