// Public functions of which no wrong call is made.
export const noValidCall: readonly string[] = [
  // classes whose objects other functions make
  'BlockSet',
  'Check',
  'DagBlock',
  'Expression',
  'Field',
  'Figure',
  'GaussianFreeField',
  'Graph',
  'Hamiltonian',
  'Manifest',
  'MerkleDag',
  'Table',
  'TermReport',
  'Widget',
  // these take nothing
  'backendName',
  'danfo',
  'defaultSeed',
  'hopfieldCapacity',
  'ready',
  'threadCount',
];
