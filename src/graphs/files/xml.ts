// An XML text as elements with their lines, by saxes, which reads no other files, whatever the text's DTD
// says.
import { SaxesParser } from 'saxes';

export interface Element {
  readonly name: string;
  readonly line: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  /** Its own text, without that of its children. */
  text: string;
}

/**
 * The root element of a well-formed text.
 * @param refuse called with the line and the fault of one that is not
 */
export function readXml(text: string, refuse: (line: number, fault: string) => never): Element {
  const parser = new SaxesParser({ xmlns: false, position: true });
  const open: Element[] = [];
  let root: Element | undefined;
  parser.on('error', ({ message }) =>
    refuse(parser.line, message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')),
  );
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, line: parser.line, attributes, children: [], text: '' };
    root ??= element;
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  const add = (words: string): void => {
    const element = open.at(-1);
    if (element) element.text += words;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(text).close();
  return root ?? refuse(1, 'no element');
}
