import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { simulateReadableStream } from 'ai';
import { MockLanguageModelV4 } from 'ai/test';
import { expect, test } from 'vitest';
import { openAttempt } from '../../src/model/open-attempt.ts';
import { UnfinishedAnswerError } from '../../src/model/provider-errors.ts';
import { manualClock } from '../fakes/manual-clock.ts';

type Part = LanguageModelV4StreamPart;

const ANNOUNCED: Part[] = [
  { type: 'stream-start', warnings: [] },
  { type: 'response-metadata', id: 'r' },
  { type: 'custom', kind: 'vendor.start' },
  { type: 'text-start', id: '1' },
  { type: 'text-delta', id: '1', delta: '' },
];
const WORD: Part = { type: 'text-delta', id: '1', delta: 'Hello' };
const BROKEN: Part = { type: 'error', error: new Error('overloaded') };
const finish = (unified: 'stop' | 'interrupted' | 'error'): Part => ({
  type: 'finish',
  finishReason: { unified, raw: undefined },
  usage: { inputTokens: NONE, outputTokens: NONE },
});
const NONE = { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0, text: 0, reasoning: 0 };

function attempt(chunks: Part[]) {
  const model = new MockLanguageModelV4({ doStream: { stream: simulateReadableStream({ chunks }) } });
  const timeouts = { headersMs: 1, firstTokenMs: 1, stallMs: 1 };
  return openAttempt(model, { prompt: [] }, timeouts, manualClock());
}

test('what announces an answer is held, so that a failure after it can still be made good', async () => {
  await expect(attempt([...ANNOUNCED, BROKEN])).rejects.toThrow('overloaded');
});

test.each([
  ['nothing more comes', []],
  ['the provider was interrupted', [finish('interrupted')]],
  ['the provider gave up', [finish('error')]],
])('an answer without a word is a failure when %s', async (_name, last) => {
  await expect(attempt([...ANNOUNCED, ...last])).rejects.toThrow(UnfinishedAnswerError);
});

test.each([
  ['a word', WORD],
  ['a proper end', finish('stop')],
])('%s opens the answer, with all that was held before it', async (_name, part) => {
  const { parts } = await attempt([...ANNOUNCED, part, BROKEN]);
  const seen: Part[] = [];
  for await (const one of parts) seen.push(one);
  expect(seen).toEqual([...ANNOUNCED, part, BROKEN]);
});
