// Questions of user code to the reader of the notebook: input_request on stdin, to the front end that sent
// the cell; its input_reply goes back.
import type { Message } from '../wire/message.js';
import type { Back } from './back.js';
import type { Contexts } from './contexts.js';

const refusal = 'prompt: this front end takes no input (allow_stdin is false)';

export class Questions {
  #number: number | undefined;

  constructor(
    readonly back: Back,
    readonly contexts: Contexts,
    readonly send: (question: string, request: Message) => void,
  ) {}

  ask(context: string, number: number, question: string): void {
    const request = this.contexts.find(context)?.stdin;
    if (!request) return this.back.answer({ number, refused: refusal });
    this.#number = number;
    this.send(question, request);
  }

  /** A message on stdin. */
  reply({ header, content }: Message): void {
    if (header.msg_type !== 'input_reply' || this.#number === undefined) return;
    this.back.answer({ number: this.#number, value: String(content['value'] ?? '') });
    this.#number = undefined;
  }
}
