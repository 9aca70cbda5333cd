import type { UIMessageChunk } from 'ai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { client } from './client.ts';
import { readChunks } from './read-events.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';
import { startToolServer, type ToolServer } from './tool-server.ts';

const STREAM = { accept: 'text/event-stream' };
const ada = { name: 'Ada', age: 36, color: 'blue' };
let one: WorkerUnderTest;
let other: WorkerUnderTest;
let remote: ToolServer;
beforeAll(async () => {
  remote = await startToolServer();
  const mcpServers = { far: { url: remote.url }, guarded: { url: remote.url, approval: 'ask' } };
  const vars = {
    HISTORY_NAMESPACE: `elicitations-${crypto.randomUUID()}`,
    MCP_SERVERS: JSON.stringify({ mcpServers }),
  };
  [one, other] = await Promise.all([startWorker(vars), startWorker(vars)]);
});
afterAll(async () => {
  await Promise.all([one.close(), other.close()]);
  await remote.close();
});

function questionIn(chunks: UIMessageChunk[]) {
  const asked = chunks.findLast((chunk) => chunk.type === 'data-mcp-elicitation');
  return asked && 'data' in asked
    ? (asked.data as { elicitation_id: string; state: string; requests: unknown[] })
    : null;
}

async function asking(text = 'use the tool far__register with {"text":"a"}') {
  const api = client(one.url);
  const id = await api.newSession();
  const chunks = await readChunks(await api.stream(id, text));
  const question = questionIn(chunks);
  return { api, id, chunks, question, elicitationId: question?.elicitation_id ?? '' };
}

const answer = (url: string, id: string, body: unknown, headers = {}) =>
  client(url).send('POST', `/sessions/${id}/elicitations`, body, headers);
const outputsIn = (chunks: UIMessageChunk[]) =>
  chunks.flatMap((chunk) => (chunk.type === 'tool-output-available' ? [JSON.stringify(chunk.output)] : []));

test('what a server asks is shown, and answered through another isolate; the call is then made, once', async () => {
  const before = remote.effects['register'] ?? 0;
  const { api, id, chunks, question, elicitationId } = await asking();
  expect(question).toMatchObject({
    tool_name: 'far__register',
    answered: false,
    requests: [
      { key: 'who', mode: 'form', message: 'Who are you?', schema: { properties: { name: { minLength: 1 } } } },
    ],
  });
  expect(question?.state).not.toContain('state of');
  expect(outputsIn(chunks)).toEqual([]);
  expect(chunks.at(-1)).toMatchObject({ type: 'finish', messageMetadata: { status: 'awaiting' } });
  expect(await (await api.get(`/sessions/${id}/status`)).json()).toMatchObject({
    status: 'awaiting',
    awaiting: { questions: [{ id: elicitationId, kind: 'elicitation', tool_name: 'far__register' }] },
  });

  const body = { elicitation_id: elicitationId, action: 'accept', content: ada };
  const rest = await readChunks(await answer(other.url, id, body, STREAM));
  const [output = ''] = outputsIn(rest);
  expect(output).toContain('Ada');
  expect(output).toContain('with state of a');
  expect(rest.at(-1)).toMatchObject({ type: 'finish', messageMetadata: { status: 'complete' } });
  expect(remote.effects['register']).toBe(before + 1);

  const again = await answer(one.url, id, body);
  expect([again.status, (await again.json()).error.code]).toEqual([409, 'question_closed']);
  expect(remote.effects['register']).toBe(before + 1);
  const { messages } = await (await api.get(`/sessions/${id}`)).json();
  expect(messages[1].parts).toContainEqual(expect.objectContaining({ state: 'output-available' }));
});

test.each(['decline', 'cancel'])('the person may %s', async (action) => {
  const { id, elicitationId } = await asking();
  const whole = await answer(one.url, id, { elicitation_id: elicitationId, action });
  const { status, tool_calls: calls } = await whole.json();
  expect(status).toBe('complete');
  expect(JSON.stringify(calls)).toContain(action);
});

test('a server may send the person somewhere: its host is shown, and the call is made after that', async () => {
  const { id, question, elicitationId } = await asking('use the tool far__visit with {"text":"a"}');
  expect(question?.requests).toEqual([
    {
      key: 'page',
      mode: 'url',
      message: 'Log in first.',
      url: 'https://login.example/start?x=1',
      host: 'login.example',
    },
  ]);
  const rest = await readChunks(
    await answer(other.url, id, { elicitation_id: elicitationId, action: 'accept' }, STREAM),
  );
  expect(outputsIn(rest)[0]).toContain('visited');
});

test('a tool that has to be allowed and then asks: both are answered, one after the other', async () => {
  const before = remote.effects['register'] ?? 0;
  const { api, id, chunks } = await asking('use the tool guarded__register with {"text":"b"}');
  const request = chunks.find((chunk) => chunk.type === 'tool-approval-request');
  const approval = { approval_id: request?.approvalId, approved: true };
  const asked = await readChunks(await api.send('POST', `/sessions/${id}/approvals`, approval, STREAM));
  expect(asked.at(-1)).toMatchObject({ type: 'finish', messageMetadata: { status: 'awaiting' } });
  expect(asked.filter(({ type }) => type === 'text-delta')).toEqual([]);
  const body = { elicitation_id: questionIn(asked)?.elicitation_id, action: 'accept', content: ada };
  const rest = await readChunks(await answer(other.url, id, body, STREAM));
  expect(outputsIn(rest)[0]).toContain('with state of b');
  expect(rest.at(-1)).toMatchObject({ type: 'finish', messageMetadata: { status: 'complete' } });
  expect(remote.effects['register']).toBe(before + 1);
});

test('useChat: an answer travels with the message that it belongs to', async () => {
  const api = client(one.url);
  const id = `chat-${crypto.randomUUID()}`;
  const text = 'use the tool far__register with {"text":"c"}';
  const question = { id: `m-${id}`, role: 'user', parts: [{ type: 'text', text }] };
  const chunks = await readChunks(await api.send('POST', '/api/chat', { id, messages: [question] }));
  const elicitations = [{ elicitation_id: questionIn(chunks)?.elicitation_id, action: 'accept', content: ada }];
  const messages = [question, { id: 'made-up', role: 'assistant', parts: [] }];
  const rest = await readChunks(await client(other.url).send('POST', '/api/chat', { id, messages, elicitations }));
  expect(outputsIn(rest)[0]).toContain('with state of c');
});

test('a new message instead of an answer ends the question', async () => {
  const before = remote.effects['register'] ?? 0;
  const { api, id, elicitationId } = await asking();
  expect((await api.say(id, 'hello')).status).toBe(200);
  const late = await answer(other.url, id, { elicitation_id: elicitationId, action: 'accept', content: ada });
  expect(late.status).toBe(404);
  expect(remote.effects['register'] ?? 0).toBe(before);
});

test('where nobody can be asked, a server is not told that it may', async () => {
  const response = await client(one.url).send('POST', '/tools/execute', {
    name: 'far__register',
    arguments: { text: 'a' },
  });
  expect(response.status).toBe(400);
});

test.each(['metis', 'chatbot', 'text'])('in the format %s a turn says in words that it waits', async (format) => {
  const api = client(one.url);
  for (const [tool, words] of [
    ['far__register', 'Who are you?'],
    ['guarded__pay', 'Waiting for approval of `guarded__pay`'],
  ]) {
    const id = await api.newSession();
    const content = `use the tool ${tool} with {"text":"a"}`;
    const body = await (await api.send('POST', `/sessions/${id}/messages?format=${format}`, { content })).text();
    expect(body).toContain(words);
  }
});
