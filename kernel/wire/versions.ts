// True versions, read from the packages themselves.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const version = (name: string): string => (require(`${name}/package.json`) as { version: string }).version;

export const versions = {
  kernel: version('emtd-lab'),
  tslab: version('tslab'),
  typescript: version('@tslab/typescript-for-tslab'),
  node: process.versions.node,
};
