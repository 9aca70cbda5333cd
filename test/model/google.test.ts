import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { googleModels } from '../../src/model/google.ts';
import { startScriptedProvider, type ScriptedProvider } from './scripted-provider.ts';
import { askVendor, BROKEN, DONE, TOOL_TURN } from './vendor-turn.ts';

let provider: ScriptedProvider;
beforeAll(async () => {
  provider = await startScriptedProvider();
});
afterAll(() => provider.close());
beforeEach(() => {
  provider.requests.length = 0;
  provider.replies.length = 0;
});

const model = () => googleModels({ apiKey: 'key', baseURL: `${provider.url}/v1beta` })('gemini-test');
function ask(...replies: object[][]) {
  provider.replies.push(...replies);
  return askVendor(model());
}
const says = (part: object, rest: object = {}) => ({
  candidates: [{ content: { role: 'model', parts: [part] }, ...rest }],
});
const usageMetadata = { promptTokenCount: 5, candidatesTokenCount: 2, totalTokenCount: 7 };
const words = () => [says({ text: 'Hello ' }), { ...says({ text: 'there' }, { finishReason: 'STOP' }), usageMetadata }];

test('text', async () => {
  const { lines, outcome } = await ask(words());
  expect(lines).toEqual(DONE);
  expect(outcome.usage).toMatchObject({ inputTokens: 5, outputTokens: 2, totalTokens: 7 });
  expect(provider.requests[0]?.path).toBe('/v1beta/models/gemini-test:streamGenerateContent?alt=sse');
  expect(provider.requests[0]?.headers).toMatchObject({ 'x-goog-api-key': 'key' });
});

test('a tool call goes back with the signature it came with', async () => {
  const call = says(
    { functionCall: { name: 'add', args: { a: 1 } }, thoughtSignature: 'sig' },
    { finishReason: 'STOP' },
  );
  expect((await ask([call], words())).lines).toEqual(TOOL_TURN);
  expect(JSON.stringify(provider.requests[1]?.body)).toContain('"thoughtSignature":"sig"');
});

test('a stream that ends early is a failure', async () => {
  const { lines, outcome } = await ask([says({ text: 'Hello ' }), says({ text: 'there' })]);
  expect(lines).toEqual(BROKEN);
  expect(outcome.status).toBe('failed');
});
