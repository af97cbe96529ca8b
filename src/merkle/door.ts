// Merkle trees (RFC 6962), their proofs, and content-addressed sets of blocks.
export { type Digest } from './hash.js';
export { merkleRoot } from './tree.js';
export { type InclusionClaim, inclusionProof, verifyInclusion } from './inclusion.js';
export { type ConsistencyClaim, consistencyProof, verifyConsistency } from './consistency.js';
export { BlockSet, blockSet, intersection, symmetricDifference } from './blocks.js';
export { type KeyPair, type SignatureCost, type Signatures } from './signature.js';
export { ed25519Signatures } from './ed25519.js';
export { modelSignatures } from './modelSignatures.js';
export { type Cid, type CidParts, type Codec, contentId, parseCid } from './cid.js';
export { DagBlock, dagBlock, decodeBlock } from './dagBlock.js';
export { MerkleDag, merkleDag } from './dag.js';
export { exportCar, importCar } from './car.js';
export { ancestorDistance, distanceTable, jaccardDistance } from './distance.js';
export { type DistanceEstimate, type MinHash, minHash, minHashDistance } from './minHash.js';
