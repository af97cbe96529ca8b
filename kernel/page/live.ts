// A notebook's page comes to life: cells become editors, and run one after the other.
import type { EditorView } from '@codemirror/view';
import type { Output } from '../back/protocol.js';
import { editor } from './editor.js';
import { Lab } from './lab.js';
import { Outputs } from './outputs.js';
import { addRecompute } from './recompute.js';
import { codeOfLink, linkWith, offerFiles } from './sharing.js';
import { Widgets } from './widgets.js';

interface Cell {
  readonly view: EditorView;
  readonly outputs: Outputs;
  readonly state: HTMLElement;
}

const button = (textContent: string, onclick: () => void): HTMLButtonElement =>
  Object.assign(document.createElement('button'), { textContent, onclick, type: 'button' });

/** Replaces the stored cells by live ones, and runs them all. */
export async function goLive(tools: HTMLElement, root: URL): Promise<void> {
  const assets = new URL('assets/', root);
  const cells = new Map<string, Cell>();
  /** The outputs that a context's messages belong to: a cell's, or those of the widget that caused them. */
  const outputsOf = (context: string): Outputs | undefined =>
    cells.get(context)?.outputs ?? cells.get(last)?.outputs;
  let last = '';
  const lab = new Lab(assets, {
    output: (context, output) => {
      if (output.type.startsWith('comm_')) widgets.receive(output);
      else outputsOf(context)?.show(output);
    },
    gone: () => {
      for (const { state } of cells.values()) state.textContent = '';
      status.textContent = 'Variables are gone: run the cells again.';
    },
  });
  const widgets: Widgets = new Widgets(
    (request) => lab.tell(request),
    (at, outputs: readonly Output[]) => {
      const inner = new Outputs(at, widgets, assets);
      inner.clear();
      for (const output of outputs) {
        if (output.type === 'error') inner.fail(output.content['traceback'] as string[]);
        else inner.show(output);
      }
    },
  );

  const queue: string[] = [];
  const dropQueue = (): void => {
    for (const waiting of queue.splice(0)) cells.get(waiting)!.state.textContent = '';
  };
  let running: Promise<void> | undefined;
  const run = (ids: readonly string[]): Promise<void> => {
    queue.push(...ids);
    for (const id of ids) cells.get(id)!.state.textContent = 'waits';
    return (running ??= work().finally(() => (running = undefined)));
  };
  const work = async (): Promise<void> => {
    stop.disabled = false;
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      const { view, outputs, state } = cells.get((last = id))!;
      state.textContent = 'runs …';
      status.textContent = `Running cell ${id}.`;
      outputs.age();
      const began = performance.now();
      const ran = await lab.run(view.state.doc.toString(), id);
      outputs.renew();
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      state.textContent = ran.status === 'ok' ? `[${ran.count}] ${seconds} s` : `[${ran.count}] failed`;
      if (ran.status === 'error') {
        outputs.fail(ran.traceback);
        dropQueue();
        status.textContent = `Cell ${id} failed: ${ran.evalue.split('\n', 1)[0]}`;
      } else status.textContent = 'Ready.';
    }
    stop.disabled = true;
  };
  const own = document.createElement('section');
  own.className = 'code';
  own.dataset['cell'] = 'yours';
  own.innerHTML = '<pre class="source"></pre><div class="outputs"></div>';
  document.querySelector('main')!.append(own);
  for (const section of document.querySelectorAll<HTMLElement>('section.code')) {
    const id = section.dataset['cell']!;
    const source = section.querySelector('pre.source')!;
    const outputs = new Outputs(section.querySelector<HTMLElement>('.outputs')!, widgets, assets);
    const next = (): void => {
      const ids = [...cells.keys()];
      cells.get(ids[ids.indexOf(id) + 1] ?? id)!.view.focus();
    };
    const view = editor(id === 'yours' ? codeOfLink() : source.textContent, `cell ${id}`, lab, (further) => {
      void run([id]);
      if (further) next();
    });
    const state = document.createElement('span');
    const bar = document.createElement('div');
    bar.className = 'cellbar';
    bar.append(
      button('▶', () => void run([id])),
      state,
    );
    bar.firstElementChild!.setAttribute('aria-label', `run cell ${id}`);
    const frame = document.createElement('div');
    frame.className = 'editor';
    frame.append(view.dom);
    source.replaceWith(bar, frame);
    cells.set(id, { view, outputs, state });
  }
  const { view: ownView, state: ownState } = cells.get('yours')!;
  ownState.textContent = codeOfLink()
    ? 'this text came with the link, and has not run'
    : 'a cell of your own';
  const link = button('Link', () => {
    const address = linkWith(ownView.state.doc.toString());
    history.replaceState(null, '', address);
    void navigator.clipboard?.writeText(address);
    ownState.textContent = 'the address of this page has your cell now';
  });
  ownState.before(link);
  const texts = (): Map<string, string> =>
    new Map([...cells].map(([id, { view }]) => [id, view.state.doc.toString()]));
  offerFiles(tools.querySelectorAll('a[download]'), texts);

  const stop = button('Stop', () => {
    dropQueue();
    void lab.stop();
  });
  stop.disabled = true;
  const status = Object.assign(document.createElement('span'), { id: 'status', role: 'status' });
  const all = (): Promise<void> => run([...cells.keys()].filter((id) => id !== 'yours'));
  const again = button('Run all', () => void all());
  const restart = button('Restart', () => {
    dropQueue();
    void lab.restart();
  });
  const controls = document.createElement('div');
  controls.className = 'tools controls';
  controls.append(again, stop, restart, status);
  tools.before(controls);
  addRecompute(
    tools,
    [...cells.values()].map(({ view }) => view),
    all,
  );
  await all();
}
