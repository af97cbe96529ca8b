// The record of a run: versions, seeds, hashes of its graphs and trajectories. It holds no time and no
// duration, so that the same run has the same manifest. Digest and trajectory hashes are SHA-256 (FIPS
// 180-4), in hexadecimal.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { inspectText, jupyterDisplay, type MimeBundle } from '../display/index.js';
import { builtin, readOwnFile } from '../files/node.js';
import { byDefault, needed, type Options, type OptionsOf, readOptions, typed } from '../numerics/options.js';
import { anything, aString, each } from '../numerics/rules.js';
import { aSeed } from '../randomness/index.js';

export const manifestMime = 'application/vnd.emtd.manifest+json';

interface NamedGraph {
  readonly name: string;
  readonly hash: string;
}

interface Trajectory {
  readonly states: readonly (Float32Array | Float64Array)[];
}

const runFacts = {
  /** The seeds of the run, at least one. */
  seeds: needed(each(aSeed)),
  /** The graph or graphs of the run; no graphs by default. */
  graph: byDefault<NamedGraph | readonly NamedGraph[]>([], typed(anything)),
  /** The records of the run; no records by default. */
  samples: byDefault<Trajectory | readonly Trajectory[]>([], typed(anything)),
  /** The tensor back end, where the run used one. */
  backend: aString,
  /** The version of tfjs, where the run used it. */
  tfjs: aString,
};

/** What a notebook gives to its manifest. */
export interface RunFacts extends Options, OptionsOf<typeof runFacts> {}

/** What a notebook's run depends on: versions, seeds, graphs and trajectories, with a digest. */
export interface ManifestRecord {
  readonly package: string;
  readonly version: string;
  readonly node: string;
  readonly backend: string | null;
  readonly tfjs: string | null;
  /** A publication run (FULL=1). */
  readonly full: boolean;
  readonly seeds: readonly (number | string)[];
  readonly graphs: readonly NamedGraph[];
  readonly trajectories: readonly string[];
  /** SHA-256 of all of the above. */
  readonly digest: string;
}

/**
 * The record of a run: versions, seeds, hashes of graphs and trajectories, and no time.
 *
 * @example
 * const run = claims.manifest({ seeds: [1] });
 * run.record.digest.length; // 64
 */
export class Manifest {
  constructor(readonly record: ManifestRecord) {}

  toJSON(): ManifestRecord {
    return this.record;
  }

  toString(): string {
    const { record } = this;
    const engine = record.backend ? `, tfjs ${record.tfjs ?? 'of unknown version'} on ${record.backend}` : '';
    const host = record.node === page.version ? 'in a page' : `node ${record.node}`;
    return [
      `${record.package} ${record.version}, ${host}${engine}`,
      `${record.full ? 'publication run, ' : ''}seeds ${record.seeds.join(' ')}`,
      ...record.graphs.map(({ name, hash }) => `graph ${name} ${short(hash)}`),
      ...record.trajectories.map((hash) => `trajectory ${short(hash)}`),
      `run ${short(record.digest)}`,
    ].join('\n');
  }

  [jupyterDisplay](): MimeBundle {
    return { [manifestMime]: this.record, 'text/plain': this.toString() };
  }

  [inspectText](): string {
    return this.toString();
  }
}

/**
 * The manifest of a run, for a notebook's last cell. The environment says whether it is a publication run.
 *
 * @throws without a seed: a run that cannot be repeated has no manifest.
 * @example
 * const { record } = claims.manifest({ seeds: [1, 2, 3], graph: smallWorld(50, 4, 0.1, { seed: 1 }) });
 * record.seeds; // [1, 2, 3]
 * record.graphs.map(({ name }) => name); // ['smallWorld(50, 4, 0.1)']
 */
export function manifest(run: RunFacts): Manifest {
  const { seeds, graph, samples, backend, tfjs } = readOptions('manifest', run, runFacts);
  if (seeds.length === 0) throw new Error('manifest: needs at least one seed');
  const { version: node, env } = builtin('node:process') ?? page;
  const { name, version } = JSON.parse(readOwnFile('manifest', 'package.json')) as Record<string, string>;
  const facts = {
    package: name,
    version,
    node,
    backend: backend ?? null,
    tfjs: tfjs ?? null,
    full: env.FULL === '1',
    seeds: [...seeds],
    graphs: [graph].flat().map(({ name, hash }) => ({ name, hash })),
    trajectories: [samples].flat().map(trajectoryHash),
  };
  return new Manifest({ ...facts, digest: bytesToHex(sha256(utf8ToBytes(JSON.stringify(facts)))) });
}

/**
 * SHA-256 of the bytes of a trajectory's recorded states, in order (little-endian).
 *
 * @example claims.trajectoryHash({ states: [Float32Array.of(1, 2, 3)] }); // '8e628779e6a74ee0b36991c10158f63cafec7d340ad4e075592502c8708524dd'
 */
export function trajectoryHash({ states }: Trajectory): string {
  const hash = sha256.create();
  for (const state of states) hash.update(new Uint8Array(state.buffer, state.byteOffset, state.byteLength));
  return bytesToHex(hash.digest());
}

/** What stands in a manifest for Node, in a page. */
const page: Pick<NodeJS.Process, 'version' | 'env'> = { version: 'page', env: {} };

const short = (hash: string): string => hash.slice(0, 16);
