import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { client } from './client.ts';
import { startWorker } from './start-worker.ts';

test('the Worker starts and answers with every variable as .dev.vars.example has it, empty ones included', async () => {
  const {
    UPSTASH_REDIS_REST_URL: _r,
    UPSTASH_REDIS_REST_TOKEN: _t,
    DATABASE_URL: _d,
    NEON_FETCH_ENDPOINT: _n,
    COMPATIBLE_BASE_URL: _c,
    ...rest
  } = parseEnv(readFileSync('.dev.vars.example', 'utf8'));
  const worker = await startWorker(
    Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, value ?? ''])),
  );
  const api = client(worker.url);
  expect((await api.say(await api.newSession(), 'hello')).status).toBe(200);
  await worker.close();
});

test('a wrong variable is named in the answer to the first request, and its value is not shown', async () => {
  const worker = await startWorker({ RATE_BURST: 'secret-nonsense' });
  const answer = await client(worker.url).get('/sessions');
  expect(answer.status).toBe(503);
  const body = await answer.text();
  expect(JSON.parse(body)).toMatchObject({
    error: { code: 'configuration_error', message: expect.stringContaining('RATE_BURST') },
  });
  expect(body).not.toContain('secret-nonsense');
  await worker.close();
});

test('without a database turns work from memory alone, and the tools that need one are refused with a reason', async () => {
  const worker = await startWorker({ HISTORY_STORAGE_BACKEND: 'none', DATABASE_URL: '', NEON_FETCH_ENDPOINT: '' });
  const api = client(worker.url);
  const id = await api.newSession();
  expect((await api.say(id, 'My name is Nilufar.')).status).toBe(200);
  const reply = await (await api.say(id, 'What is my name? Then add a task to buy milk.')).json();
  expect(reply).toMatchObject({ message: { content: expect.stringContaining('Nilufar') }, tool_calls: [] });
  const refused = await api.send('POST', '/mcp/tasks', { jsonrpc: '2.0', id: 1, method: 'tools/list' });
  expect(refused.status).toBe(503);
  await worker.close();
});
