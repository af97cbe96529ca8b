// True versions, read from the packages themselves.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const version = (name: string): string => (require(`${name}/package.json`) as { version: string }).version;

export const versions = {
  kernel: version('emtd-lab'),
  /** Of the language that each cell compiler knows. */
  language: { typescript: version('typescript'), tslab: version('@tslab/typescript-for-tslab') },
  tslab: version('tslab'),
  node: process.versions.node,
};
