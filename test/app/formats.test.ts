import type { UIMessageChunk } from 'ai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { READERS } from '../wire/read-any-format.ts';
import { readChatbotLines } from '../wire/read-chatbot.ts';
import { client } from './client.ts';
import { readChunks, textOfChunks } from './read-events.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';
import { startToolServer, type ToolServer } from './tool-server.ts';

const CONTENT_TYPES = {
  metis: 'text/event-stream',
  chatbot: 'application/x-ndjson',
  text: 'text/plain; charset=utf-8',
} as const;
const OTHERS = ['metis', 'chatbot', 'text'] as const;

let tools: ToolServer;
let worker: WorkerUnderTest;
let api: ReturnType<typeof client>;
beforeAll(async () => {
  tools = await startToolServer();
  const MCP_SERVERS = JSON.stringify({ mcpServers: { remote: { url: tools.url } } });
  worker = await startWorker({ COMPATIBLE_MODEL: 'demo', MCP_SERVERS });
  api = client(worker.url);
});
afterAll(async () => {
  await worker.close();
  await tools.close();
});

const QUESTION = 'use the tool remote__echo with {"text":"سلام"}';

/** One turn with a tool call, as a UI message stream showed it. */
async function liveTurn() {
  const id = await api.newSession();
  const response = await api.stream(id, QUESTION);
  const chunks = await readChunks(response);
  return { id, turnId: response.headers.get('x-turn-id') ?? '', chunks, answer: textOfChunks(chunks) };
}

const placeOf = (chunks: UIMessageChunk[], type: UIMessageChunk['type']) =>
  chunks.findIndex((chunk) => chunk.type === type) + 1;

async function readBack(id: string, format: string, lastEventId?: string) {
  const path = `/sessions/${id}/stream?format=${format}`;
  const response = await api.get(path, { ...(lastEventId && { 'last-event-id': lastEventId }) });
  return { response, body: await response.text() };
}

describe('a turn with a tool call, read back', () => {
  test.each(OTHERS)('as %s, whole', async (format) => {
    const { id, turnId, answer } = await liveTurn();
    const { response, body } = await readBack(id, format);
    expect(response.headers.get('content-type')).toBe(CONTENT_TYPES[format]);
    expect(response.headers.get('x-turn-id')).toBe(turnId);
    expect(answer).toContain('سلام');
    expect(READERS[format](body).text).toBe(answer);
  });

  test('as metis: the call, its result and the end, with their ids', async () => {
    const { id, turnId } = await liveTurn();
    const { body } = await readBack(id, 'metis');
    expect(body).toMatch(new RegExp(`^id: ${turnId}:\\d+\ndata: `));
    const frames = [...body.matchAll(/^data: (.*)$/gm)].map(([, json = '']) => JSON.parse(json));
    const call = { name: 'remote__echo', call_id: expect.any(String) };
    expect(frames.filter(({ type }) => type !== 'token')).toEqual([
      { type: 'tool_call_started', tool_name: 'remote__echo', call_id: call.call_id },
      { type: 'tool_call', ...call, arguments: { text: 'سلام' } },
      { type: 'tool_call_complete', ...call },
      { type: 'tool_response', ...call, output: { type: 'text', text: 'echo سلام', annotations: null } },
      { type: 'completion', message: 'Response completed' },
    ]);
  });

  test('as chatbot: the thread first, the end last', async () => {
    const { id } = await liveTurn();
    const lines = readChatbotLines((await readBack(id, 'chatbot')).body);
    expect(lines[0]).toEqual({ variant: 'ServerHint', content: { thread_id: id } });
    expect(lines.at(-1)).toEqual({ variant: 'StreamEnd', content: 'Stream ended.' });
  });

  test.each(OTHERS)('as %s, from the middle of its text', async (format) => {
    const { id, turnId, chunks, answer } = await liveTurn();
    const place = placeOf(chunks, 'text-delta');
    const seen = textOfChunks(chunks.slice(0, place));
    expect(seen.length).toBeGreaterThan(0);
    const { body } = await readBack(id, format, `${turnId}:${place}`);
    expect(seen + READERS[format](body).text).toBe(answer);
  });

  test('as metis, from between a call and its result: the result still has its name', async () => {
    const { id, turnId, chunks } = await liveTurn();
    const { body } = await readBack(id, 'metis', `${turnId}:${placeOf(chunks, 'tool-input-available')}`);
    expect(body).toContain('{"type":"tool_response","name":"remote__echo"');
    expect(body).not.toContain('tool_call');
  });

  test('from its end: nothing but how it ended', async () => {
    const { id, turnId, chunks } = await liveTurn();
    const end = `${turnId}:${chunks.length}`;
    expect((await readBack(id, 'metis', end)).body).toBe(
      `id: ${end}\ndata: {"type":"completion","message":"Response completed"}\n\n`,
    );
    expect((await readBack(id, 'chatbot', end)).body.split('\n')).toHaveLength(3);
    expect((await readBack(id, 'text', end)).body).toBe('');
  });
});

describe('which format a client gets', () => {
  const typeOf = async (accept: string, query = '') => {
    const id = await api.newSession();
    const response = await api.send('POST', `/sessions/${id}/messages${query}`, { content: 'hello' }, { accept });
    await response.text();
    return response.headers.get('content-type');
  };

  test.each([
    ['text/event-stream', '', 'text/event-stream'],
    ['application/x-ndjson', '', CONTENT_TYPES.chatbot],
    ['text/plain', '', CONTENT_TYPES.text],
    ['*/*', '', 'application/json'],
    // What common HTTP clients send when nobody says anything.
    ['application/json, text/plain, */*', '', 'application/json'],
    ['application/json;q=0.5, text/plain', '', CONTENT_TYPES.text],
    ['application/json', '?format=text', CONTENT_TYPES.text],
    ['application/x-ndjson', '?format=metis', CONTENT_TYPES.metis],
  ])('Accept: %s %s is answered with %s', async (accept, query, type) => {
    expect(await typeOf(accept, query)).toBe(type);
  });

  test('a format that there is not is refused', async () => {
    const id = await api.newSession();
    expect((await api.get(`/sessions/${id}/stream?format=morse`)).status).toBe(422);
  });

  test("a turn that came through seed 000's door is read in its vocabulary, and by others as they like", async () => {
    const id = await api.newSession();
    await api.send('POST', `/sessions/${id}/message`, { message: QUESTION });
    const first = await (await api.get(`/sessions/${id}/stream`, { accept: 'text/event-stream' })).text();
    expect(first.trimEnd().split('\n').at(-1)).toBe('data: {"type":"completion","message":"Response completed"}');
    const { text } = READERS.metis(first);
    expect(text).toContain('سلام');
    expect(await (await api.get(`/sessions/${id}/stream`, { accept: 'text/plain' })).text()).toBe(text);
  });
});
