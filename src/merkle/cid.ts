// Content identifiers: the name of a block is the hash of its bytes, wherever it is stored.
//   CIDv1 = <version 1> <codec of the bytes> <multihash: 12 20 || SHA-256(bytes)>, written in base32 after a
// "b"
// Source: github.com/multiformats/cid; by the package multiformats. As text, an identifier compares with ===
// and serves as a map key.
import { CID } from 'multiformats/cid';
import { create } from 'multiformats/hashes/digest';
import { describe } from './digestText.js';
import { type Digest, hashBytes, isBytes, toDigest } from './hash.js';

/** A CIDv1 with SHA-256, in base32: `bafyrei…` of a dag-cbor block. */
export type Cid = string;

const codecs = { raw: 0x55, 'dag-cbor': 0x71, json: 0x0200 };
/** The codec of the bytes, by its name in the multicodec table. */
export type Codec = keyof typeof codecs;

const sha256Code = 0x12;

/**
 * The identifier (CIDv1 with SHA-256) of these bytes, as IPFS gives it.
 *
 * @throws TypeError for an argument that is not bytes, RangeError for a codec other than raw, dag-cbor and
 * json
 * @example
 * merkle.contentId(new TextEncoder().encode('{"hello":"world"}'), 'json'); // 'bagaaierasords4njcts6vs7qvdjfcvgnume4hqohf65zsfguprqphs3icwea'
 */
export function contentId(bytes: Uint8Array, codec: Codec = 'dag-cbor'): Cid {
  if (!isBytes(bytes)) throw new TypeError(`contentId: bytes must be a Uint8Array, got ${describe(bytes)}`);
  if (!Object.hasOwn(codecs, codec)) {
    throw new RangeError(
      `contentId: codec must be one of ${Object.keys(codecs).join(', ')}, got ${describe(codec)}`,
    );
  }
  return CID.createV1(codecs[codec], create(sha256Code, hashBytes(bytes))).toString();
}

/** The codec and the hash in an identifier. */
export interface CidParts {
  /** Number of the codec in the multicodec table; 0x71 is dag-cbor. */
  readonly codec: number;
  /** SHA-256 of the bytes. */
  readonly digest: Digest;
}

/**
 * The codec and the hash in an untrusted identifier.
 *
 * @throws TypeError, RangeError for anything but a CIDv1 with SHA-256 in base32
 * @example
 * const cid = merkle.contentId(new TextEncoder().encode('{"hello":"world"}'), 'json');
 * merkle.parseCid(cid); // { codec: 512, digest: '93a23971a914e5eacbf0a8d25154cda309c3c1c72fbb9914d47c60f3cb681588' }
 */
export function parseCid(cid: Cid): CidParts {
  const { code, multihash } = linkOf('parseCid', cid);
  return { codec: code, digest: toDigest(multihash.digest) };
}

/** The identifier as a link of dag-cbor. */
export function linkOf(caller: string, cid: unknown): CID {
  if (typeof cid !== 'string') throw new TypeError(`${caller}: a CID must be a text, got ${describe(cid)}`);
  const refuse = (rule: string): never => {
    throw new RangeError(`${caller}: a CID must be ${rule}, got ${describe(cid)}`);
  };
  let link: CID;
  try {
    link = CID.parse(cid);
  } catch {
    return refuse('a version, a codec and a hash in base32');
  }
  if (link.version !== 1 || link.toString() !== cid) return refuse('of version 1 and in base32');
  if (link.multihash.code !== sha256Code || link.multihash.digest.length !== 32) return refuse('of SHA-256');
  return link;
}

/** The identifier of a dag-cbor block as a link. */
export function blockLink(caller: string, cid: unknown): CID {
  const link = linkOf(caller, cid);
  if (link.code !== codecs['dag-cbor']) {
    throw new RangeError(
      `${caller}: a CID must be of a dag-cbor block, got codec 0x${link.code.toString(16)}`,
    );
  }
  return link;
}
