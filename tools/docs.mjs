// `npm run docs`: the API reference in out/docs from the docstrings, a page per room of the package with all
// its names on it. Each name has the equation and the source too, from the first lines of its file. A warning
// fails. That examples give what their comments say is held by `npm test -- examples`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Application, Comment, Converter, ReflectionKind } from 'typedoc';
import { equations, escapeSigns, firstLines } from './docs/firstLines.mjs';
import { RoomRouter, RoomTheme } from './docs/roomTheme.mjs';
import { root } from './run.mjs';

const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const rooms = Object.keys(exports)
  .filter((door) => door.startsWith('./') && !/json$|internal$/.test(door))
  .map((door) => door.slice(2));
const opening = `\`emtd-lab\` has the names of the first ten minutes, and each room as a namespace. A room is a door of its own too,
which loads less:

\`\`\`ts
import { exact, smallWorld } from 'emtd-lab'; // exact.ringIsing(...)
import { ringIsing } from 'emtd-lab/exact';
\`\`\`

Numbers have no units but where a name says so: k\\_B = 1, and a temperature is an energy. Shapes stand in brackets: N nodes, E edges. The output of an
example stands behind it as a comment. Press / to search.`;
const app = await Application.bootstrap({
  name: 'emtd-lab',
  entryPoints: rooms.map((room) => join(root, 'src', room, 'door.ts')),
  tsconfig: join(root, 'tsconfig.json'),
  readme: 'none',
  excludePrivate: true,
  excludeInternal: true,
  excludeExternals: true,
  externalPattern: ['**/node_modules/**', '**/dist/tfjs/**'], // tfjs has a reference of its own
  disableSources: true,
  includeHierarchySummary: false,
  sort: ['kind', 'required-first', 'alphabetical-ignoring-documents'],
  sluggerConfiguration: { lowercase: false },
  navigationLeaves: rooms,
  customCss: join(root, 'tools', 'docs', 'style.css'),
  groupOrder: ['Functions', 'Variables', 'Classes', 'Interfaces', 'Type Aliases', '*'],
  validation: { notExported: false, invalidLink: true },
});
app.renderer.defineRouter('room', RoomRouter);
app.renderer.defineTheme('room', RoomTheme);
app.options.setValue('router', 'room');
app.options.setValue('theme', 'room');
app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
  for (const room of project.children) room.name = room.name.replace(/\/door$/, '');
});
const project = await app.convert();
if (project) {
  for (const parameter of project.getReflectionsByKind(ReflectionKind.Parameter)) {
    if (parameter.name === '__namedParameters') parameter.name = 'options'; // an object taken apart in the parameter list
  }
  for (const options of project
    .getReflectionsByKind(ReflectionKind.Interface)
    .filter(({ name }) => /(Options?|Parameters)$/.test(name))) {
    (options.comment ??= new Comment()).modifierTags.add('@expand'); // listed where they are taken
  }
  for (const { comment } of Object.values(project.reflections)) if (comment) escapeSigns(comment);
  for (const room of project.children) {
    room.comment = new Comment([{ kind: 'text', text: firstLines(join(root, 'src', room.name, 'door.ts')) }]);
    for (const name of room.children) addEquations(name);
  }
  project.comment = new Comment([{ kind: 'text', text: opening }]);
  app.validate(project);
  await app.generateDocs(project, join(root, 'out', 'docs'));
}
if (!project || app.logger.hasErrors() || app.logger.hasWarnings()) process.exit(1);

/** Behind the docstring of a function, class or constant. */
function addEquations(name) {
  const comment = name.signatures?.[0].comment ?? name.comment;
  const file = project.getSymbolIdFromReflection(name)?.fileName;
  if (!comment || !file || name.kindOf(ReflectionKind.Interface | ReflectionKind.TypeAlias)) return;
  comment.summary.push({ kind: 'text', text: '\n\n' }, ...equations(file));
}
