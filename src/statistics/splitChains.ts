// Chains cut into halves, so that a drift inside a chain shows as a difference between two, and concatenated.

/** The halves of every chain, in order; the middle record of an odd chain is left out. */
export function splitInHalf(chains: readonly ArrayLike<number>[]): Float64Array[] {
  return chains.flatMap((chain) => {
    const values = Float64Array.from(chain);
    const half = Math.floor(values.length / 2);
    return [values.subarray(0, half), values.subarray(values.length - half)];
  });
}

export function concatenate(chains: readonly ArrayLike<number>[]): Float64Array {
  const all = new Float64Array(chains.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chain of chains) {
    all.set(chain, at);
    at += chain.length;
  }
  return all;
}

/** @throws RangeError naming the caller unless there are chains, of one length, long enough and finite */
export function checkChains(caller: string, chains: readonly ArrayLike<number>[], shortest: number): void {
  if (chains.length === 0) throw new RangeError(`${caller}: needs at least one chain, got none`);
  chains.forEach((chain, c) => {
    if (chain.length !== chains[0].length) {
      throw new RangeError(
        `${caller}: chains must be of one length, got ${chains[0].length} and ${chain.length}`,
      );
    }
    if (chain.length < shortest) {
      throw new RangeError(`${caller}: a chain needs at least ${shortest} records, got ${chain.length}`);
    }
    const at = Array.prototype.findIndex.call(chain, (x: number) => !Number.isFinite(x));
    if (at >= 0)
      throw new RangeError(
        `${caller}: values must be finite, got ${chain[at]} at record ${at} of chain ${c}`,
      );
  });
}
