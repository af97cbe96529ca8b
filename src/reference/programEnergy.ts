// The program's energy and the paper's, whose ratio is the factor of two:
//   H_i = sum over neighbours j of 1/2 |s_i - s_j|^2     the program's rule
//   H   = sum over edges <i,j> of |s_i - s_j|^2          Definition 1.2 with J = 1; also sum over i of H_i
// Moving one node changes H by all of its bonds and H_i by half of each, dH_i = dH / 2: a Metropolis rule on
// dH_i at temperature T is one on H at 2 T. With J = 1/2 the changes agree and the sum of H_i is 2 H; the
// paper sets no J. Source: EMTD, 1.1 and 3.3; claim EMTD-3.19.

/** Adjacency of node i in iteration order: the order of the floating-point sum in H_i. */
export type NeighbourLists = readonly (readonly number[])[];

/** State (data, reputation) of every node. */
export interface ReferenceState {
  readonly data: ArrayLike<number>;
  readonly reputation: ArrayLike<number>;
}

/** Length of a state vector. */
export const norm = (x: number, y: number): number => Math.sqrt(x * x + y * y);

const squaredDistance = ({ data, reputation }: ReferenceState, i: number, j: number): number => {
  const length = norm(data[i] - data[j], reputation[i] - reputation[j]);
  return length * length;
};

/**
 * The local energy H_i of the reference program, summed in the order of the list.
 *
 * @example
 * const pair = [[1], [0]]; // the neighbours of each node
 * reference.referenceLocalEnergy(pair, { data: [0, 2], reputation: [1, 1] }, 0); // 2
 */
export function localEnergy(neighbours: NeighbourLists, state: ReferenceState, i: number): number {
  let energy = 0;
  for (const j of neighbours[i]) energy += 0.5 * squaredDistance(state, i, j);
  return energy;
}

/** H of Definition 1.2 with J = 1: each edge once. */
export function interactionEnergy(neighbours: NeighbourLists, state: ReferenceState): number {
  let energy = 0;
  for (const [i, list] of neighbours.entries()) {
    for (const j of list) if (i < j) energy += squaredDistance(state, i, j);
  }
  return energy;
}

/**
 * The program's energy change of a move and the true one: dH_i and dH when node i takes `proposed` as data.
 *
 * @example
 * reference.referenceEnergyChange([[1], [0]], { data: [0, 0], reputation: [1, 1] }, 0, 2); // { local: 2, total: 4 }
 */
export function referenceEnergyChange(
  neighbours: NeighbourLists,
  state: ReferenceState,
  i: number,
  proposed: number,
): { local: number; total: number } {
  const moved = { ...state, data: Array.from(state.data).with(i, proposed) };
  return {
    local: localEnergy(neighbours, moved, i) - localEnergy(neighbours, state, i),
    total: interactionEnergy(neighbours, moved) - interactionEnergy(neighbours, state),
  };
}
