import type { UIMessageChunk } from 'ai';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { redisKeys } from '../../src/redis/keys.ts';
import { upstashClient } from '../../src/redis/upstash-client.ts';
import { Secret } from '../../src/secret.ts';
import { client } from './client.ts';
import { readChunks } from './read-events.ts';
import { spawnWorker } from './spawn-worker.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';
import { startToolServer, type ToolServer } from './tool-server.ts';

const NAMESPACE = `tampered-${crypto.randomUUID()}`;
const LEASE_LAPSES = { timeout: 40_000, interval: 500 };

let survivor: WorkerUnderTest;
let remote: ToolServer;
let vars: Record<string, string>;
beforeAll(async () => {
  remote = await startToolServer();
  vars = {
    HISTORY_NAMESPACE: NAMESPACE,
    MCP_SERVERS: JSON.stringify({ mcpServers: { far: { url: remote.url, approval: 'ask' } } }),
    TOOL_APPROVAL_SECRET: 'a secret of more than thirty-two characters',
    TOOL_TIMEOUT_SECONDS: '3',
  };
  survivor = await startWorker(vars);
});
afterAll(async () => {
  await survivor.close();
  await remote.close();
});

const REWRITE = `
local entries = redis.call('XRANGE', KEYS[1], '-', '+')
redis.call('DEL', KEYS[1])
for _, entry in ipairs(entries) do
  local fields = entry[2]
  for i = 1, #fields do fields[i] = string.gsub(fields[i], ARGV[1], ARGV[2]) end
  redis.call('XADD', KEYS[1], entry[1], unpack(fields))
end`;

/** Rewrites a journal in Redis, as somebody might who can write there and knows no secret. */
async function rewriteJournal(sessionId: string, turnId: string, from: string, to: string): Promise<void> {
  const redis = upstashClient({
    UPSTASH_REDIS_REST_URL: inject('vars')['UPSTASH_REDIS_REST_URL'] ?? '',
    UPSTASH_REDIS_REST_TOKEN: new Secret(inject('vars')['UPSTASH_REDIS_REST_TOKEN'] ?? ''),
  });
  const key = redisKeys(NAMESPACE).journal(sessionId, turnId);
  await redis.eval(REWRITE, [key], [from, to]);
}

test('a call that only reads is made again after an isolate died with it, and not if it is not what was allowed', async () => {
  const victim = await spawnWorker(vars);
  const dying = client(victim.url);
  const sessions = await Promise.all(
    ['true', 'false'].map(async () => {
      const id = await dying.newSession();
      const chunks = await readChunks(await dying.stream(id, 'use the tool far__slow with {"text":"mine"}'));
      const request = chunks.find((chunk) => chunk.type === 'tool-approval-request');
      const { turn_id: turnId } = await (await dying.get(`/sessions/${id}/status`)).json();
      return { id, turnId, approval_id: request?.approvalId };
    }),
  );
  remote.requests.length = 0;
  const calls = () => remote.requests.filter((method) => method === 'tools/call').length;
  const answers = sessions.map(({ id, approval_id }) =>
    dying.send('POST', `/sessions/${id}/approvals`, { approval_id, approved: true }).then(
      (response) => response.text(),
      () => null,
    ),
  );
  await expect.poll(calls).toBe(2);
  victim.kill();
  await Promise.all(answers);
  const [whole, tampered] = sessions;
  if (!whole || !tampered) throw new Error('There are two.');
  await rewriteJournal(tampered.id, tampered.turnId, 'mine', 'yours');

  const api = client(survivor.url);
  const idle = async (id: string) => (await (await api.get(`/sessions/${id}/status`)).json()).status;
  const read = async (id: string): Promise<UIMessageChunk[]> => readChunks(await api.get(`/sessions/${id}/stream`));
  const [again, refused] = await Promise.all(
    [whole, tampered].map(async ({ id }) => {
      const chunks = await read(id);
      await expect.poll(() => idle(id), LEASE_LAPSES).toBe('idle');
      return chunks;
    }),
  );
  expect(calls()).toBe(3);
  expect(again).toContainEqual(expect.objectContaining({ type: 'tool-output-error' }));
  expect(again?.at(-1)).toMatchObject({ type: 'finish', messageMetadata: { status: 'complete' } });
  expect(refused).toContainEqual(
    expect.objectContaining({ type: 'error', errorText: expect.stringContaining('not what would be done now') }),
  );
}, 90_000);
