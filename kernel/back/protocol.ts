// What the front (sockets, protocol, compiler) and the back (user code, a process of its own) say to each
// other, through one ordered pipe. A context is what an output belongs to: the id of a request.
import type { CompiledCell } from '../compiler/cellCompiler.js';
import type { CellError, MimeBundle } from '../wire/content.js';
import type { Json } from '../wire/message.js';

/** An iopub message: what a cell shows while it runs, or later. */
export interface Output {
  type: string;
  content: Json;
  metadata?: Json;
  buffers?: Uint8Array[];
}

export interface RunRequest {
  cell: CompiledCell;
  /** What tracebacks call it. */
  name: string;
  context: string;
  /** What becomes of the last value: shown, dropped, or part of the reply. */
  value: 'show' | 'drop' | 'return';
}

/** `set`: which of the names that the cell declares have values. */
export type RunReply =
  { status: 'ok'; bundle?: MimeBundle } | ({ status: 'error'; set: readonly string[] } & CellError);

/** A comm message of the front end. */
export interface CommRequest {
  type: 'comm_open' | 'comm_msg' | 'comm_close';
  context: string;
  id: string;
  /** Of comm_open. */
  target?: string;
  data: Json;
  buffers: readonly Uint8Array[];
}

/** The requests; each has one reply. */
export interface BackRequests {
  run(request: RunRequest): RunReply;
  /** Answered when its handler has returned. */
  comm(request: CommRequest): void;
  /** Begins to load a module that a cell is going to import; answered at once, whatever comes of it. */
  preload(specifier: string): void;
}

export type RequestName = keyof BackRequests;
export type RequestOf<N extends RequestName> = Parameters<BackRequests[N]>[0];
export type ReplyOf<N extends RequestName> = ReturnType<BackRequests[N]>;

export type Request = { [N in RequestName]: { op: N; id: number; request: RequestOf<N> } }[RequestName];

/** What the user has typed; `refused` says why nobody could be asked. */
export type Answer = { number: number } & ({ value: string } | { refused: string });

export type ToBack = Request | { op: 'interrupt' } | { op: 'answer'; answer: Answer };

export type FromBack =
  /** User code can run. */
  | { op: 'ready' }
  | ({ op: 'output'; context: string } & Output)
  | { op: 'reply'; id: number; reply: unknown }
  | { op: 'failure'; id: number; message: string }
  /** User code waits for an answer of this number. */
  | { op: 'question'; context: string; number: number; question: string }
  /** The interrupt is done: user code has stopped, or none ran. */
  | { op: 'stopped' };

/** What the courier tells the main thread itself. */
export type FromCourier =
  | Request
  /** The running code has been terminated: settle its request as interrupted. */
  | { op: 'interrupted'; number: number }
  /** An interrupt came while no cell ran: for what runs in the background. */
  | { op: 'noticed' }
  /** Shows that the main thread is alive, by storing the number. */
  | { op: 'probe'; number: number };
