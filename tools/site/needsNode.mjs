// Notebooks of which a cell needs Node: their pages say so. A page runs their cells up to that one.
export const needsNode = {
  '01-state-space': { cell: 3, why: 'it compares hashes with those of node:crypto' },
  '20-fall-of-byzantium': { cell: 3, why: 'it reads files of the checkout with node:fs' },
};
