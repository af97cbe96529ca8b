// Faults that no test need see, as tools/check-tests.mjs names them, each with the reason.
export const equivalent = {
  'src/energies/terms/boundStar.ts: i = 0: 0 -> 1': 'the table begins as zeros',
  'src/graphs/generators/randomRegular.ts: degree + 1: 1 -> 2': 'more memory than needed',
  'src/randomness/poisson.ts: sums.length - 1: 1 -> 2': 'the last addend is below rounding',
  'src/randomness/uniforms.ts: out instanceof Float32Array ? ULP_BELOW_ONE : 1: 1 -> 2':
    'a bound never reached',
  'src/energies/codomain.ts: value > 0: 0 -> 1': 'a power 1 is folded away',
  'src/energies/terms/undirected.ts: 1 + ((k * 0.6180339887) % 1): 1 -> 2': 'any numbers serve as trials',
  'src/energies/checkTerm.ts: width = 1e-2: 1e-2 -> (0.9 * 1e-2)': 'any small step serves',
  'src/tensors/inPlace.ts: steps: 1: 1 -> 2': 'the same numbers written twice',
  'src/widgets/live/liveScreen.ts: this.#sent > this.#acknowledged: > -> <=': 'a count that is read nowhere',
  'src/ambient/persistence/finality.ts: n - 1: - -> +': 'more states than needed, the first ones the same',
  'src/reference/ensemble.ts: smallWorld(nodeCount, 4, 0.1, { random, connected: false }): 4 -> 5':
    'smallWorld takes the even number below',
};
