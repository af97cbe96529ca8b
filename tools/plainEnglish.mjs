// Lint: comments and error texts of src and kernel say "a text that is not a graph", never "one that is none".
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

const gap = String.raw`(?:\s+(?:(?://|\*) ?)?)`; // a phrase may go on in the next line of a comment
const phrases = [
  String.raw`(?:that|which|what|whose \w+) (?:is|are|was|were) (?:no|none)\b(?! longer)`,
  String.raw`(?:who lacks|what has no)\b`,
];
const strange = new RegExp(String.raw`\b(?:${phrases.join('|')})`.replaceAll(' ', gap), 'g');

for (const room of ['src', 'kernel']) {
  for (const name of readdirSync(join(root, room), { recursive: true })) {
    if (!name.endsWith('.ts')) continue;
    const text = readFileSync(join(root, room, name), 'utf8');
    for (const { 0: phrase, index } of text.matchAll(strange)) {
      const place = `${room}/${name}:${text.slice(0, index).split('\n').length}`;
      console.error(`${place}: "${phrase.replace(/\s+(?:[/*]+ )?/g, ' ')}"; say plainly what it is not`);
      process.exitCode = 1;
    }
  }
}
