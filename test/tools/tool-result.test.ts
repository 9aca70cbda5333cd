import { expect, test } from 'vitest';
import { modelOutput } from '../../src/tools/model-output.ts';
import { readToolResult } from '../../src/tools/tool-result.ts';

const base64 = (bytes: number) => Buffer.alloc(bytes).toString('base64');
const text = (text: string) => ({ type: 'text', text });

test('texts share one limit, and what was cut is said', () => {
  const result = readToolResult({ content: [text('a'.repeat(60_000)), text('b'.repeat(60_000)), text('c')] });
  expect(result.content).toEqual([
    text('a'.repeat(60_000)),
    text(`${'b'.repeat(5536)}\n[cut: 5536 of 60000 characters]`),
    text('\n[cut: 0 of 1 characters]'),
  ]);
});

test('a cut does not leave half a character', () => {
  const [part] = readToolResult({ content: [text(`${'a'.repeat(65_535)}🧾`)] }).content;
  expect(part).toEqual(text(`${'a'.repeat(65_535)}\uFFFD\n[cut: 65536 of 65537 characters]`));
});

test('images, sounds and files are carried while they are small, and named when they are not', () => {
  const small = { type: 'image', data: base64(1000), mimeType: 'image/png' };
  const large = { type: 'audio', data: base64(300 * 1024), mimeType: 'audio/wav' };
  const file = { type: 'resource', resource: { uri: 'file:///a.bin', blob: base64(300 * 1024) } };
  expect(readToolResult({ content: [small, large, file] }).content).toEqual([
    small,
    text('[audio/wav, 300 KiB, not shown]'),
    text('[file:///a.bin, unknown type, 300 KiB, not shown]'),
  ]);
});

test('data that is too large, and parts of an unknown kind, are left out', () => {
  const result = readToolResult({
    content: [text('kept'), { type: 'video' }, null],
    structuredContent: { a: 'x'.repeat(70_000) },
  });
  expect(result).toEqual({ content: [text('kept')] });
});

test('a model reads text as text, and data when there is no text', () => {
  expect(modelOutput(readToolResult({ content: [text('a'), text('b')], structuredContent: { c: 1 } }))).toEqual({
    type: 'text',
    value: 'a\nb',
  });
  expect(modelOutput(readToolResult({ content: [], structuredContent: { c: 1 } }))).toEqual({
    type: 'text',
    value: '{"c":1}',
  });
});

test('a model sees images, hears sounds, and reads what else there is', () => {
  const content = [
    { type: 'image', data: 'AAAA', mimeType: 'image/png' },
    { type: 'audio', data: 'AAAA', mimeType: 'audio/wav' },
    { type: 'resource', resource: { uri: 'file:///a.md', text: '# A' } },
    { type: 'resource', resource: { uri: 'file:///b.png', mimeType: 'image/png', blob: 'BBBB' } },
    { type: 'resource', resource: { uri: 'file:///c.zip', mimeType: 'application/zip', blob: 'CCCC' } },
    { type: 'resource_link', uri: 'https://a.example/b', name: 'B' },
  ];
  expect(modelOutput(readToolResult({ content }))).toEqual({
    type: 'content',
    value: [
      { type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'AAAA' } },
      { type: 'file', mediaType: 'audio/wav', data: { type: 'data', data: 'AAAA' } },
      text('file:///a.md\n# A'),
      { type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'BBBB' } },
      text('[file:///c.zip, application/zip]'),
      text('[B](https://a.example/b)'),
    ],
  });
});

test('an error of the tool is an error for the model', () => {
  expect(modelOutput(readToolResult({ isError: true, content: [text('No such page')] }))).toEqual({
    type: 'error-text',
    value: 'No such page',
  });
});

test('an output that is not ours, as a stored message may hold, is read as JSON', () => {
  expect(modelOutput({ temperature: 21 })).toEqual({ type: 'text', value: '{"temperature":21}' });
  expect(modelOutput(undefined)).toEqual({ type: 'text', value: '' });
});
