// The field on each node of a graph, from one number or one per node.
import type { Graph } from '../../graph/index.js';

/** [N]: h_i. @throws RangeError for fields that are not finite, or not one per node */
export function fieldsOf(caller: string, { nodeCount }: Graph, field: number | ArrayLike<number>): Float64Array {
  const fields = typeof field === 'number' ? new Float64Array(nodeCount).fill(field) : Float64Array.from(field);
  if (fields.length !== nodeCount) {
    throw new RangeError(`${caller}: field must be one number or one per node, got ${fields.length} for ${nodeCount} nodes`);
  }
  const wrong = fields.find((h) => !Number.isFinite(h));
  if (wrong !== undefined) throw new RangeError(`${caller}: field must be finite, got ${wrong}`);
  return fields;
}
