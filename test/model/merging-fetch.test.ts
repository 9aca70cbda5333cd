import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogle } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModelV4, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeArrival, mergingFetch } from '../../src/model/merging-fetch.ts';
import { mergeEvents } from '../../src/model/merge-events.ts';
import { providerEvents } from '../streams/sdk/provider-events.ts';

type Vendor = keyof typeof providerEvents;
type Fetch = typeof globalThis.fetch;

const baseURL = 'http://provider.test/v1';
const MODELS: Record<Vendor, (send: Fetch) => LanguageModelV4> = {
  compatible: (send) => createOpenAICompatible({ name: 'compatible', baseURL, fetch: send })('m'),
  openai: (send) => createOpenAI({ baseURL, apiKey: 'key', fetch: send })('gpt-5'),
  anthropic: (send) => createAnthropic({ baseURL, apiKey: 'key', fetch: send })('claude-haiku-4-5'),
  google: (send) => createGoogle({ baseURL, apiKey: 'key', fetch: send, generateId: () => 'id' })('gemini'),
};
const VENDORS = ['compatible', 'openai', 'anthropic', 'google'] as const;

/** The provider's events with each piece of text said several times, as server-sent events. */
function script(vendor: Vendor, times: number, lineEnd: string): string {
  const isText = (event: object): boolean =>
    /"(content|text|thinking|delta)":"[^"]|text_delta/.test(JSON.stringify(event)) && !('item' in event);
  const events: object[] = providerEvents[vendor];
  return events
    .flatMap((event) => Array.from({ length: isText(event) ? times : 1 }, () => event))
    .map((event) => {
      const name = vendor === 'anthropic' && 'type' in event ? `event: ${String(event.type)}${lineEnd}` : '';
      return `${name}data: ${JSON.stringify(event)}${lineEnd}${lineEnd}`;
    })
    .join('');
}

/** Answers with the text in pieces of so many bytes. */
function inPieces(text: string, size: number): Fetch {
  const bytes = new TextEncoder().encode(text);
  return () => {
    let at = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at >= bytes.length) return controller.close();
        controller.enqueue(bytes.subarray(at, (at += size)));
      },
    });
    return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
  };
}

/** What a model says, with neighbouring pieces of one text joined. */
async function answer(model: LanguageModelV4): Promise<LanguageModelV4StreamPart[]> {
  const { stream } = await model.doStream({ prompt: [{ role: 'user', content: [{ type: 'text', text: 'q' }] }] });
  const parts: LanguageModelV4StreamPart[] = [];
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const [part, last] = [next.value, parts.at(-1)];
    if (part.type === 'response-metadata') continue;
    if (last && 'delta' in last && 'delta' in part && last.type === part.type && last.id === part.id)
      last.delta += part.delta;
    else parts.push({ ...part });
  }
  return parts;
}

describe('a provider says the same with events merged', () => {
  test.each(VENDORS)('%s', async (vendor) => {
    const inputs = fc.record({
      times: fc.integer({ min: 1, max: 60 }),
      size: fc.integer({ min: 500, max: 20_000 }),
      lineEnd: fc.constantFrom('\n', '\r\n'),
    });
    await fc.assert(
      fc.asyncProperty(inputs, async ({ times, size, lineEnd }) => {
        const text = script(vendor, times, lineEnd);
        const plain = await answer(MODELS[vendor](inPieces(text, size)));
        expect(await answer(MODELS[vendor](mergingFetch(inPieces(text, size))))).toEqual(plain);
      }),
      { numRuns: 40 },
    );
  });

  test.each(VENDORS)('%s: and in far fewer events', (vendor) => {
    const text = script(vendor, 100, '\n');
    const count = (events: string): number => events.split('\n\n').length - 1;
    expect(count(mergeEvents(text))).toBeLessThanOrEqual(count(script(vendor, 1, '\n')));
    expect(count(text)).toBeGreaterThan(100);
  });
});

describe('is not merged', () => {
  const chat = (delta: object, more: object = {}): string =>
    `data: ${JSON.stringify({ id: '1', choices: [{ index: 0, delta, ...more }] })}\n\n`;

  const gemini = (more: object): string =>
    `data: ${JSON.stringify({ candidates: [{ content: { parts: [{ text: 'a' }] } }], ...more })}\n\n`;

  test.each([
    [
      'a text that ends the answer with one that does not',
      chat({ content: 'a' }) + chat({ content: 'b' }, { finish_reason: 'stop' }),
    ],
    ['texts with probabilities', chat({ content: 'a' }, { logprobs: { content: [1] } }).repeat(2)],
    ['texts that carry something else', chat({ content: 'a', tool_calls: [{ index: 0 }] }).repeat(2)],
    ['a text with the usage so far with one without', gemini({ usageMetadata: { totalTokenCount: 5 } }) + gemini({})],
    ['a thought with a text', chat({ reasoning: 'a' }) + chat({ content: 'a' })],
    ['what is no JSON', 'data: {oops}\n\ndata: [DONE]\n\n'],
    ['a comment between two texts', `${chat({ content: 'a' })}: ping\n\n${chat({ content: 'a' })}`],
  ])('%s', (_what, events) => {
    expect(mergeEvents(events)).toBe(events);
  });

  test('a few bytes, or bytes without a whole event', () => {
    const few = new TextEncoder().encode(chat({ content: 'a' }).repeat(3));
    const long = new TextEncoder().encode(chat({ content: 'a'.repeat(5000) }));
    expect(mergeArrival(few)).toBe(few);
    expect(mergeArrival(long)).toBe(long);
  });
});
