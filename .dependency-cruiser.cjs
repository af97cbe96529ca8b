// One-way street between rooms: a room imports only from rooms on its left.
const rooms = [
  'files', 'display', 'numerics', 'statistics', 'randomness', 'graphs', 'exact', 'merkle', 'expressions', 'codegen', 'runtime', 'tensors', 'fields',
  'energies', 'dynamics', 'measure', 'geometry', 'protocol', 'ambient', 'reference', 'claims', 'figures', 'sweeping', 'studies', 'widgets',
];
/** Rooms of the kernel, and what each may import of the others. */
const kernelRooms = {
  wire: [],
  compiler: ['wire'],
  back: ['compiler', 'wire'],
  front: ['back', 'compiler', 'wire'],
  notebook: ['wire'],
  install: ['compiler', 'notebook', 'wire'],
  page: ['back', 'compiler', 'front', 'wire'],
};
/** Folders of dynamics, `.` its own files: each imports only from those on its left. */
const dynamicsFolders = [
  'schedules', 'learning', '.', 'compiled', 'flatHistogram', 'rareEvents', 'driven', 'tempering', 'langevin', 'singleSite', 'clusters',
];
const ofDynamics = (folder) => `^src/dynamics/${folder === '.' ? '' : `${folder}/`}[^/]+[.]ts$`;
const path = (names) => `^src/(${names.join('|')})/`;

module.exports = {
  forbidden: [
    ...rooms.map((room, i) => ({
      name: `${room}-looks-right`,
      severity: 'error',
      comment: `${room} imports only from: ${rooms.slice(0, i).join(', ') || 'nothing'}`,
      from: { path: path([room]) },
      to: { path: '^(src|kernel|test|bench)/', pathNot: [path([...rooms.slice(0, i), room])] },
    })),
    ...Object.entries(kernelRooms).map(([room, others]) => ({
      name: `kernel-${room}-looks-right`,
      severity: 'error',
      comment: `kernel/${room} imports only from: ${others.join(', ') || 'nothing'} of the kernel`,
      from: { path: `^kernel/${room}/` },
      to: { path: '^kernel/', pathNot: `^kernel/(${[room, ...others].join('|')})/` },
    })),
    ...dynamicsFolders.map((folder, i) => ({
      name: `dynamics-${folder === '.' ? 'itself' : folder}-looks-left`,
      severity: 'error',
      comment: `${folder} of dynamics imports only from: ${dynamicsFolders.slice(0, i).join(', ') || 'none'} of its other folders`,
      from: { path: ofDynamics(folder), pathNot: '^src/dynamics/(index|door)[.]ts$' },
      to: { path: '^src/dynamics/', pathNot: dynamicsFolders.slice(0, i + 1).map(ofDynamics) },
    })),
    {
      name: 'dynamics-folder-has-a-place',
      severity: 'error',
      comment: 'a new folder of dynamics goes into the list above',
      from: { path: '^src/dynamics/', pathNot: dynamicsFolders.map(ofDynamics) },
      to: {},
    },
    ...rooms.filter((room) => !['files', 'numerics'].includes(room)).map((room) => ({
      name: `${room}-has-a-door`,
      severity: 'error',
      comment: `other rooms take from ${room} what its index has; each file of files and numerics is a door of its own`,
      from: { path: '^src/', pathNot: [path([room]), '^src/index[.]ts$'] },
      to: { path: path([room]), pathNot: '/(index|door)[.]ts$|figures/rendering/(painter|stage)[.]ts$' },
    })),
    {
      name: 'kernel-uses-public-surface',
      severity: 'error',
      comment: 'and the tables of src/display, the near names of src/numerics/near and src/files, which load nothing else',
      from: { path: '^kernel/' },
      to: { path: '^(src|test|bench)/', pathNot: ['^src/(index|display/index|numerics/near|files/(base64|writeAtomically|optionalPackage))[.]ts$'] },
    },
    {
      name: 'library-runs-in-pages',
      severity: 'error',
      comment: "a page has no module of Node: the library asks src/files/node for it when it is used; the command line and the drawing thread are Node's",
      from: { path: '^src/', pathNot: '^src/(cli/|files/node[.]ts$|figures/rendering/(painter|stage)[.]ts$)' },
      to: { dependencyTypes: ['core'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'drawing-thread-is-apart',
      severity: 'error',
      comment: 'what only the drawing thread can load, only the drawing thread loads',
      from: { path: '^src/', pathNot: '^src/(cli/|figures/rendering/(painter|stage)[.]ts$)' },
      to: { path: '^src/figures/rendering/(painter|stage)[.]ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'library-knows-no-host',
      severity: 'error',
      comment: 'the library never imports the kernel or the command line',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: ['^kernel/', '^src/cli/'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'not even of types, but for two pairs that define each other: an expression and its operations, which print it; code and its values',
      from: {},
      to: { circular: true, via: { pathNot: '^src/(expressions/(expression|operation|printed|latex)|codegen/language/(code|value))[.]ts$' } },
    },
    {
      name: 'no-cycles-at-run-time',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js', '.json'], exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
