import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { compatibleModels } from '../../src/model/compatible.ts';
import { openaiModels } from '../../src/model/openai.ts';
import { openrouterModels } from '../../src/model/openrouter.ts';
import { startScriptedProvider, type ScriptedProvider } from './scripted-provider.ts';
import { askVendor } from './vendor-turn.ts';

let provider: ScriptedProvider;
beforeAll(async () => {
  provider = await startScriptedProvider();
});
afterAll(() => provider.close());
beforeEach(() => {
  provider.requests.length = 0;
  provider.replies.length = 0;
});

test('openai is asked to store nothing', async () => {
  await askVendor(openaiModels({ apiKey: 'key', baseURL: `${provider.url}/v1` })('gpt-test'));
  expect(provider.requests[0]).toMatchObject({ path: '/v1/responses', body: { store: false, model: 'gpt-test' } });
});

test.each([
  [
    'openrouter',
    () => openrouterModels({ apiKey: 'key', baseURL: `${provider.url}/api/v1` }),
    '/api/v1/chat/completions',
  ],
  ['compatible', () => compatibleModels({ apiKey: 'key', baseURL: `${provider.url}/v1` }), '/v1/chat/completions'],
] as const)('%s is asked for its usage', async (_name, models, path) => {
  await askVendor(models()('some/model'));
  expect(provider.requests[0]).toMatchObject({
    path,
    headers: { authorization: 'Bearer key' },
    body: { model: 'some/model', stream: true, stream_options: { include_usage: true } },
  });
});

test('a compatible server that wants no key gets none', async () => {
  await askVendor(compatibleModels({ apiKey: undefined, baseURL: `${provider.url}/v1` })('local'));
  expect(provider.requests[0]?.headers).not.toHaveProperty('authorization');
});
