// `npm run docs`: the API reference in out/docs from the docstrings: a page per room of the package, and one per name. A warning fails.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Application, ReflectionKind } from 'typedoc';
import { root } from './run.mjs';

const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const rooms = Object.keys(exports).filter((door) => door.startsWith('./') && !/json$|internal$/.test(door)).map((door) => door.slice(2));
const app = await Application.bootstrap({
  name: 'emtd-lab',
  entryPoints: rooms.map((room) => join(root, 'src', room, 'index.ts')),
  tsconfig: join(root, 'tsconfig.json'),
  readme: 'none',
  excludePrivate: true,
  excludeInternal: true,
  excludeExternals: true,
  disableSources: true,
  router: 'structure',
  validation: { notExported: false, invalidLink: true },
});
const project = await app.convert();
if (project) {
  for (const parameter of project.getReflectionsByKind(ReflectionKind.Parameter)) {
    if (parameter.name === '__namedParameters') parameter.name = 'options'; // an object taken apart in the parameter list
  }
  app.validate(project);
  await app.generateDocs(project, join(root, 'out', 'docs'));
}
if (!project || app.logger.hasErrors() || app.logger.hasWarnings()) process.exit(1);
