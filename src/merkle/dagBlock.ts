// A block of a Merkle-DAG: data, and the identifiers of the blocks that it follows.
//   bytes = dag-cbor({ data, parents }),   cid = CIDv1(dag-cbor, SHA-256(bytes)),   parents in ascending
// order, each once
// The hash of a parent names it, so the parent existed before: no block follows itself, and the graph is
// acyclic by construction. Source: EMTD 2.1, item 3 ("a Merkle-DAG"); ipld.io/specs/codecs/dag-cbor; by the
// package @ipld/dag-cbor.
import { decode, encode } from '@ipld/dag-cbor';
import { CID } from 'multiformats/cid';
import { card, inspectText, jupyterDisplay } from '../display/index.js';
import { blockLink, type Cid, contentId } from './cid.js';
import { describe, few } from './digestText.js';
import { isBytes } from './hash.js';

/**
 * An immutable block; `dagBlock`, `decodeBlock` and `MerkleDag.append` make it.
 *
 * @example
 * const payment = merkle.dagBlock({ pay: 'Ann', amount: 5 });
 * payment.data; // { pay: 'Ann', amount: 5 }
 * payment.byteLength; // 32
 */
export class DagBlock {
  readonly #bytes: Uint8Array;

  /** @internal */
  constructor(
    readonly cid: Cid,
    readonly parents: readonly Cid[],
    bytes: Uint8Array,
  ) {
    this.#bytes = bytes;
  }

  /** A copy of the bytes that are hashed. */
  get bytes(): Uint8Array {
    return this.#bytes.slice();
  }

  /** A copy of the data. */
  get data(): unknown {
    return decode<Content>(this.#bytes).data;
  }

  get byteLength(): number {
    return this.#bytes.length;
  }

  toString(): string {
    return `block ${this.cid} of ${this.byteLength} bytes`;
  }

  [jupyterDisplay]() {
    const { cid, byteLength, parents, data } = this;
    return card('block', { cid, bytes: byteLength, parents: few(parents) ?? 'none', data: describe(data) });
  }

  [inspectText](): string {
    return `DagBlock { ${this.cid} }`;
  }
}

interface Content {
  readonly data: unknown;
  readonly parents: readonly CID[];
}

/**
 * The block of this data after these parents, without regard to their order and repeats.
 *
 * @param data of IPLD's data model: null, booleans, finite numbers, texts, bytes, lists and maps of them
 * @throws TypeError for other data; TypeError, RangeError for parents that are not CIDs of blocks
 * @example
 * const genesis = merkle.dagBlock('genesis');
 * genesis.cid; // 'bafyreibythcispmcxkh4eyg3ae3xa7bm5r25kyjckg6rfgawkq4d4whfcm'
 * merkle.dagBlock({ pay: 'Ann', amount: 5 }, [genesis.cid]).parents.length; // 1
 */
export function dagBlock(data: unknown, parents: readonly Cid[] = []): DagBlock {
  const sorted = [...new Set(parents)].sort();
  const links = sorted.map((parent) => blockLink('dagBlock', parent));
  let bytes: Uint8Array;
  try {
    bytes = encode({ data, parents: links });
  } catch (error) {
    throw new TypeError(
      `dagBlock: data must be of IPLD's data model, got ${describe(data)} (${messageOf(error)})`,
      { cause: error },
    );
  }
  return new DagBlock(contentId(bytes), sorted, bytes);
}

/**
 * The block in untrusted bytes that are said to have this identifier; the hash is checked.
 *
 * @throws TypeError, RangeError for a malformed CID, for bytes that hash to another one, and for bytes that
 * are not a block as `dagBlock` writes it
 * @example
 * const { bytes, cid } = merkle.dagBlock({ pay: 'Ann', amount: 5 });
 * merkle.decodeBlock(bytes, cid).data; // { pay: 'Ann', amount: 5 }
 */
export const decodeBlock = (bytes: Uint8Array, cid: Cid): DagBlock => decodedBlock('decodeBlock', bytes, cid);

export function decodedBlock(caller: string, bytes: unknown, cid: unknown): DagBlock {
  const name = blockLink(caller, cid).toString();
  if (!isBytes(bytes)) throw new TypeError(`${caller}: bytes must be a Uint8Array, got ${describe(bytes)}`);
  const found = contentId(bytes);
  if (found !== name) throw new RangeError(`${caller}: bytes must hash to their CID ${name}, got ${found}`);
  let block: DagBlock;
  try {
    const { data, parents } = decode<Partial<Content> | null>(bytes) ?? {};
    if (!Array.isArray(parents)) throw new TypeError(`parents must be a list, got ${describe(parents)}`);
    block = dagBlock(
      data,
      parents.map((parent: unknown) => String(CID.asCID(parent as CID) ?? describe(parent))),
    );
  } catch (error) {
    const got = `${bytes.length} bytes of something else (${messageOf(error)})`;
    throw new RangeError(`${caller}: a block must be dag-cbor of data and parents, got ${got}`, {
      cause: error,
    });
  }
  if (block.cid !== name) {
    const rule = 'a block must be data and parents in canonical form and nothing else';
    throw new RangeError(`${caller}: ${rule}, got ${name}, which should be ${block.cid}`);
  }
  return block;
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
