// The publication runs of the notebooks, as a sweep: out/sweeps/publication has those that are done, each under
// the hash of the lab, of the notebook's code and of the seed. A second call makes what is missing.
import { join } from 'node:path';
import { readNotebook, type Notebook } from '../../kernel/notebook/notebookFile.js';
import {
  type Check,
  collectManifest,
  publicationFile,
  publicationRun,
  publicationRuns,
  writePublicationRuns,
} from '../claims/index.js';
import { keyOf, labHash, Results } from '../sweeping/index.js';
import { copyToSource, notebookPath, root } from './checkout.js';

/**
 * Base seed of publication runs; it differs from that of the committed notebooks, so that both are
 * independent.
 */
export const publicationSeed = 2026;

export class Publications {
  readonly folder = join(root, 'out', 'sweeps', 'publication');
  readonly #results = new Results(this.folder);
  readonly #lab = labHash();
  #runs = publicationRuns();

  constructor() {
    this.#results.refresh();
  }

  isDone(name: string): boolean {
    return this.#results.has(this.#planned(name).key);
  }

  /** Stores the numbers of a run that has checks and a manifest. */
  store(name: string, notebook: Notebook, checks: readonly Check[]): void {
    const manifest = collectManifest(notebook);
    if (manifest && checks.length > 0) {
      this.#runs = { ...this.#runs, [name]: publicationRun(checks, manifest) };
      writePublicationRuns(publicationFile, this.#runs);
      copyToSource(publicationFile, 'publication.json');
    }
    this.#results.add(this.#planned(name), { record: { checks: checks.length } }, 0);
  }

  #planned(notebook: string) {
    const parameters = { notebook, seed: publicationSeed };
    const code = readNotebook(notebookPath(notebook)).cells.filter((cell) => cell.cell_type === 'code');
    return {
      key: keyOf(JSON.stringify([this.#lab, code.map(({ source }) => source)]), parameters),
      parameters,
    };
  }
}
