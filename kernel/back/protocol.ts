// The messages between the front (sockets, protocol, compiler) and the back (user code, a process of its
// own), through one ordered pipe. A context is the id of the request that an output belongs to.
import type { CompiledCell } from '../compiler/cellCompiler.js';
import type { Failed, MimeBundle } from '../wire/content.js';
import type { Json } from '../wire/message.js';

/** An iopub message: output of a cell while it runs, or later. */
export interface Output {
  type: string;
  content: Json;
  metadata?: Json;
  buffers?: Uint8Array[];
}

export interface RunRequest {
  cell: CompiledCell;
  /** Its name in tracebacks. */
  name: string;
  context: string;
  /** Whether the last value is shown, dropped, or part of the reply. */
  value: 'show' | 'drop' | 'return';
}

/** `set`: which of the names that the cell declares have values. */
export type RunReply = { status: 'ok'; bundle?: MimeBundle } | ({ set: readonly string[] } & Failed);

/** A comm message of the front end. */
export interface CommRequest {
  type: 'comm_open' | 'comm_msg' | 'comm_close';
  context: string;
  id: string;
  /** The comm's target, in comm_open only. */
  target?: string;
  data: Json;
  buffers: readonly Uint8Array[];
}

/** The requests; each has one reply. */
export interface BackRequests {
  run(request: RunRequest): RunReply;
  /** Answered when its handler has returned. */
  comm(request: CommRequest): void;
  /**
   * Begins to load a module that a cell is going to import; answered at once, before the loading succeeds or
   * fails.
   */
  preload(specifier: string): void;
}

export type RequestName = keyof BackRequests;
export type RequestOf<N extends RequestName> = Parameters<BackRequests[N]>[0];
export type ReplyOf<N extends RequestName> = ReturnType<BackRequests[N]>;

export type Request = { [N in RequestName]: { op: N; id: number; request: RequestOf<N> } }[RequestName];

/** The user's input; `refused` is the reason why the question could not be asked. */
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

/** Messages of the courier itself to the main thread. */
export type FromCourier =
  | Request
  /** The running code has been terminated: settle its request as interrupted. */
  | { op: 'interrupted'; number: number }
  /** An interrupt came while no cell ran: for background work. */
  | { op: 'noticed' }
  /** Shows that the main thread is alive, by storing the number. */
  | { op: 'probe'; number: number };
