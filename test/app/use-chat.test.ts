import { Chat } from '@ai-sdk/react';
import { DefaultChatTransport, isToolUIPart, lastAssistantMessageIsCompleteWithApprovalResponses } from 'ai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { client } from './client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let worker: WorkerUnderTest;
beforeAll(async () => {
  const mcpServers = { tasks: { approval: 'ask' } };
  worker = await startWorker({ MCP_SERVERS: JSON.stringify({ mcpServers }) });
});
afterAll(() => worker.close());

/** What `useChat` holds and does, without React around it. */
function newChat() {
  return new Chat({
    id: `chat-${crypto.randomUUID()}`,
    transport: new DefaultChatTransport({ api: `${worker.url}/api/chat` }),
    sendAutomaticallyWhen: lastAssistantMessageIsCompleteWithApprovalResponses,
  });
}

const callsOf = (chat: ReturnType<typeof newChat>) => chat.messages.flatMap(({ parts }) => parts.filter(isToolUIPart));

test.each([
  [true, 'output-available'],
  [false, 'output-denied'],
])(
  'addToolApprovalResponse: approved %s sends itself, and the message becomes what the server stores',
  async (approved, state) => {
    const chat = newChat();
    await chat.sendMessage({ text: 'add a task to buy oat milk' });
    const [call] = callsOf(chat);
    expect(call?.state).toBe('approval-requested');
    await chat.addToolApprovalResponse({ id: call?.approval?.id ?? '', approved, reason: 'said so' });
    await expect.poll(() => callsOf(chat)[0]?.state, { timeout: 10_000 }).toBe(state);
    await expect.poll(() => chat.status, { timeout: 10_000 }).toBe('ready');
    expect(chat.error).toBeUndefined();
    expect(chat.messages).toHaveLength(2);
    const stored = await (await client(worker.url).get(`/sessions/${chat.id}`)).json();
    expect(stored.status).toBe('idle');
    const parts = JSON.parse(JSON.stringify(chat.messages[1]?.parts));
    expect(parts).toEqual(stored.messages[1].parts);
  },
);

test('a message that is sent instead of an answer goes on as well', async () => {
  const chat = newChat();
  await chat.sendMessage({ text: 'add a task to buy rice milk' });
  await chat.sendMessage({ text: 'hello' });
  expect(chat.error).toBeUndefined();
  expect(chat.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant']);
});
