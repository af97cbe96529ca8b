// `emtd kernel install|uninstall|status|doctor`: the kernel in a Jupyter of the machine.
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { activeEnvironment } from '../../kernel/install/environment.js';
import { findKernelspecs } from '../../kernel/install/findKernelspecs.js';
import { InstallError, installKernel, uninstallKernel } from '../../kernel/install/install.js';
import { thisMachine } from '../../kernel/install/machine.js';
import { dataFolders, environmentDataFolder, userDataFolder } from '../../kernel/install/places.js';
import { type CompilerName, compilerNames } from '../../kernel/wire/compilerNames.js';
import { versions } from '../../kernel/wire/versions.js';
import { type Command, CommandError, readCall } from './command.js';

const usage = `emtd kernel install [PLACE] [--name NAME] [--display-name TEXT] [--compiler C] [--no-prelude] [--force]
       emtd kernel uninstall [PLACE] [--name NAME]
       emtd kernel status      every kernelspec that Jupyter finds, and whether it can start
       emtd kernel doctor      Jupyter, kernelspecs and the kernel, with the fix for each finding
  PLACE  --user        for you, in every Jupyter of yours (the default)
         --sys-prefix  in the active Python environment (VIRTUAL_ENV, CONDA_PREFIX, jupyter or python on PATH)
         --prefix DIR  under DIR/share/jupyter
  --name NAME          letters, digits, ".", "_", "-" (default: emtd-lab)
  --display-name TEXT  what Jupyter's launcher shows
  --compiler C         ${compilerNames.join(' or ')}
  --no-prelude         cells import everything that they use
  --force              replace what is there under the same name`;

export const kernelCommand: Command = { usage, run };

const [flag, text] = [{ type: 'boolean' }, { type: 'string' }] as const;
const target = { user: flag, 'sys-prefix': flag, prefix: text, name: text } as const;
const VERBS = {
  install: { options: { ...target, 'display-name': text, compiler: text, 'no-prelude': flag, force: flag }, act: install },
  uninstall: { options: target, act: uninstall },
  status: { options: {}, act: status },
  doctor: { options: {}, act: async () => (await import('./doctor.js')).kernelDoctor() }, // looks for backends, and loads them
} as const;

type Options = {
  [name in keyof typeof VERBS.install.options]?: (typeof VERBS.install.options)[name] extends typeof flag ? boolean : string;
};

async function run([verb, ...args]: string[]): Promise<number> {
  if (verb === undefined) throw new CommandError('no verb given');
  if (!Object.hasOwn(VERBS, verb)) throw new CommandError(`no such verb, ${verb}`);
  const { options, act } = VERBS[verb as keyof typeof VERBS];
  return act(readCall(() => parseArgs({ args, options })).values as Options);
}

function install(options: Options): number {
  const { name, force, 'display-name': displayName } = options;
  if (displayName === '') throw new CommandError('--display-name must not be empty');
  const choices = { name, force, displayName, compiler: compilerOf(options.compiler), prelude: !options['no-prelude'] };
  const { folder, outcome, argv, displayName: title } = installKernel(dataFolder(options), choices);
  const words = { installed: 'installed', replaced: 'replaced', unchanged: 'already installed, nothing to do:' }[outcome];
  console.log(`${words} "${title}" in ${folder}\n  it starts ${argv.join(' ')}`);
  return 0;
}

function uninstall(options: Options): number {
  console.log(`removed ${uninstallKernel(dataFolder(options), options.name)}`);
  return 0;
}

function status(): number {
  const folders = dataFolders(thisMachine());
  const specs = findKernelspecs(folders);
  for (const { name, displayName, folder, origin, ours, broken, shadowedBy } of specs) {
    console.log(`${name}  "${displayName}"\n  ${folder} (${origin})`);
    if (ours) {
      const same = ours.version === versions.kernel ? '' : ` (this is ${versions.kernel})`;
      console.log(`  EMTD Lab ${ours.version}${same}, compiler: ${ours.compiler}`);
    }
    console.log(broken ? `  BROKEN: ${broken}` : '  its command exists');
    if (shadowedBy) console.log(`  hidden: Jupyter takes ${shadowedBy}`);
  }
  const searched = folders.map(({ path, origin }) => `  ${path} (${origin})`).join('\n');
  if (!specs.some(({ ours }) => ours)) console.log('EMTD Lab is not installed; fix: npx emtd kernel install');
  console.log(`looked in\n${searched}`);
  return 0;
}

/** The data folder that the options name. */
function dataFolder({ user, 'sys-prefix': sysPrefix, prefix }: Options): string {
  if ([user, sysPrefix, prefix !== undefined].filter(Boolean).length > 1) {
    throw new CommandError('one of --user, --sys-prefix and --prefix, not several');
  }
  const machine = thisMachine();
  if (prefix === '') throw new CommandError('--prefix must name a folder');
  if (prefix !== undefined) return environmentDataFolder(machine, resolve(prefix.replace(/^~(?=$|[\\/])/, homedir())));
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

function compilerOf(text: string | undefined): CompilerName | undefined {
  if (text === undefined) return undefined;
  const choice = compilerNames.find((compiler) => compiler === text);
  if (!choice) throw new CommandError(`--compiler must be ${compilerNames.join(' or ')}, got ${text}`);
  return choice;
}
