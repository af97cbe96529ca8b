// Comments of the source as Markdown: averages <H>, shapes [N] and m* are not markup. In the first lines of a
// file prose flows, and what is indented (equations) stays as it is.
import { readFileSync } from 'node:fs';

/**
 * Takes from the signs in a docstring the meaning that Markdown and HTML give to them; tables and `code`
 * stay.
 */
export function escapeSigns({ summary, blockTags }) {
  for (const part of [...summary, ...blockTags.flatMap(({ content }) => content)]) {
    if (part.kind === 'text') part.text = part.text.replace(/[<*[]/g, '\\$&');
  }
}

/** The parts of a typedoc comment up to the end of its first sentence. */
export function firstSentence(parts) {
  const last = parts.findIndex(({ kind, text }) => kind === 'text' && ends.test(text));
  if (last < 0) return parts;
  const { text } = parts[last];
  return [
    ...parts.slice(0, last),
    { kind: 'text', text: text.slice(0, ends.exec(text).index).replace(/;$/, '.') },
  ];
}
const ends = /(?<=[^. ][.;])\s|\n\n/;

/** The `//` lines at the head of a file, without the slashes. */
export const firstLines = (file) =>
  /^(\/\/.*\n)*/
    .exec(readFileSync(file, 'utf8'))[0]
    .replace(/^\/\/ ?/gm, '')
    .trimEnd();

/** Parts of a typedoc comment; none where the lines have neither an equation nor a source. */
export function equations(file) {
  const text = firstLines(file);
  if (!/^ {2,}|\bdoi\b|Sources?:/im.test(text)) return [];
  return text.split('\n').reduce(join, []).flatMap(part);
}

/** Neighbouring lines of one kind are one block. */
function join(blocks, line) {
  const isEquation = /^ {2,}/.test(line);
  const last = blocks.at(-1);
  if (last?.isEquation === isEquation && line.trim() !== '') last.lines.push(line);
  else if (line.trim() !== '') blocks.push({ isEquation, lines: [line] });
  return blocks;
}

function part({ isEquation, lines }) {
  return isEquation
    ? [
        { kind: 'code', text: `\`\`\`text\n${lines.join('\n')}\n\`\`\`` },
        { kind: 'text', text: '\n\n' },
      ]
    : [{ kind: 'text', text: `${plain(lines.join(' '))}\n\n` }];
}

/** Without the meaning that Markdown gives to signs; `code` stays, and a DOI is a link. */
const plain = (text) =>
  text
    .split(/(`[^`]*`|\b(?:doi:|DOI )10\.\d+\/[^\s,;]*[^\s,;.)])/)
    .map((piece, k) => (k % 2 ? kept(piece) : escaped(piece)))
    .join('');
const kept = (piece) =>
  piece.startsWith('`') ? piece : `[doi:${escaped(doiOf(piece))}](https://doi.org/${doiOf(piece)})`;
const doiOf = (piece) => piece.replace(/^doi:|^DOI /, '');
const escaped = (text) => text.replace(/[\\*_<>[\]|#~^]/g, '\\$&');
