// What the names of numbers say, where the type says only `number`.

/** Numbers of things. */
export const mustBeWhole: ReadonlySet<string> = new Set(
  (
    'steps chains nodes nodeCount burnIn every copies states runs jumps rounds trials orders bins ' +
    'components sites degree count rows columns draws size firstSize secondSize q dimension identities frames radius rings batch batches ' +
    'resamples replicas times k'
  ).split(' '),
);

/** Numbers of things of which there must be one. */
export const cannotBeZero: ReadonlySet<string> = new Set(
  'chains nodes nodeCount every states bins sites components count'.split(' '),
);

/** Numbers that are measured or counted from zero. */
export const cannotBeNegative: ReadonlySet<string> = new Set(
  (
    'temperature timeStep friction duration time decay release rate tau delay ' +
    'kappa keep probability fraction share loss duplication load stiffness w width half ratio span level epsilon kelvin ' +
    'wellCurvature topCurvature pin'
  ).split(' '),
);

/** Numbers that name a node, an edge, a component. */
export const namesAPlace: ReadonlySet<string> = new Set(
  'node index source chain component i j a b'.split(' '),
);

/** Lists of such numbers. */
export const namesPlaces: ReadonlySet<string> = new Set(
  'permutation walk pinned members stubborn targets'.split(' '),
);
