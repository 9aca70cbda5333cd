import type { LanguageModelV4Message } from '@ai-sdk/provider';
import { expect, test } from 'vitest';
import { gateMedia } from '../../src/model/gate-media.ts';

const file = (mediaType: string) => ({
  type: 'file' as const,
  mediaType,
  data: { type: 'data' as const, data: 'aGk=' },
});
const text = (text: string) => ({ type: 'text' as const, text });
const note = (mediaType: string) => text(`[${mediaType}, not shown: this model does not take it]`);
const user = (...content: (ReturnType<typeof file> | ReturnType<typeof text>)[]): LanguageModelV4Message => ({
  role: 'user',
  content,
});
const result = (...value: (ReturnType<typeof file> | ReturnType<typeof text>)[]): LanguageModelV4Message => ({
  role: 'tool',
  content: [{ type: 'tool-result', toolCallId: 'c', toolName: 't', output: { type: 'content', value } }],
});

test('a model gets the media that it takes, and a note for any other', () => {
  const said = user(text('look'), file('image/png'), file('audio/wav'), file('application/pdf'));
  expect(gateMedia([said], ['image', 'application/pdf'])).toEqual([
    user(text('look'), file('image/png'), note('audio/wav'), file('application/pdf')),
  ]);
  expect(gateMedia([user(file('imagery/png'), file('application/pdfx'))], ['image', 'application/pdf'])).toEqual([
    user(note('imagery/png'), note('application/pdfx')),
  ]);
});

test('results of tools keep what is taken, and become text when nothing is', () => {
  const given = result(text('see'), file('image/png'), file('audio/wav'));
  expect(gateMedia([given], ['image'])).toEqual([result(text('see'), file('image/png'), note('audio/wav'))]);
  expect(gateMedia([given], [])).toMatchObject([
    {
      content: [{ output: { type: 'text', value: `see\n${note('image/png').text}\n${note('audio/wav').text}` } }],
    },
  ]);
});

test('everything else is left as it is', () => {
  const messages: LanguageModelV4Message[] = [
    { role: 'system', content: 'be kind' },
    { role: 'assistant', content: [text('hi'), { type: 'tool-call', toolCallId: 'c', toolName: 't', input: {} }] },
    {
      role: 'tool',
      content: [{ type: 'tool-result', toolCallId: 'c', toolName: 't', output: { type: 'json', value: 1 } }],
    },
  ];
  expect(gateMedia(messages, [])).toEqual(messages);
});
