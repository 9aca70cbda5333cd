import { afterAll, beforeAll, expect, test } from 'vitest';
import { client } from './client.ts';
import { logIn } from './log-in.ts';
import { startLoginServer, type LoginServer } from './login-server.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let workers: WorkerUnderTest[];
let remote: LoginServer;
beforeAll(async () => {
  remote = await startLoginServer();
  const vars = {
    HISTORY_NAMESPACE: `test-${crypto.randomUUID()}`,
    COMPATIBLE_MODEL: 'demo?call=far__who&with={}',
    MCP_SERVERS: JSON.stringify({ mcpServers: { far: { url: remote.url, auth: { type: 'oauth' } } } }),
  };
  workers = await Promise.all([startWorker(vars), startWorker(vars)]);
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.close()));
  await remote.close();
});

test('50 turns at once in two isolates, with an expired token, make one renewal', async () => {
  const cookie = `edgewise_visitor=${crypto.randomUUID()}`;
  const apis = workers.map((worker) => client(worker.url, { cookie }));
  const [first] = apis;
  if (!first) throw new Error('No worker was started.');
  await logIn(first, 'far');
  expect(await (await first.say(await first.newSession(), 'who am I?')).json()).toMatchObject({ status: 'complete' });
  const turns = Array.from({ length: 50 }, (_, index) => apis[index % 2] ?? first);
  const ids = await Promise.all(turns.map((api) => api.newSession()));

  remote.forgetAccessTokens();
  remote.grants.length = 0;
  remote.settings.refreshDelayMs = 1000;
  const answers = await Promise.all(
    turns.map(async (api, index) => (await api.say(ids[index] ?? '', 'who am I?')).json()),
  );
  const results = answers.map(({ tool_calls: [call] }) => call?.result?.content?.[0]?.text ?? call?.error);
  expect(results.filter((text) => !/"authorization":"Bearer at-/.test(text))).toEqual([]);
  expect(remote.grants).toEqual(['refresh_token 200']);
}, 120_000);
