import type { LanguageModelV4 } from '@ai-sdk/provider';
import type { UIMessage } from 'ai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anthropicModels } from '../../src/model/anthropic.ts';
import { googleModels } from '../../src/model/google.ts';
import { openaiModels } from '../../src/model/openai.ts';
import { sdkRunner } from '../../src/model/sdk-runner.ts';
import { turnPrompt } from '../../src/turn/turn-prompt.ts';
import { stored } from '../memory/stored-messages.ts';
import { recordTurn } from '../model/recorded-turn.ts';
import { startScriptedProvider, type ScriptedProvider } from '../model/scripted-provider.ts';
import { turnWorld } from './turn-world.ts';

let provider: ScriptedProvider;
beforeAll(async () => void (provider = await startScriptedProvider()));
afterAll(() => provider.close());

/** An answer as that provider leaves it: reasoning with its signature, a tool call with its result, words. */
function answer(position: number, name: string, mark: object): ReturnType<typeof stored> {
  const metadata = { [name]: mark } as Record<string, Record<string, string>>;
  const parts: UIMessage['parts'] = [
    { type: 'step-start' },
    { type: 'reasoning', text: `thought of ${name}`, state: 'done', providerMetadata: metadata },
    {
      type: 'dynamic-tool',
      toolName: 'look',
      toolCallId: `call_${name}`,
      state: 'output-available',
      input: { at: name },
      output: { content: [{ type: 'text', text: `seen by ${name}` }] },
      callProviderMetadata: metadata,
    },
    { type: 'step-start' },
    { type: 'text', text: `words of ${name}`, state: 'done', providerMetadata: metadata },
    // A call that was broken off.
    { type: 'dynamic-tool', toolName: 'look', toolCallId: `open_${name}`, state: 'input-available', input: {} },
  ];
  return stored('assistant', position, parts, `${name}/model`);
}

const question = (position: number) => stored('user', position, [{ type: 'text', text: `question ${position}` }]);
const HISTORY = [
  question(1),
  answer(2, 'openai', { itemId: 'rs_1', reasoningEncryptedContent: 'openai-signature' }),
  question(3),
  answer(4, 'google', { thoughtSignature: 'google-signature' }),
  question(5),
  answer(6, 'anthropic', { signature: 'anthropic-signature' }),
];

/** The body that the provider is sent when the conversation goes on with it. */
async function bodyFor(name: string, languageModel: LanguageModelV4): Promise<string> {
  const world = await turnWorld();
  const begun = await world.begin('t1');
  const id = `${name}/model`;
  const tools = await world.services.tools.prepare({} as Parameters<typeof world.services.tools.prepare>[0]);
  const held = { ...begun, history: HISTORY, userMessage: question(7) };
  const messages = await turnPrompt(world.services, world.policy, held, null, tools, id);
  provider.requests.length = 0;
  const timeouts = { headersMs: 1000, firstTokenMs: 1000, stallMs: 1000 };
  await recordTurn(sdkRunner({ timeouts }), [{ id, languageModel }], { messages }).outcome;
  await world.close();
  return JSON.stringify(provider.requests[0]?.body);
}

const MODELS = {
  openai: () => openaiModels({ apiKey: 'key', baseURL: `${provider.url}/v1` })('gpt-5-mini'),
  google: () => googleModels({ apiKey: 'key', baseURL: `${provider.url}/v1beta` })('gemini-2.5-flash'),
  anthropic: () => anthropicModels({ apiKey: 'key', baseURL: `${provider.url}/v1` })('claude-haiku-4-5'),
};
const NAMES = ['openai', 'google', 'anthropic'] as const;

test.each(NAMES)(
  'what %s is sent holds every word, call and result, and the reasoning of no other provider',
  async (name) => {
    const body = await bodyFor(name, MODELS[name]());
    for (const other of NAMES) {
      expect(body).toContain(`words of ${other}`);
      expect(body).toContain(`seen by ${other}`);
      expect(body.includes(`${other}-signature`)).toBe(other === name);
      expect(body).not.toContain(`open_${other}`);
    }
    for (const other of NAMES.filter((candidate) => candidate !== name))
      expect(body).not.toContain(`thought of ${other}`);
  },
);

test('every call has its result behind it, in the shape of each provider', async () => {
  const openai = JSON.parse(await bodyFor('openai', MODELS.openai()));
  const calls = openai.input.filter(({ type }: { type?: string }) => type === 'function_call');
  const outputs = openai.input.filter(({ type }: { type?: string }) => type === 'function_call_output');
  expect(outputs.map(({ call_id }: { call_id: string }) => call_id)).toEqual(
    calls.map(({ call_id }: { call_id: string }) => call_id),
  );
  expect(calls).toHaveLength(3);

  const google = JSON.parse(await bodyFor('google', MODELS.google()));
  const roles: string[] = google.contents.map(({ role }: { role: string }) => role);
  expect(roles.every((role, index) => role !== roles[index - 1])).toBe(true);
  const parts = google.contents.flatMap((content: { parts: object[] }) => content.parts);
  expect(parts.filter((part: object) => 'functionCall' in part)).toHaveLength(3);
  expect(parts.filter((part: object) => 'functionResponse' in part)).toHaveLength(3);

  const anthropic = JSON.parse(await bodyFor('anthropic', MODELS.anthropic()));
  const turns: string[] = anthropic.messages.map(({ role }: { role: string }) => role);
  expect(turns.every((role, index) => role !== turns[index - 1])).toBe(true);
  const blocks = anthropic.messages.flatMap(({ content }: { content: object[] }) => content);
  const ids = (type: string, field: string) =>
    blocks.flatMap((block: Record<string, unknown>) => (block['type'] === type ? [block[field]] : []));
  expect(ids('tool_result', 'tool_use_id')).toEqual(ids('tool_use', 'id'));
  expect(ids('tool_use', 'id')).toHaveLength(3);
});
