// Compressed sparse rows of an undirected graph, in O(N + E) and with no memory beside the result.
// The half-edges h = 2 e and 2 e + 1 run from endpoints[h] to endpoints[h ^ 1].

/** Rows up to this long are sorted by insertion: they lie in the nearest cache, and most come nearly in order. */
const SHORT = 32;

/** [N + 1], where each node's row begins, and [2 E], the far nodes of its half-edges, ascending. */
export function compressedRows(nodeCount: number, endpoints: Int32Array): [offsets: Int32Array, neighbours: Int32Array] {
  const offsets = new Int32Array(nodeCount + 1);
  for (let h = 0; h < endpoints.length; h++) offsets[endpoints[h] + 1]++;
  for (let node = 0; node < nodeCount; node++) offsets[node + 1] += offsets[node];

  const neighbours = new Int32Array(endpoints.length);
  for (let h = 0; h < endpoints.length; h += 2) {
    const [a, b] = [endpoints[h], endpoints[h + 1]];
    neighbours[offsets[a]++] = b;
    neighbours[offsets[b]++] = a;
  }
  offsets.copyWithin(1, 0, nodeCount); // every offset has moved to the end of its row, which is the next one's begin
  offsets[0] = 0;

  for (let node = 0; node < nodeCount; node++) sortRow(neighbours, offsets[node], offsets[node + 1]);
  return [offsets, neighbours];
}

function sortRow(neighbours: Int32Array, begin: number, end: number): void {
  if (end - begin > SHORT) {
    neighbours.subarray(begin, end).sort();
    return;
  }
  for (let h = begin + 1; h < end; h++) {
    const far = neighbours[h];
    let at = h;
    for (; at > begin && neighbours[at - 1] > far; at--) neighbours[at] = neighbours[at - 1];
    neighbours[at] = far;
  }
}

/** [2 E]: the edge of each half-edge of the rows. */
export function edgesOfRows(endpoints: Int32Array, offsets: Int32Array, neighbours: Int32Array): Int32Array {
  const edgeOf = new Int32Array(neighbours.length);
  for (let h = 0; h < endpoints.length; h++) {
    const near = endpoints[h];
    edgeOf[halfEdge(neighbours, offsets[near], offsets[near + 1], endpoints[h ^ 1])] = h >> 1;
  }
  return edgeOf;
}

/** Where in its row, [begin, end), the far node stands: by bisection. */
export function halfEdge(neighbours: Int32Array, begin: number, end: number, far: number): number {
  while (end - begin > 1) {
    const middle = (begin + end) >>> 1;
    if (neighbours[middle] > far) end = middle;
    else begin = middle;
  }
  return begin;
}
