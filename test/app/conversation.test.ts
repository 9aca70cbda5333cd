import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { client } from './client.ts';
import { readChunks, textOfChunks } from './read-events.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let worker: WorkerUnderTest;
let api: ReturnType<typeof client>;
beforeAll(async () => {
  worker = await startWorker();
  api = client(worker.url);
});
afterAll(() => worker.close());

test('a message is answered whole, with a tool call on a real MCP server, and remembered', async () => {
  const id = await api.newSession({ metadata: { from: 'test' } });
  const response = await api.say(id, 'add a task to buy milk');
  expect(response.status).toBe(200);
  const reply = await response.json();
  expect(reply).toMatchObject({
    session_id: id,
    status: 'complete',
    model: 'compatible/demo',
    message: { role: 'assistant', content: expect.stringMatching(/milk/i) },
    tool_calls: [{ name: 'add_task', arguments: { title: expect.stringMatching(/buy milk/i) }, error: null }],
    history: [{ role: 'user', content: 'add a task to buy milk' }, { role: 'assistant' }],
  });
  const again = await (await api.say(id, 'what are my tasks?')).json();
  expect(again).toMatchObject({
    message: { content: expect.stringMatching(/milk/i) },
    tool_calls: [{ name: 'list_tasks' }],
  });
});

test('a streamed answer is a UI message stream with numbered events, and what is shown is what is stored', async () => {
  const id = await api.newSession();
  const response = await api.stream(id, 'Tell me about the sea.');
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  expect(response.headers.get('x-vercel-ai-ui-message-stream')).toBe('v1');
  const chunks = await readChunks(response);
  expect(chunks[0]).toMatchObject({ type: 'start' });
  expect(chunks.at(-1)).toMatchObject({
    type: 'finish',
    finishReason: 'stop',
    messageMetadata: { status: 'complete' },
  });
  const session = await (await api.get(`/sessions/${id}`)).json();
  expect(session).toMatchObject({ status: 'idle', history: [{ role: 'user' }, { content: textOfChunks(chunks) }] });
});

describe('memory', () => {
  test('what was said is known in the next turn', async () => {
    const id = await api.newSession();
    await api.say(id, 'My name is Nilufar.');
    const reply = await (await api.say(id, 'What is my name?')).json();
    expect(reply).toMatchObject({ message: { content: expect.stringContaining('Nilufar') } });
  });

  test('memory_limit counts messages, keeps whole turns, and a limit for one message destroys nothing', async () => {
    const id = await api.newSession({ memory_limit: 2 });
    await api.say(id, 'My name is Nilufar.');
    await api.say(id, 'I like tea.');
    const forgotten = await (await api.say(id, 'What is my name?')).json();
    expect(forgotten).toMatchObject({ message: { content: expect.not.stringContaining('Nilufar') } });
    const wide = await (await api.say(id, 'What is my name?', { memory_limit: 20 })).json();
    expect(wide).toMatchObject({ message: { content: expect.stringContaining('Nilufar') } });
  });
});
