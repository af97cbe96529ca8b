// How blocks and Merkle-DAGs show.
import { card, type MimeBundle } from '../display/index.js';
import type { MerkleDag } from './dag.js';
import type { DagBlock } from './dagBlock.js';
import { told } from './told.js';

/** Few of many identifiers, by their last digits: the first are all alike. */
const few = (cids: readonly string[]): string | undefined =>
  cids.length === 0 ? undefined : `${cids.slice(0, 3).map((cid) => `…${cid.slice(-8)}`).join(' ')}${cids.length > 3 ? ` and ${cids.length - 3} more` : ''}`;

export const dagBlockCard = ({ cid, parents, byteLength, data }: DagBlock): MimeBundle =>
  card('block', { cid, bytes: byteLength, parents: few(parents) ?? 'none', data: told(data) });

export function dagCard(dag: MerkleDag): MimeBundle {
  const bytes = [...dag.blocks.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
  return card(dag.toString(), { heads: few(dag.heads), 'not held': few(dag.dangling), bytes, root: dag.blockSet.root });
}
