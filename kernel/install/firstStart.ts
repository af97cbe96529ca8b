// The first start from the Python package: `node firstStart.js DATA_FOLDER TARBALL` makes the kernel's own
// folder from a package that was unpacked for this alone. Folders of earlier versions, which no kernelspec
// starts, go.
import { usedHomes } from './findKernelspecs.js';
import { makeHome, removeHomes } from './home.js';

const [dataFolder, tarball] = process.argv.slice(2) as [string, string];
const say = (line: string): void => console.error(`emtd-lab: ${line}`);

try {
  const name = makeHome(dataFolder, (line) => say(`first start: ${line}; it may take a minute`), { tarball });
  const used = usedHomes(dataFolder);
  removeHomes(dataFolder, (other) => other === name || used.includes(other));
} catch (error) {
  say((error as Error).message);
  process.exitCode = 1;
}
