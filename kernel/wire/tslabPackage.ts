// tslab, an optional peer: `--compiler tslab` needs it, and cells that import it; no one else has to install it.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The version that the kernel is tested with. */
const { peerDependencies } = require('emtd-lab/package.json') as { peerDependencies: { tslab: string } };

/**
 * `require` as in tslab's own folder, where its TypeScript is found too.
 *
 * @throws Error where tslab is not installed, with the command that installs it
 */
export function requireOfTslab(): NodeJS.Require {
  try {
    return createRequire(require.resolve('tslab/package.json'));
  } catch (cause) {
    throw new Error(`tslab is not installed; fix: npm install tslab@${peerDependencies.tslab} beside emtd-lab`, { cause });
  }
}
