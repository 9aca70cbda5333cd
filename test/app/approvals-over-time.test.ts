import type { UIMessageChunk } from 'ai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tasksNamed } from './archived-messages.ts';
import { client } from './client.ts';
import { readChunks } from './read-events.ts';
import { spawnWorker } from './spawn-worker.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';
import { startToolServer, type ToolServer } from './tool-server.ts';

const STREAM = { accept: 'text/event-stream' };
const ask = 'use the tool far__count with {"text":"a"}';
/** Longer than the lease of a producer that has died. */
const LEASE_LAPSES = { timeout: 40_000, interval: 500 };

let survivor: WorkerUnderTest;
let hasty: WorkerUnderTest;
let remote: ToolServer;
let vars: Record<string, string>;
beforeAll(async () => {
  remote = await startToolServer();
  const mcpServers = { far: { url: remote.url, tools: { count: 'ask', picture: 'deny' } }, tasks: { approval: 'ask' } };
  vars = {
    HISTORY_NAMESPACE: `approvals-${crypto.randomUUID()}`,
    MCP_SERVERS: JSON.stringify({ mcpServers }),
    TOOL_APPROVAL_SECRET: 'a secret of more than thirty-two characters',
  };
  [survivor, hasty] = await Promise.all([
    startWorker(vars),
    startWorker({ ...vars, HISTORY_NAMESPACE: `hasty-${crypto.randomUUID()}`, TOOL_APPROVAL_TTL_HOURS: '0.0003' }),
  ]);
});
afterAll(async () => {
  await Promise.all([survivor.close(), hasty.close()]);
  await remote.close();
});

const idIn = (chunks: UIMessageChunk[]) =>
  chunks.flatMap((chunk) => (chunk.type === 'tool-approval-request' ? [chunk.approvalId] : []))[0] ?? '';

test('the Worker that asked is killed: another one takes the answer', async () => {
  const before = remote.effects['count'] ?? 0;
  const victim = await spawnWorker(vars);
  const dying = client(victim.url);
  const id = await dying.newSession();
  const approvalId = idIn(await readChunks(await dying.stream(id, ask)));
  victim.kill();

  const api = client(survivor.url);
  const body = { approval_id: approvalId, approved: true };
  const rest = await readChunks(await api.send('POST', `/sessions/${id}/approvals`, body, STREAM));
  expect(rest.at(-1)).toMatchObject({ type: 'finish', messageMetadata: { status: 'complete' } });
  expect(remote.effects['count']).toBe(before + 1);
});

test('Workers that take answers are killed at every point: each turn is finished, and no effect happens twice', async () => {
  const api = client(survivor.url);
  const asked = await Promise.all(
    Array.from({ length: 12 }, async (_, index) => {
      const id = await api.newSession();
      const thing = `item-${index}-${id.slice(0, 8)}`;
      return { id, thing, approvalId: idIn(await readChunks(await api.stream(id, `add a task to buy ${thing}`))) };
    }),
  );
  const victim = await spawnWorker(vars);
  const dying = client(victim.url);
  const answers = asked.map(async ({ id, approvalId }, index) => {
    await new Promise((resolve) => setTimeout(resolve, index * 40));
    const response = await dying.send('POST', `/sessions/${id}/approvals`, { approval_id: approvalId, approved: true });
    return response.text();
  });
  await answers[2]?.catch(() => null);
  victim.kill();
  const outcomes = await Promise.allSettled(answers);
  expect(outcomes.filter(({ status }) => status === 'rejected').length, 'answers that were cut').toBeGreaterThan(0);

  await Promise.all(
    asked.map(async ({ id, thing, approvalId }) => {
      // An answer that never arrived is given again; one that did is not taken twice.
      const again = { approval_id: approvalId, approved: true };
      const response = await api.send('POST', `/sessions/${id}/approvals`, again);
      expect([200, 409]).toContain(response.status);
      await response.text();
      const chunks = await readChunks(await api.get(`/sessions/${id}/stream`));
      const known = chunks.some(({ type }) => type === 'tool-output-available');
      const added = await tasksNamed(thing);
      expect([known, added]).toBeOneOf([
        [true, 1],
        [false, 0],
        [false, 1],
      ]);
      expect(chunks.at(-1)).toMatchObject({ type: 'finish', messageMetadata: { status: 'complete' } });
      const status = async () => (await api.get(`/sessions/${id}/status`)).json();
      await expect.poll(status, LEASE_LAPSES).toMatchObject({ status: 'idle', history_length: 2 });
    }),
  );
}, 90_000);

test('after its time a request is not taken any more, and cron ends the turn', async () => {
  const before = remote.effects['count'] ?? 0;
  const api = client(hasty.url);
  const id = await api.newSession();
  const approvalId = idIn(await readChunks(await api.stream(id, ask)));
  const status = async () => (await (await api.get(`/sessions/${id}/status`)).json()).status;
  await expect.poll(status, { timeout: 10_000 }).toBe('suspended');
  const late = await api.send('POST', `/sessions/${id}/approvals`, { approval_id: approvalId, approved: true });
  expect([late.status, (await late.json()).error.code]).toEqual([410, 'question_expired']);
  await hasty.cron();
  await expect
    .poll(async () => (await api.get(`/sessions/${id}`)).json())
    .toMatchObject({ status: 'idle', messages: [{}, { role: 'assistant' }] });
  const { messages } = await (await api.get(`/sessions/${id}`)).json();
  expect(messages[1].parts).toContainEqual(expect.objectContaining({ state: 'output-denied' }));
  expect(remote.effects['count'] ?? 0).toBe(before);
});

test('a denied tool is not offered, and nobody can call it', async () => {
  const api = client(survivor.url);
  const { tools } = await (await api.get('/tools')).json();
  const names = tools.map(({ name }: { name: string }) => name);
  expect(names).toContain('far__count');
  expect(names).not.toContain('far__picture');
  const response = await api.send('POST', '/tools/execute', { name: 'far__picture', arguments: {} });
  expect(response.status).toBe(403);
  expect((await response.json()).error).toMatchObject({
    code: 'tool_denied',
    message: 'The tool `far__picture` is not allowed here.',
  });
});
