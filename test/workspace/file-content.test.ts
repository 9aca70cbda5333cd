import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64, toBase64 } from '../../src/workspace/base64.ts';
import { bytesOf, contentOf, guessMediaType, textContent } from '../../src/workspace/file-content.ts';

test('any bytes are text or not, and come back as they were', () => {
  const bytes = fc.oneof(
    fc.uint8Array(),
    fc.string({ unit: 'grapheme' }).map((text) => new TextEncoder().encode(text)),
  );
  fc.assert(
    fc.property(bytes, (bytes) => {
      const content = contentOf(bytes);
      expect([...bytesOf(content)]).toEqual([...bytes]);
      expect(content.kind === 'text' && content.text.includes('\u0000')).toBe(false);
    }),
  );
});

test.each([
  ['plain', 'plain'],
  ['\ufeffmarked', '\ufeffmarked'],
  ['half \ud83d', 'half \ufffd'],
])('%j is the text %j', (text, stored) => {
  expect(textContent(text)).toEqual({ kind: 'text', text: stored });
});

test('text with a NUL, which Postgres refuses, is kept as bytes', () => {
  expect(textContent('a\u0000b')).toEqual({ kind: 'bytes', bytes: Uint8Array.of(97, 0, 98) });
});

test('base64 comes back as it was, also with line breaks; anything else is none', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const broken = toBase64(bytes).replaceAll(/.{7}/g, '$&\n');
      expect([...(fromBase64(broken) ?? [])]).toEqual([...bytes]);
    }),
  );
  expect(['a', 'ab=c', '####', 'YQ', 'YQ='].map(fromBase64)).toEqual([null, null, null, null, null]);
});

test.each([
  ['a/photo.PNG', Uint8Array.of(0), 'image/png'],
  ['notes.md', Uint8Array.of(97), 'text/markdown'],
  ['x.constructor', Uint8Array.of(97), 'text/plain'],
  ['data', Uint8Array.of(255), 'application/octet-stream'],
])('%s is taken for what its ending or its bytes say', (path, bytes, mediaType) => {
  expect(guessMediaType(path, contentOf(bytes))).toBe(mediaType);
});
