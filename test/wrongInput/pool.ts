// Values that are wrong for most arguments. The compiler says for which: it compares the type of each, as declared here,
// with that of the argument.
import * as lab from '../../src/index.js';

await lab.ready();
const graph = lab.ring(5);
const gone: lab.tf.Tensor3D = lab.tf.zeros([5, 1, 1]);
gone.dispose();

export const pool = {
  text: '0.02',
  otherText: 'nonsense',
  noText: '',
  number: 5,
  fraction: 1.5,
  yes: true,
  nothing: null,
  object: {},
  otherObject: { nonsense: 1 } as { nonsense: number },
  noList: [] as never[],
  numbers: [1, 2, 3],
  words: ['a', 'b'],
  nested: [[['a']]],
  answers: [true, false],
  aFunction: (): number => 5,
  later: async (): Promise<number> => 5,
  big: 1n,
  symbol: Symbol('nonsense') as symbol,
  graph,
  energy: lab.hamiltonian(graph, [lab.interaction()]),
  field: lab.normalField({ sites: 5, seed: 1 }),
  term: lab.interaction(),
  schedule: lab.constant(1),
  expression: lab.vector('x'),
  blocks: lab.blockSet([new Uint8Array(2)]),
  claim: lab.claim('EMTD-1.7'),
  tensor: gone,
  date: new Date(0),
  map: new Map<string, bigint>(),
  pattern: /nonsense/,
  promise: Promise.resolve(5),
  bytes: new Uint8Array(0),
  error: new Error('nonsense'),
};

export type PoolName = keyof typeof pool;

/** Without own enumerable names, so that no check of options can tell them from {}. */
export const likeNoOptions: readonly string[] = ['date', 'map', 'pattern', 'promise', 'bytes', 'error'];
