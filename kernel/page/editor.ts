// A cell's editor: TypeScript in colours; completion, hover and what is called from the kernel's compiler.
import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { bracketMatching, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { drawSelection, EditorView, hoverTooltip, keymap } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import type { Lab } from './lab.js';
import { signatureHelp, tooltipOf } from './signature.js';

const ofType: Readonly<Record<string, string>> = {
  var: 'variable',
  let: 'variable',
  const: 'constant',
  alias: 'variable',
};

/** `run` runs the cell; `further`: and goes to the next one. */
export function editor(code: string, label: string, lab: Lab, run: (further: boolean) => void): EditorView {
  const complete = async (context: CompletionContext): Promise<CompletionResult | null> => {
    if (!context.explicit && !context.matchBefore(/[\p{ID_Continue}$.]$/u)) return null;
    const { start, end, matches } = await lab.compilerAsk(
      'complete',
      context.state.doc.toString(),
      context.pos,
    );
    const options = matches.map(({ text, type }) => ({ label: text, type: ofType[type] ?? type }));
    return { from: start, to: end, options, validFor: /^[\p{ID_Continue}$]*$/u };
  };
  const inspect = (view: EditorView, pos: number): Promise<string | undefined> =>
    lab.compilerAsk('inspect', view.state.doc.toString(), pos);
  const keys = [
    { key: 'Shift-Enter', run: () => (run(true), true) },
    { key: 'Mod-Enter', run: () => (run(false), true) },
    ...completionKeymap,
    ...historyKeymap,
    ...defaultKeymap,
    indentWithTab,
  ];
  return new EditorView({
    doc: code,
    extensions: [
      history(),
      drawSelection(),
      bracketMatching(),
      indentUnit.of('  '),
      javascript({ typescript: true }),
      syntaxHighlighting(classHighlighter),
      autocompletion({ override: [complete] }),
      hoverTooltip(async (view, pos) => tooltipOf(pos, await inspect(view, pos)), { hoverTime: 400 }),
      signatureHelp(inspect),
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
      keymap.of(keys),
    ],
  });
}
