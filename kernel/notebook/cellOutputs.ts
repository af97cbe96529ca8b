// A cell's iopub messages as nbformat outputs: merges neighbouring prints, updates displays in place
// (also those of earlier cells), applies clear_output.
import type { CellError, MimeBundle } from '../wire/content.js';
import type { Json, Message } from '../wire/message.js';
import type { DisplayOutput, NotebookOutput, ResultOutput } from './notebookFile.js';

/** All outputs of one execution that carry a display id. */
export type DisplayRegistry = Map<string, (DisplayOutput | ResultOutput)[]>;

export class CellOutputs {
  readonly outputs: NotebookOutput[] = [];
  #clearNext = false;

  constructor(readonly displays: DisplayRegistry) {}

  add({ header, content }: Message): void {
    switch (header.msg_type) {
      case 'stream':
        return this.#print(String(content['name']), String(content['text']));
      case 'display_data':
        return this.#show({ output_type: 'display_data', ...bundle(content) }, content);
      case 'execute_result': {
        const execution_count = Number(content['execution_count']);
        return this.#show({ output_type: 'execute_result', ...bundle(content), execution_count }, content);
      }
      case 'update_display_data':
        for (const output of this.displays.get(displayId(content) ?? '') ?? [])
          Object.assign(output, bundle(content));
        return;
      case 'error': {
        const { ename, evalue, traceback } = content as Json & CellError;
        return this.#append({ output_type: 'error', ename, evalue, traceback });
      }
      case 'clear_output':
        if (content['wait'] === true) this.#clearNext = true;
        else this.outputs.length = 0;
    }
  }

  #append(output: NotebookOutput): void {
    if (this.#clearNext) this.outputs.length = 0;
    this.#clearNext = false;
    this.outputs.push(output);
  }

  #show(output: DisplayOutput | ResultOutput, content: Json): void {
    this.#append(output);
    const id = displayId(content);
    if (id !== undefined) this.displays.set(id, [...(this.displays.get(id) ?? []), output]);
  }

  #print(name: string, text: string): void {
    const last = this.#clearNext ? undefined : this.outputs.at(-1);
    if (last?.output_type === 'stream' && last.name === name) last.text = appendText(last.text, text);
    else this.#append({ output_type: 'stream', name, text: appendText('', text) });
  }
}

/**
 * The visible text after one more print. Only the last line of the earlier text can change, if it ends in a
 * carriage return.
 */
function appendText(earlier: string, text: string): string {
  if (!text.includes('\r') && !earlier.endsWith('\r')) return earlier + text;
  const last = earlier.lastIndexOf('\n') + 1;
  const lines = (earlier.slice(last) + text).split('\n');
  return earlier.slice(0, last) + lines.map(visibleLine).join('\n');
}

/** A carriage return moves the cursor back: later text on the line replaces earlier text. */
function visibleLine(line: string): string {
  let end = line.length;
  while (line[end - 1] === '\r') end--; // nothing follows
  return end === 0 ? line : line.slice(line.lastIndexOf('\r', end - 1) + 1);
}

function bundle(content: Json): MimeBundle {
  return { data: content['data'] as Json, metadata: (content['metadata'] ?? {}) as Json };
}

function displayId(content: Json): string | undefined {
  const id = (content['transient'] as Json | undefined)?.['display_id'];
  return typeof id === 'string' ? id : undefined;
}
