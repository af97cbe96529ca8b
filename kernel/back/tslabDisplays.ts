// tslab's own display calls (`import * as tslab from 'tslab'`) show through this kernel.
import type { Json } from '../wire/message.js';
import { requireOfTslab } from '../wire/tslabPackage.js';
import type { Emit } from './outlet.js';

/** tslab, with its output connected to `emit`. */
export function tslabWithDisplays(emit: Emit): unknown {
  const fromTslab = requireOfTslab();
  const server = fromTslab('./dist/jupyter.js') as {
    lastWriteDisplayData: (content: Json & { transient: { display_id?: string } }, update?: boolean) => void;
  };
  server.lastWriteDisplayData = (content, update) =>
    emit({ type: update && content.transient.display_id ? 'update_display_data' : 'display_data', content });
  return fromTslab('./dist/public.js');
}
