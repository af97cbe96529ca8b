import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { fc } from '../property.js';
import { matches } from '../../kernel/front/history.js';
import { toCodePoints, toUnits } from '../../kernel/wire/codePoints.js';
import {
  BadMessage,
  type Message,
  Signatures,
  decode,
  encode,
  headerFactory,
} from '../../kernel/wire/message.js';
import { SendQueue } from '../../kernel/wire/sendQueue.js';

const header = headerFactory('s');

const message = (parts: Partial<Message> = {}): Message => ({
  identities: [],
  header: header('t'),
  parent: {},
  metadata: {},
  content: {},
  buffers: [],
  ...parts,
});

test('a message survives the wire: identities, content in any language, binary buffers', () => {
  const bytes = fc.uint8Array({ maxLength: 40 });
  fc.assert(
    fc.property(
      fc.array(bytes, { maxLength: 3 }),
      fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()),
      fc.array(bytes),
      fc.string(),
      (identities, content, buffers, key) => {
        const sent = message({
          identities: identities.map((frame) => Buffer.from(frame)),
          content: JSON.parse(JSON.stringify(content)),
        });
        sent.buffers = buffers.map((frame) => Buffer.from(frame));
        assert.deepEqual(decode(encode(sent, key), key), sent);
      },
    ),
    { seed: 1, numRuns: 200 },
  );
});

test('the signature covers the four JSON frames and no buffer', () => {
  const frames = encode(message({ buffers: [Buffer.from('binary')] }), 'key');
  const [, signature, ...rest] = frames;
  const hmac = createHmac('sha256', 'key');
  for (const frame of rest.slice(0, 4)) hmac.update(frame);
  assert.equal(Buffer.from(signature!).toString(), hmac.digest('hex'));
});

test('what is forged or malformed is refused by name', () => {
  const frames = encode(message(), 'key');
  const changed = (at: number, text: string): Uint8Array[] =>
    frames.map((frame, i) => (i === at ? Buffer.from(text) : frame));
  assert.throws(() => decode(frames, 'other'), new BadMessage('wrong signature'));
  assert.throws(() => decode(changed(5, '{"a":1}'), 'key'), new BadMessage('wrong signature'));
  assert.throws(() => decode(changed(1, ''), 'key'), new BadMessage('wrong signature'));
  assert.throws(() => decode(frames.slice(1), 'key'), BadMessage);
  assert.throws(() => decode(frames.slice(0, 4), 'key'), BadMessage);
  assert.throws(() => decode([], 'key'), BadMessage);
  assert.throws(() => decode(changed(5, '[]'), ''), new BadMessage('a frame is not a JSON object'));
  assert.throws(() => decode(changed(5, '{'), ''), new BadMessage('a frame is not JSON'));
  assert.throws(() => decode(changed(2, '{}'), ''), new BadMessage('header has no msg_id'));
});

test('a signed message that comes again is refused, whoever sends it; an unsigned one is not', () => {
  const known = new Signatures();
  const [first, second] = [encode(message(), 'key'), encode(message(), 'key')];
  for (const frames of [first, second]) decode(frames, 'key', known);
  const again = new BadMessage('its signature has come before');
  assert.throws(() => decode(first, 'key', known), again);
  assert.throws(() => decode([Buffer.from('another identity'), ...second], 'key', known), again);
  const unsigned = encode(message(), '');
  for (let i = 0; i < 2; i++) decode(unsigned, '', known);
});

test('history patterns: stars and question marks, in a time that grows with the text', () => {
  assert.ok(['*', '**', 'a*', '*b', 'a?b', '*x*b', '???'].every((glob) => matches('axb', glob)));
  assert.ok(matches('', '') && matches('', '*') && matches('a\nb', 'a*b'));
  assert.ok(['', 'a', 'a?', 'b*', '*a', '????', '*x*x*', 'a.b'].every((glob) => !matches('axb', glob)));
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 12 });
  const globs = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
  fc.assert(
    fc.property(letters, globs, (text, glob) => {
      const pattern = new RegExp(`^${glob.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`);
      assert.equal(matches(text, glob), pattern.test(text));
    }),
    { seed: 3, numRuns: 500 },
  );
  const began = performance.now();
  assert.ok(!matches('a'.repeat(1e5), `${'*a'.repeat(100)}*b`));
  assert.ok(performance.now() - began < 500, `${performance.now() - began} ms`);
});

test('cursor positions: code points on the wire, UTF-16 units inside', () => {
  assert.equal(toUnits('a😀b', 2), 3);
  assert.equal(toCodePoints('a😀b', 3), 2);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (text, at) => {
      const codePoints = at % ([...text].length + 1);
      assert.equal(toUnits(text, codePoints), [...text].slice(0, codePoints).join('').length);
      assert.equal(toCodePoints(text, toUnits(text, codePoints)), codePoints);
    }),
    { seed: 2 },
  );
});

test('the queue sends one message at a time, in order, and merges prints of one cell', async () => {
  const sent: string[] = [];
  let sending = 0;
  const queue = new SendQueue(async ({ header: { msg_type: type }, content }) => {
    assert.equal(++sending, 1, 'one send at a time');
    await new Promise(setImmediate);
    sending--;
    sent.push(`${type}:${String(content['text'] ?? '')}`);
  });
  const parent = header('execute_request');
  const print = (name: string, text: string): void =>
    queue.push(message({ header: header('stream'), parent, content: { name, text } }));
  for (let i = 0; i < 2000; i++) print('stdout', 'x');
  print('stderr', 'y');
  print('stdout', 'z');
  queue.push(message({ header: header('status') }));
  await queue.flush();
  assert.equal(sent.at(-1), 'status:');
  assert.equal(sent.join('').replaceAll('stream:', ''), `${'x'.repeat(2000)}yzstatus:`);
  assert.ok(sent.length < 10, `${sent.length} messages`);
});
