// Pages are opened and closed while models stay. A page that has loaded asks for every model at once (control
// protocol 1.0 of the Jupyter widgets); a page that was still loading when a model was opened has refused it,
// and accepts it after loading.
import type { Path } from './buffers.js';
import type { Comms, Json } from './host.js';

/** The description of a model for a page. */
export interface Description {
  readonly entry: Json;
  readonly buffer_paths: Path[];
  readonly buffers: Uint8Array[];
}

interface Loadable {
  readonly id: string;
  open(): boolean;
  described(): Description;
}

/** Models that the page knows, each with the number of pages that had loaded when it was opened. */
const open = new Map<Loadable, number>();
/** Models that the page has refused. */
const refused = new Set<Loadable>();
/** How many pages have loaded so far. */
let pages = 0;

const listening = new WeakSet<Comms>();

/** Keeps the model known to the pages that load while it is open. */
export function noteOpened(model: Loadable, comms: Comms): void {
  answerPages(comms);
  open.set(model, pages);
  refused.delete(model);
}

/**
 * The page has refused the model: it is opened again when a page loads, or now where one has loaded since.
 */
export function noteRefused(model: Loadable): void {
  const since = open.get(model) ?? pages;
  open.delete(model);
  refused.add(model);
  if (pages > since) model.open();
}

export function noteClosed(model: Loadable): void {
  open.delete(model);
  refused.delete(model);
}

function answerPages(comms: Comms): void {
  if (listening.has(comms)) return;
  listening.add(comms);
  comms.target('jupyter.widget.control', (comm) => {
    comm.onMessage = ({ method }) => {
      if (method !== 'request_states') return;
      const all = [...open.keys()].map((model) => ({ id: model.id, ...model.described() }));
      comm.send(
        {
          method: 'update_states',
          states: Object.fromEntries(all.map(({ id, entry }) => [id, entry])),
          buffer_paths: all.flatMap(({ id, buffer_paths }) => buffer_paths.map((path) => [id, ...path])),
        },
        { buffers: all.flatMap(({ buffers }) => buffers) },
      );
      pages++;
      for (const model of refused) model.open();
    };
  });
}
