// One-way street between rooms: a room imports only from rooms on its left.
const rooms = [
  'random', 'graph', 'exact', 'merkle', 'expression', 'engine', 'field', 'energy', 'dynamics', 'measure',
  'reference', 'claims', 'figures',
];
const path = (names) => `^dist/src/(${names.join('|')})/`;

module.exports = {
  forbidden: [
    ...rooms.map((room, i) => ({
      name: `${room}-looks-right`,
      severity: 'error',
      comment: `${room} imports only from: ${rooms.slice(0, i).join(', ') || 'nothing'}`,
      from: { path: path([room]) },
      to: { path: '^dist/', pathNot: [path([...rooms.slice(0, i), room])] },
    })),
    {
      name: 'kernel-uses-public-surface',
      severity: 'error',
      from: { path: '^dist/kernel/' },
      to: { path: '^dist/', pathNot: ['^dist/kernel/', '^dist/src/index[.]js$'] },
    },
    {
      name: 'library-knows-no-host',
      severity: 'error',
      comment: 'the library never imports the kernel or the command line',
      from: { path: '^dist/src/', pathNot: '^dist/src/cli/' },
      to: { path: ['^dist/kernel/', '^dist/src/cli/'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: { doNotFollow: { path: 'node_modules' }, moduleSystems: ['es6', 'cjs'] },
};
