import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { client } from './client.ts';
import { ADMIN_TOKEN, issueKey, withKey } from './issue-key.ts';
import { readChunks } from './read-events.ts';
import { startRecordingProxy } from '../fakes/recording-proxy.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

const MODEL = 'demo?n=50';
const PRICES = { [`compatible/${MODEL}`]: { input: 10, output: 20 } };

let worker: WorkerUnderTest;
beforeAll(async () => {
  worker = await startWorker({ ADMIN_TOKEN, COMPATIBLE_MODEL: MODEL, MODEL_PRICES: JSON.stringify(PRICES) });
});
afterAll(() => worker.close());

const admin = () => client(worker.url, { 'x-admin-token': ADMIN_TOKEN });
const short = { options: { max_output_tokens: 60 } };

test('a turn that its key’s budget does not cover is refused before anything is stored, with what is used and when it begins anew', async () => {
  const { key } = await issueKey(worker.url, { limits: { tokens_per_day: 1500 } });
  const api = withKey(worker.url, key);
  const id = await api.newSession({ mcp_servers: [] });
  const answered = await (await api.say(id, 'hello', short)).json();
  expect(answered.budgets).toEqual([
    {
      budget: 'key',
      period: 'day',
      unit: 'tokens',
      limit: 1500,
      left: 1500 - answered.usage.totalTokens,
      resets_at: expect.stringMatching(/T00:00:00\.000Z$/),
    },
  ]);

  const refused = await api.say(id, 'hello', { options: { max_output_tokens: 2000 } });
  expect(refused.status).toBe(429);
  const { error } = await refused.json();
  expect(error).toEqual({
    code: 'budget_exceeded',
    message: 'The token budget of this key for the day does not cover another turn.',
    details: {
      budget: 'key',
      period: 'day',
      unit: 'tokens',
      limit: 1500,
      used: answered.usage.totalTokens,
      reserved: 0,
      needed: expect.any(Number),
      resets_at: answered.budgets[0].resets_at,
      retry_after: expect.any(Number),
    },
  });
  expect(refused.headers.get('retry-after')).toBe(String(error.details.retry_after));
  expect((await (await api.get(`/sessions/${id}`)).json()).history).toHaveLength(2);
});

test('money counts by the configured price, and the stream’s end, the reply, and the lists of usage agree', async () => {
  const keys = [
    await issueKey(worker.url, { owner: 'shop', limits: { usd_per_month: 1 } }),
    await issueKey(worker.url, { owner: 'shop' }),
  ];
  const [one, other] = keys.map(({ key }) => withKey(worker.url, key));
  if (!one || !other) throw new Error('Two keys were issued.');
  const id = await one.newSession({ mcp_servers: [] });
  const chunks = await readChunks(await one.stream(id, 'hello', short));
  const last = chunks.at(-1);
  const { usage, budgets } = (last?.type === 'finish' ? last.messageMetadata : {}) as {
    usage: { inputTokens: number; outputTokens: number; totalTokens: number; costUsd: number };
    budgets: { left: number }[];
  };
  expect(usage.outputTokens).toBe(50);
  expect(usage.costUsd).toBeCloseTo((usage.inputTokens * 10 + usage.outputTokens * 20) / 1e6, 9);
  expect(budgets[0]?.left).toBeCloseTo(1 - usage.costUsd, 9);
  const reply = await (await other.say(await other.newSession({ mcp_servers: [] }), 'hello', short)).json();

  const mine = await (await one.get('/usage?days=2')).json();
  expect(mine.month).toMatchObject({
    turns: 2,
    total_tokens: usage.totalTokens + reply.usage.totalTokens,
    output_tokens: 100,
    cost_usd: expect.closeTo(usage.costUsd + reply.usage.costUsd, 9),
    unpriced_tokens: 0,
    models: { [`compatible/${MODEL}`]: { turns: 2, output_tokens: 100 } },
  });
  expect(mine.today.total_tokens).toBe(mine.month.total_tokens);
  expect(mine.days.map(({ turns }: { turns: number }) => turns)).toEqual([0, 0]);
  expect(mine.budgets).toEqual([
    expect.objectContaining({ budget: 'key', period: 'month', unit: 'usd', used: usage.costUsd, reserved: 0 }),
  ]);

  const first = await (await admin().get('/admin/usage?by=key&limit=1')).json();
  expect(first.usage).toHaveLength(1);
  const all = await (await admin().get('/admin/usage?by=key')).json();
  const rest = await (await admin().get(`/admin/usage?by=key&cursor=${first.cursor}`)).json();
  expect([...first.usage, ...rest.usage]).toEqual(all.usage);
  const named = new Map(all.usage.map((entry: { name: string }) => [entry.name, entry]));
  expect(named.get(keys[0]?.id)).toMatchObject({ month: { turns: 1, total_tokens: usage.totalTokens } });
  const owners = await (await admin().get('/admin/usage?by=owner')).json();
  expect(owners.usage).toContainEqual(expect.objectContaining({ name: 'key:shop', today: mineToday(mine) }));
});

/** What the owner's entry shows of today: the same without its date. */
function mineToday({ today }: { today: Record<string, unknown> }) {
  const { date: _, ...rest } = today;
  return rest;
}

test('a model without a known price counts in tokens alone', async () => {
  const other = await startWorker({ COMPATIBLE_MODEL: MODEL, BUDGET_OWNER_USD_PER_DAY: '0.000001' });
  const api = client(other.url);
  const reply = await (await api.say(await api.newSession({ mcp_servers: [] }), 'hello')).json();
  expect(reply.usage.costUsd).toBeNull();
  const { today } = await (await api.get('/usage')).json();
  expect(today).toMatchObject({ cost_usd: 0, unpriced_tokens: reply.usage.totalTokens });
  await other.close();
});

test('a session has a budget of its own', async () => {
  const other = await startWorker({ COMPATIBLE_MODEL: MODEL, BUDGET_SESSION_TOKENS_PER_DAY: '700' });
  const api = client(other.url);
  const [one, two] = [await api.newSession({ mcp_servers: [] }), await api.newSession({ mcp_servers: [] })];
  const big = { options: { max_output_tokens: 300 } };
  const statuses: number[] = [];
  for (let turn = 0; turn < 6; turn++) statuses.push((await api.say(one, 'hello', big)).status);
  expect(statuses[0]).toBe(200);
  expect(statuses.at(-1)).toBe(429);
  expect((await api.say(two, 'hello', big)).status).toBe(200);
  await other.close();
});

test('a turn whose next step is not covered ends openly with what it has, and is charged for it', async () => {
  const other = await startWorker({ COMPATIBLE_MODEL: 'demo', BUDGET_OWNER_TOKENS_PER_DAY: '24000' });
  const api = client(other.url);
  const servers = { mcp_servers: ['code'] };
  // What the tools say about themselves is known from now on.
  const warm = await (await api.say(await api.newSession(servers), 'hello', short)).json();
  const id = await api.newSession(servers);
  const large = `use the tool code_interpreter with {"code":"'x'.repeat(15000)"}`;
  const probe = await (await api.say(id, large, { options: { max_output_tokens: 24_000 } })).json();
  // The first call may say so much that nothing is left for a second one that reads what the tool has returned.
  const most = 24_000 - (probe.error.details.needed - 24_000) - warm.usage.totalTokens - 10;
  const chunks = await readChunks(await api.stream(id, large, { options: { max_output_tokens: most } }));
  expect(chunks).toContainEqual(expect.objectContaining({ type: 'tool-output-available' }));
  expect(chunks).toContainEqual(
    expect.objectContaining({ type: 'data-error', data: { code: 'budget_exceeded', retryable: false } }),
  );
  expect(chunks.at(-1)).toMatchObject({ type: 'finish', messageMetadata: { status: 'interrupted' } });
  const { today, reserved } = await (await api.get('/usage')).json();
  expect(today.turns).toBe(2);
  expect(today.total_tokens).toBeGreaterThan(warm.usage.totalTokens);
  expect(reserved.tokens).toBe(0);
  await other.close();
});

test('a turn in a budget takes no more Redis commands than any other, and still one request before the model', async () => {
  const redis = await startRecordingProxy(inject('vars')['UPSTASH_REDIS_REST_URL'] ?? '');
  const other = await startWorker({
    UPSTASH_REDIS_REST_URL: redis.url,
    BUDGET_OWNER_TOKENS_PER_DAY: '100000',
    BUDGET_SESSION_USD_PER_MONTH: '10',
  });
  const api = client(other.url);
  const id = await api.newSession();
  await api.say(id, 'hello');
  const ended = () => redis.requests.flatMap(({ commands }) => commands.map(([name]) => name?.toUpperCase()));
  await expect.poll(() => ended().includes('XDEL')).toBe(true);
  redis.requests.length = 0;
  await api.say(id, 'hello');
  await expect.poll(() => ended().includes('XDEL')).toBe(true);
  expect(ended()).toEqual(['EVALSHA', 'EVALSHA', 'EVALSHA', 'XDEL']);
  await other.close();
  await redis.close();
});

test('clients of OpenAI that keep their conversation spend the same budgets', async () => {
  const { key } = await issueKey(worker.url, { limits: { tokens_per_day: 14_000 } });
  const api = withKey(worker.url, key);
  const ask = (most: number) =>
    api.send('POST', '/v1/chat/completions', {
      model: `compatible/${MODEL}`,
      messages: [{ role: 'user', content: 'hello' }],
      max_tokens: most,
    });
  const answered = await (await ask(60)).json();
  const { today, reserved } = await (await api.get('/usage')).json();
  expect(today).toMatchObject({ turns: 1, total_tokens: answered.usage.total_tokens });
  expect(reserved.tokens).toBe(0);
  const refused = await ask(14_000);
  expect(refused.status).toBe(429);
  expect((await refused.json()).error.code).toBe('budget_exceeded');
});
