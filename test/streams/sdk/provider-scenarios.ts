import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogle } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModelV4 } from '@ai-sdk/provider';
import { providerEvents } from './provider-events.ts';
import { recordCall } from './record-call.ts';
import { sendEvents, sendStatus } from './scripted-fetch.ts';
import type { Scenario } from './turn-scenarios.ts';

type Vendor = keyof typeof providerEvents;

const baseURL = 'http://provider.test/v1';
const connect: Record<Vendor, (send: typeof fetch) => LanguageModelV4> = {
  compatible: (send) => createOpenAICompatible({ name: 'compatible', baseURL, includeUsage: true, fetch: send })('m'),
  openai: (send) => createOpenAI({ baseURL, apiKey: 'key', fetch: send })('gpt-5'),
  anthropic: (send) => createAnthropic({ baseURL, apiKey: 'key', fetch: send })('claude-haiku-4-5'),
  google: (send) => createGoogle({ baseURL, apiKey: 'key', fetch: send })('gemini'),
};

/** The four protocols, whole and broken. */
export const providerScenarios: Record<string, Scenario> = Object.fromEntries(
  vendors().flatMap((vendor): [string, Scenario][] => {
    const ask = (send: typeof fetch) => () => recordCall(connect[vendor](send));
    const events = providerEvents[vendor];
    return [
      [`${vendor} in small pieces`, ask(sendEvents(events, 7))],
      [`${vendor} in one piece`, ask(sendEvents(events, 1_000_000))],
      [`${vendor}, cut off`, ask(sendEvents(events, 50, 800))],
      [`${vendor}, ended early`, ask(sendEvents(events.slice(0, 4), 50))],
      [`${vendor} with status 500`, ask(sendStatus(500))],
      [`${vendor} with status 429`, ask(sendStatus(429))],
    ];
  }),
);

function vendors(): Vendor[] {
  return ['compatible', 'openai', 'anthropic', 'google'];
}
