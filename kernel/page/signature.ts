// What is called, shown while its arguments are typed: from `(` or `,` until `)`, Escape, or a step elsewhere.
import { type Extension, StateEffect, StateField } from '@codemirror/state';
import { EditorView, keymap, showTooltip, type Tooltip } from '@codemirror/view';

const show = StateEffect.define<Tooltip | null>();

const shown = StateField.define<Tooltip | null>({
  create: () => null,
  update(tooltip, { effects, docChanged, selection }) {
    for (const effect of effects) if (effect.is(show)) return effect.value;
    return selection && !docChanged ? null : tooltip;
  },
  provide: (field) => showTooltip.from(field),
});

export function tooltipOf(pos: number, text: string | undefined): Tooltip | null {
  if (!text) return null;
  const dom = Object.assign(document.createElement('pre'), { textContent: text, className: 'hover' });
  return { pos, create: () => ({ dom }) };
}

/** Of a function's page: its type, the first paragraph, and the fields of its options. */
const brief = (text: string): string =>
  text
    .split('\n\n')
    .filter((part, k) => k < 2 || /^\w+:\n {2}/.test(part))
    .join('\n\n');

/** `inspect`: what the kernel says of a place. */
export function signatureHelp(
  inspect: (view: EditorView, at: number) => Promise<string | undefined>,
): Extension {
  const hide = (view: EditorView): boolean => {
    const isShown = view.state.field(shown) !== null;
    if (isShown) view.dispatch({ effects: show.of(null) });
    return isShown;
  };
  const typed = EditorView.inputHandler.of((view, _from, _to, text) => {
    if (!/[(,)]$/.test(text)) return false;
    setTimeout(async () => {
      const { head } = view.state.selection.main;
      const text = await inspect(view, head); // after `)`: of the call around
      const tooltip = tooltipOf(head, text && brief(text));
      if (view.state.selection.main.head === head) {
        view.dispatch({ effects: show.of(tooltip && { ...tooltip, above: true }) });
      }
    });
    return false;
  });
  return [
    shown,
    typed,
    EditorView.domEventHandlers({ blur: (_event, view) => void hide(view) }),
    keymap.of([{ key: 'Escape', run: hide }]),
  ];
}
