// The known name that a misspelt one means: "did you mean ...?".

/** The known name with the fewest letters to change, where these are at most a third. */
export function near(name: string, known: readonly string[]): string | undefined {
  const caseOf = (other: string): number => (/^[A-Z]/.test(other) === /^[A-Z]/.test(name) ? 0 : 1);
  const ranked = known
    .map((other) => ({ other, distance: editDistance(name.toLowerCase(), other.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance || caseOf(a.other) - caseOf(b.other));
  return ranked.length > 0 &&
    ranked[0].distance <= Math.max(1, Math.floor(Math.max(name.length, ranked[0].other.length) / 3))
    ? ranked[0].other
    : undefined;
}

/** Letters to insert, delete or replace, or neighbours to swap (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwapped) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[b.length];
}
