import { afterAll, beforeAll, expect, test } from 'vitest';
import { client } from './client.ts';
import { readChunks } from './read-events.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';
import { startToolServer, type ToolServer } from './tool-server.ts';

let worker: WorkerUnderTest;
let remote: ToolServer;
beforeAll(async () => {
  remote = await startToolServer();
  const mcpServers = { far: { url: remote.url }, gone: { url: 'http://127.0.0.1:1/mcp' } };
  worker = await startWorker({
    COMPATIBLE_MODEL: 'demo?call=far__count&with={"text":"a"}',
    MCP_SERVERS: JSON.stringify({ mcpServers }),
  });
});
afterAll(async () => {
  await worker.close();
  await remote.close();
});

test('a turn shows which servers are missing and how far its calls are, and neither is kept in the message', async () => {
  const api = client(worker.url);
  const id = await api.newSession();
  const chunks = await readChunks(await api.stream(id, 'count for me'));
  expect(chunks.slice(0, 2)).toMatchObject([
    { type: 'start', messageId: expect.stringMatching(/^msg_/) },
    {
      type: 'data-mcp-status',
      transient: true,
      data: { unavailable: [{ server: 'gone', reason: 'could not be reached' }], changed: [] },
    },
  ]);
  expect(chunks.filter(({ type }) => type === 'start')).toHaveLength(1);

  const call = chunks.find((chunk) => chunk.type === 'tool-input-available');
  const toolCallId = call?.toolCallId;
  const ofCall = chunks.filter(({ type }) => /^(tool-input-available|data-mcp-progress|tool-output)/.test(type));
  expect(ofCall).toMatchObject([
    { type: 'tool-input-available' },
    { type: 'data-mcp-progress', id: toolCallId, transient: true, data: { toolCallId, progress: 1, total: 2 } },
    { type: 'data-mcp-progress', id: toolCallId, data: { toolCallId, progress: 2, total: 2, message: 'nearly' } },
    { type: 'tool-output-available', toolCallId, output: { content: [{ text: 'counted a' }] } },
  ]);

  const replayed = await readChunks(await api.get(`/sessions/${id}/stream`));
  expect(replayed.filter(({ type }) => type.startsWith('data-mcp-'))).toHaveLength(3);
  const { messages } = await (await api.get(`/sessions/${id}`)).json();
  expect(JSON.stringify(messages)).not.toContain('data-mcp-');
});

test('a turn that is to call a tool that it does not have is refused', async () => {
  const api = client(worker.url);
  const id = await api.newSession();
  const options = { tool_name: 'far__nothing' };
  const response = await api.say(id, 'do it', { options });
  expect(response.status).toBe(400);
  const message = 'There is no tool `far__nothing` in this turn.';
  expect(await response.json()).toMatchObject({ error: { code: 'unknown_tool', message } });

  const chunks = await readChunks(await api.stream(id, 'do it', { options }));
  expect(chunks).toContainEqual(
    expect.objectContaining({ type: 'data-error', data: { code: 'unknown_tool', retryable: false } }),
  );
  expect(chunks).toContainEqual({ type: 'error', errorText: message });
});

test('a tool of the turn can be chosen by its name', async () => {
  const api = client(worker.url);
  const response = await api.say(await api.newSession(), 'do it', { options: { tool_name: 'far__count' } });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ tool_calls: [{ name: 'far__count' }] });
});
