// The seam between the front (sockets, protocol) and the back (compiler, user code): what the session
// may ask, what comes out while a cell runs. Both sides talk through one ordered channel.
import type { Json } from '../wire/message.js';

export interface MimeBundle {
  data: Json;
  metadata: Json;
}

/** What a cell shows while it runs; the session makes iopub messages of it. */
export type Output =
  | { type: 'stream'; name: 'stdout' | 'stderr'; text: string }
  | { type: 'execute_result'; bundle: MimeBundle }
  | { type: 'display_data'; bundle: MimeBundle; displayId?: string }
  | { type: 'update_display_data'; bundle: MimeBundle; displayId: string }
  | { type: 'clear_output'; wait: boolean };

/** An error as Jupyter carries it. */
export interface CellError {
  ename: string;
  evalue: string;
  traceback: string[];
}

export type Outcome = { status: 'ok' } | ({ status: 'error' } & CellError);
export type ExpressionResult = ({ status: 'ok' } & MimeBundle) | ({ status: 'error' } & CellError);

export interface Completion {
  /** UTF-16 offsets of what a match replaces. */
  start: number;
  end: number;
  matches: { text: string; type: string }[];
}

export interface Completeness {
  status: 'complete' | 'incomplete' | 'invalid' | 'unknown';
  indent?: string;
}

/** The requests; positions are UTF-16 offsets. `name` is what tracebacks call the cell. */
export interface BackRequests {
  execute(request: { code: string; name: string; silent: boolean }): Outcome;
  evaluate(request: { expressions: Record<string, string> }): Record<string, ExpressionResult>;
  complete(request: { code: string; position: number }): Completion;
  inspect(request: { code: string; position: number }): string | undefined;
  isComplete(request: { code: string }): Completeness;
}

export type RequestName = keyof BackRequests;
export type RequestOf<N extends RequestName> = Parameters<BackRequests[N]>[0];
export type ReplyOf<N extends RequestName> = ReturnType<BackRequests[N]>;

export type ToBack =
  | { [N in RequestName]: { op: N; id: number; request: RequestOf<N> } }[RequestName]
  /** The running code has been terminated: settle its request as interrupted. */
  | { op: 'interrupted' }
  | { op: 'exit' };

export type FromBack =
  | { op: 'output'; output: Output }
  | { op: 'reply'; id: number; reply: unknown }
  | { op: 'failure'; id: number; message: string }
  /** User code ends the process; it waits until the front has closed. */
  | { op: 'exiting'; code: number };

/** The back as the session sees it. */
export interface Back {
  ask<N extends RequestName>(op: N, request: RequestOf<N>): Promise<ReplyOf<N>>;
  /** Stops the running cell, if any; resolves when the order is given. */
  interrupt(): Promise<void>;
  /** Ends the process that runs user code. */
  exit(): void;
}
