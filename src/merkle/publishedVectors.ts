// Published test vectors of the RFC 6962 tree hash: eight leaves, and the roots of the trees of the first 0,
// 1, ... 8.
// Source: the Merkle tree tests of github.com/google/certificate-transparency.
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { clippedTable, type MimeBundle, showAs, tableBundle } from '../display/index.js';
import { shortDigest } from './digestText.js';
import type { Digest } from './hash.js';

interface TreeVectors {
  readonly leaves: readonly Uint8Array[];
  readonly roots: readonly Digest[];
}

/**
 * `roots[n]` is the Merkle tree hash of the first n `leaves`.
 *
 * @example
 * const { leaves, roots } = publishedVectors;
 * merkleRoot(leaves.slice(0, 5)) === roots[5]; // true
 */
export const publishedVectors: TreeVectors = showAs<TreeVectors>(
  {
    leaves: [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ].map(hexToBytes),
    roots: [
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ],
  },
  vectorsTable,
);

function vectorsTable({ leaves, roots }: TreeVectors): MimeBundle {
  const rows = roots.map((root, n) => [
    String(n),
    n === 0 ? '' : bytesToHex(leaves[n - 1]) || '(empty)',
    shortDigest(root),
  ]);
  return tableBundle(
    clippedTable({ caption: 'RFC 6962 test vectors', head: ['entries', 'last entry', 'root'], rows }),
  );
}
