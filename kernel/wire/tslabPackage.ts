// tslab, an optional peer: `--compiler tslab` needs it, and cells that import it; no one else has to install
// it.
import { createRequire } from 'node:module';
import { locatePackage } from '../../src/files/optionalPackage.js';

/**
 * `require` as in tslab's own folder, where its TypeScript is found too.
 * @throws Error where it is not installed, with the fix
 */
export const requireOfTslab = (): NodeJS.Require =>
  createRequire(locatePackage('kernel', 'tslab/package.json'));
