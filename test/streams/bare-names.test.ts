import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const SWAPPED = 'ReadableStream|TransformStream|TextDecoderStream|TextEncoderStream';
/** As a value: built, inherited from, compared with or asked for a static. A type stands after a colon, in angle brackets or after `typeof`. */
const AS_VALUE = new RegExp(
  `\\b(?:new|extends|instanceof)\\s+(?:${SWAPPED})\\b|(?<![\\w.'"]|typeof )(?:${SWAPPED})\\s*(?:\\.|!==|===|\\))`,
);

/** The switch itself asks what the names mean; the byte pipe's fallback is for Node alone, where nothing is swapped. */
const MAY = new Set(['src/streams/is-switched-on.ts', 'src/http/byte-pipe.ts']);

const sources = globSync('src/**/*.ts')
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.startsWith('src/pages/') && !MAY.has(file));

test.each(sources)('%s means no stream class by a name that the bundler swaps', (file) => {
  const code = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  expect(code.split('\n').filter((line) => AS_VALUE.test(line))).toEqual([]);
});

test.each([
  'return new ReadableStream({',
  'class Lines extends TransformStream {',
  'if (body instanceof ReadableStream) {',
  'const stream = ReadableStream.from(parts);',
  'pipeThrough(makeBy(TextDecoderStream))',
])('the check finds: %s', (line) => expect(AS_VALUE.test(line)).toBe(true));

test.each([
  'function read(body: ReadableStream<Uint8Array> | null) {',
  'return new MemoryReadableStream({',
  'new platformStreams.TransformStream({',
  "Reflect.get(globalThis, 'ReadableStream')",
  'found as typeof ReadableStream;',
])('the check passes over: %s', (line) => expect(AS_VALUE.test(line)).toBe(false));
