// Merkle-DAGs as CAR files, which other IPLD tools read:
//   varint(length) dag-cbor({ roots, version: 1 }),  then for each block  varint(length) CID bytes
// Roots are the heads, blocks are in ascending order of CID: one DAG gives one file, byte for byte.
// Source: ipld.io/specs/transport/car/carv1; by the package @ipld/car, which reads version 2 too.
import { CarBufferReader } from '@ipld/car/buffer-reader';
import { blockLength, createWriter, headerLength } from '@ipld/car/buffer-writer';
import { linkOf } from './cid.js';
import { MerkleDag, merkleDag } from './dag.js';
import { decodedBlock, messageOf } from './dagBlock.js';
import { describe } from './digestText.js';
import { isBytes } from './hash.js';

/**
 * A Merkle-DAG as a CAR file, which other IPLD tools read: one DAG gives one file, byte for byte.
 *
 * @example
 * const dag = merkle.merkleDag().append('genesis').append('from Ann');
 * const file = merkle.exportCar(dag); // writeFileSync('ledger.car', file)
 * file.length; // 221
 * merkle.importCar(file).blockSet.root === dag.blockSet.root; // true
 */
export function exportCar(dag: MerkleDag): Uint8Array {
  const roots = dag.heads.map((cid) => linkOf('exportCar', cid));
  const blocks = Array.from(dag.blocks.values(), ({ cid, bytes }) => ({
    cid: linkOf('exportCar', cid),
    bytes,
  }));
  const headerSize = headerLength({ roots });
  const size = blocks.reduce((sum, block) => sum + blockLength(block), headerSize);
  const writer = createWriter(new ArrayBuffer(size), { roots, headerSize });
  for (const block of blocks) writer.write(block);
  return writer.close();
}

/**
 * The DAG in an untrusted CAR file; links to blocks that are not in the file dangle.
 *
 * @throws TypeError for an argument that is not bytes; RangeError for bytes that are not a CAR file, a block
 * that does not hash to its CID or that `dagBlock` would write otherwise, and for a root that is not in the
 * file (it was cut off)
 * @example
 * const dag = merkle.merkleDag().append('genesis').append('from Ann');
 * merkle.importCar(merkle.exportCar(dag)).size; // 2
 */
export function importCar(bytes: Uint8Array): MerkleDag {
  if (!isBytes(bytes)) throw new TypeError(`importCar: bytes must be a Uint8Array, got ${describe(bytes)}`);
  let car: CarBufferReader;
  try {
    car = CarBufferReader.fromBytes(bytes);
  } catch (error) {
    const got = `${bytes.length} other bytes (${messageOf(error)})`;
    throw new RangeError(`importCar: bytes must be a CAR file, got ${got}`, { cause: error });
  }
  const dag = merkleDag(
    car.blocks().map((block) => decodedBlock('importCar', block.bytes, String(block.cid))),
  );
  const missing = car.getRoots().find((root) => !dag.blocks.has(String(root)));
  if (missing)
    throw new RangeError(
      `importCar: roots must be blocks of the file, got ${String(missing)}, which is not there`,
    );
  return dag;
}
