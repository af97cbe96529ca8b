// tslab's own display calls (`import * as tslab from 'tslab'`) show through this kernel.
import { createRequire } from 'node:module';
import type { Json } from '../wire/message.js';
import type { Emit } from './outlet.js';

interface Content extends Json {
  transient: { display_id?: string };
}

const require = createRequire(import.meta.url);

/** Loads tslab with its output connected to `emit`. */
export function tslabDisplays(emit: Emit): () => unknown {
  return () => {
    const server = require('tslab/dist/jupyter.js') as {
      lastWriteDisplayData: ((content: Content, update?: boolean) => void) | null;
    };
    server.lastWriteDisplayData = (content, update) =>
      emit({
        type: update && content.transient.display_id ? 'update_display_data' : 'display_data',
        content,
      });
    return require('tslab');
  };
}
