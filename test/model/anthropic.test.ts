import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { anthropicModels } from '../../src/model/anthropic.ts';
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

const model = () => anthropicModels({ apiKey: 'key', baseURL: `${provider.url}/v1` })('claude-haiku-4-5');
function ask(...replies: object[][]) {
  provider.replies.push(...replies);
  return askVendor(model());
}
const start = {
  type: 'message_start',
  message: {
    id: 'msg',
    type: 'message',
    role: 'assistant',
    model: 'claude-haiku-4-5',
    content: [],
    usage: { input_tokens: 5, output_tokens: 0 },
  },
};
const begin = { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } };
const text = (words: string) => ({
  type: 'content_block_delta',
  index: 0,
  delta: { type: 'text_delta', text: words },
});
const said = [start, begin, text('Hello '), text('there')];
const end = (reason: string) => [
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: reason, stop_sequence: null }, usage: { output_tokens: 2 } },
  { type: 'message_stop' },
];

test('text', async () => {
  const { lines, outcome } = await ask([...said, ...end('end_turn')]);
  expect(lines).toEqual(DONE);
  expect(outcome.usage).toMatchObject({ inputTokens: 5, outputTokens: 2 });
  expect(provider.requests[0]).toMatchObject({ path: '/v1/messages', headers: { 'x-api-key': 'key' } });
  expect(provider.requests[0]?.body).toMatchObject({ cache_control: { type: 'ephemeral' } });
});

test('a tool call', async () => {
  const block = {
    type: 'content_block_start',
    index: 0,
    content_block: { type: 'tool_use', id: 'toolu_1', name: 'add', input: {} },
  };
  const json = {
    type: 'content_block_delta',
    index: 0,
    delta: { type: 'input_json_delta', partial_json: '{"a":1}' },
  };
  const { lines } = await ask([start, block, json, ...end('tool_use')], [...said, ...end('end_turn')]);
  expect(lines).toEqual(TOOL_TURN);
});

test.each([
  ['ends early', []],
  ['tells an error', [{ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }]],
])('a stream that %s is a failure', async (_name, last) => {
  const { lines, outcome } = await ask([...said, ...last]);
  expect(lines).toEqual(BROKEN);
  expect(outcome.status).toBe('failed');
});

test('an overload that is told before the first word shows nothing of the answer, so that another model can give it', async () => {
  const { lines } = await ask([start, { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }]);
  expect(lines).toEqual(['start msg_1', 'error The model provider failed.', 'finish error']);
});
