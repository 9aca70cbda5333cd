import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { client } from './client.ts';
import { readChunks, textOfChunks } from './read-events.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';
import { startToolServer, type ToolServer } from './tool-server.ts';

const PACED = 'demo?n=400&tps=50';
const SILENT = 'demo?hang=first';
const MUTE = 'demo?hang=headers';

let tools: ToolServer;
let worker: WorkerUnderTest;
let elsewhere: WorkerUnderTest;
let api: ReturnType<typeof client>;
let other: ReturnType<typeof client>;
beforeAll(async () => {
  tools = await startToolServer();
  const vars = {
    COMPATIBLE_MODEL: [PACED, SILENT, MUTE, 'demo'].join(','),
    HISTORY_NAMESPACE: `test-${crypto.randomUUID()}`,
    MCP_SERVERS: JSON.stringify({ mcpServers: { remote: { url: tools.url } } }),
  };
  [worker, elsewhere] = await Promise.all([startWorker(vars), startWorker(vars)]);
  api = client(worker.url);
  other = client(elsewhere.url);
});
afterAll(async () => {
  await Promise.all([worker.close(), elsewhere.close()]);
  await tools.close();
});

const using = (model: string) => ({ options: { model: `compatible/${model}` } });

const requestsSchema = z.array(z.object({ state: z.string(), body: z.unknown() }));

/** How the provider's request with this question stands; undefined before it has come. */
async function providerState(question: string): Promise<string | undefined> {
  const url = `${inject('vars')['COMPATIBLE_BASE_URL']?.replace(/\/v1$/, '')}/requests`;
  const requests = requestsSchema.parse(await (await fetch(url)).json());
  return requests.findLast(({ body }) => JSON.stringify(body).includes(question))?.state;
}

test.each([
  ['while it speaks', PACED],
  ['before its first word', SILENT],
  ['before it answers at all', MUTE],
])('a turn is stopped from elsewhere %s: the provider is let go within half a second', async (_when, model) => {
  const id = await api.newSession();
  const question = `question ${crypto.randomUUID()}`;
  const running = readChunks(await api.stream(id, question, using(model)));
  await expect.poll(() => providerState(question), { interval: 20 }).toBe('open');
  const askedAt = performance.now();
  const answer = await other.send('POST', `/sessions/${id}/stop`);
  expect(await answer.json()).toEqual({ success: true, stopped: true, turn_id: expect.any(String) });
  await expect.poll(() => providerState(question), { interval: 20, timeout: 5_000 }).toBe('client-closed');
  // Twice the promise, for a machine that is busy with other tests; the benchmark measures the real figure.
  expect(performance.now() - askedAt).toBeLessThan(1_000);

  const chunks = await running;
  expect(chunks.at(-1)).toEqual({ type: 'abort' });
  const partial = textOfChunks(chunks);
  // The provider told nothing of what it had used so far: it is counted from the text, and marked as such.
  const usage = partial ? { usage: { estimated: true } } : {};
  expect(chunks.at(-2)).toMatchObject({ type: 'message-metadata', messageMetadata: { status: 'stopped', ...usage } });
  const { history, status } = await (await api.get(`/sessions/${id}`)).json();
  expect(status).toBe('idle');
  const kept = partial ? [{ role: 'assistant', content: partial, metadata: { status: 'stopped' } }] : [];
  expect(history).toMatchObject([{ role: 'user' }, ...kept]);
  expect((await other.say(id, 'and now?', using('demo'))).status).toBe(200);
});

test('a turn is stopped during a tool call, which shows as broken off', async () => {
  const id = await api.newSession();
  const running = readChunks(await api.stream(id, 'use the tool remote__slow with {"text":"x"}', using('demo')));
  await expect.poll(() => tools.requests.includes('tools/call')).toBe(true);
  await other.send('POST', `/api/chat/${id}/stop`);
  const chunks = await running;
  expect(chunks.at(-1)).toEqual({ type: 'abort' });
  expect(chunks).toContainEqual(expect.objectContaining({ type: 'tool-output-error' }));
  expect((await api.say(id, 'hello again', using('demo'))).status).toBe(200);
});

test('a stop that comes late, twice, or for nothing is harmless', async () => {
  const id = await api.newSession();
  const idle = { success: true, stopped: false, turn_id: null };
  expect(await (await api.send('POST', `/sessions/${id}/stop`)).json()).toEqual(idle);
  await api.say(id, 'hello', using('demo'));
  expect(await (await api.send('POST', `/sessions/${id}/stop`)).json()).toEqual(idle);
  const running = readChunks(await api.stream(id, 'hello', using(PACED)));
  await Promise.all([api.send('POST', `/sessions/${id}/stop`), other.send('POST', `/sessions/${id}/stop`)]);
  expect((await running).at(-1)).toEqual({ type: 'abort' });
  const reply = await (await api.say(id, 'hello', using('demo'))).json();
  expect(reply).toMatchObject({ status: 'complete' });
});
