// `emtd kernel install | uninstall | status`: the kernel in a Jupyter of the machine.
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { activeEnvironment } from '../../kernel/install/environment.js';
import { findKernelspecs, packageOf } from '../../kernel/install/findKernelspecs.js';
import { InstallError, installKernel, uninstallKernel } from '../../kernel/install/install.js';
import { thisMachine } from '../../kernel/install/machine.js';
import { dataFolders, environmentDataFolder, userDataFolder } from '../../kernel/install/places.js';
import type { CompilerName } from '../../kernel/wire/compilerNames.js';
import { versions } from '../../kernel/wire/versions.js';
import { CommandError } from './command.js';
import type { Call } from './table.js';
import type { tables } from './tables.js';

type Place = Call<(typeof tables)['kernel uninstall']>['values'];

export function install({ values }: Call<(typeof tables)['kernel install']>): number {
  const { name, force, 'display-name': displayName } = values;
  if (displayName === '') throw new CommandError('--display-name must not be empty');
  const compiler = values.compiler as CompilerName | undefined; // one of the table's choices
  const say = (line: string): void => console.log(`emtd kernel install: ${line}`);
  const choices = { name, force, displayName, compiler, prelude: !values['no-prelude'], say };
  const { folder, outcome, argv, displayName: title } = installKernel(dataFolder(values), choices);
  const words = {
    installed: 'installed',
    replaced: 'replaced',
    unchanged: 'already installed, nothing to do:',
  }[outcome];
  console.log(`${words} "${title}" in ${folder}\n  it starts ${argv.join(' ')}`);
  return 0;
}

export function uninstall({ values }: Call<(typeof tables)['kernel uninstall']>): number {
  for (const path of uninstallKernel(dataFolder(values), values.name)) console.log(`removed ${path}`);
  return 0;
}

export function status(): number {
  const folders = dataFolders(thisMachine());
  const specs = findKernelspecs(folders);
  for (const { name, displayName, folder, origin, argv, ours, broken, shadowedBy } of specs) {
    console.log(`${name}  "${displayName}"\n  ${folder} (${origin})`);
    if (ours) {
      const same = ours.version === versions.kernel ? '' : ` (this is ${versions.kernel})`;
      console.log(`  EMTD Lab ${ours.version}${same}, compiler: ${ours.compiler}`);
    }
    if (ours && argv[0] !== 'python') console.log(`  starts from ${packageOf(argv)}`);
    console.log(broken ? `  BROKEN: ${broken}` : '  its command exists');
    if (shadowedBy) console.log(`  hidden: Jupyter takes ${shadowedBy}`);
  }
  const searched = folders.map(({ path, origin }) => `  ${path} (${origin})`).join('\n');
  if (!specs.some(({ ours }) => ours)) console.log('EMTD Lab is not installed; fix: npx emtd kernel install');
  console.log(`looked in\n${searched}`);
  return 0;
}

/** The data folder that the options name. */
function dataFolder({ user, 'sys-prefix': sysPrefix, prefix }: Place): string {
  if ([user, sysPrefix, prefix !== undefined].filter(Boolean).length > 1) {
    throw new CommandError('one of --user, --sys-prefix and --prefix, not several');
  }
  const machine = thisMachine();
  if (prefix === '') throw new CommandError('--prefix must name a folder');
  if (prefix !== undefined)
    return environmentDataFolder(machine, resolve(prefix.replace(/^~(?=$|[\\/])/, homedir())));
  if (!sysPrefix) return resolve(userDataFolder(machine));
  const environment = activeEnvironment(machine);
  if (!environment) {
    throw new InstallError(
      '--sys-prefix: there is no active Python environment (VIRTUAL_ENV and CONDA_PREFIX are not set, PATH has no ' +
        'jupyter and no python in a bin folder); fix: activate it, or --prefix with what python -c "import sys; print(sys.prefix)" prints',
    );
  }
  console.log(`environment: ${environment.prefix} (${environment.from})`);
  return environmentDataFolder(machine, environment.prefix);
}
