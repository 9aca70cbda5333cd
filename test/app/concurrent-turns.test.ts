import { afterAll, beforeAll, expect, test } from 'vitest';
import { client } from './client.ts';
import { ADMIN_TOKEN, issueKey, withKey } from './issue-key.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let worker: WorkerUnderTest;
beforeAll(async () => {
  worker = await startWorker({ ADMIN_TOKEN, MAX_CONCURRENT_TURNS: '2', COMPATIBLE_MODEL: 'demo?n=5000&tps=20' });
});
afterAll(() => worker.close());

type Api = ReturnType<typeof client>;

async function sessions(api: Api, count: number): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, () => api.newSession()));
}

test('a caller runs as many turns at once as it may; one more leaves no trace, and is taken once a turn has ended', async () => {
  const from = (ip: string) => client(worker.url, { 'cf-connecting-ip': ip });
  const api = from('192.0.2.1');
  const [one = '', two = '', three = ''] = await sessions(api, 3);
  const running = [await api.stream(one, 'hello'), await api.stream(two, 'hello')];
  expect(running.map(({ status }) => status)).toEqual([200, 200]);

  // Another visitor at the same address, as far as cookies tell.
  const refused = await api.stream(three, 'hello');
  expect(refused.status).toBe(429);
  expect((await refused.json()).error).toMatchObject({ code: 'too_many_turns', details: { maximum: 2 } });
  expect(await (await api.get(`/sessions/${three}`)).json()).toMatchObject({ history: [] });
  // A turn that runs already is still told first.
  expect((await api.say(one, 'again')).status).toBe(409);

  const elsewhere = await from('192.0.2.2').stream(three, 'hello');
  expect(elsewhere.status).toBe(200);
  expect((await api.send('POST', `/sessions/${one}/stop`)).status).toBe(200);
  const [four = ''] = await sessions(api, 1);
  const started: Response[] = [];
  const tryAgain = async () => {
    const response = await api.stream(four, 'hello');
    started.push(response);
    return response.status;
  };
  await expect.poll(tryAgain, { timeout: 10_000, interval: 200 }).toBe(200);
  for (const id of [two, three, four]) await api.send('POST', `/sessions/${id}/stop`);
  await Promise.all([...running, elsewhere, ...started].map((response) => response.text()));
});

test('a key has a number of its own, which counts for its owner', async () => {
  const limits = { concurrent_turns: 1 };
  const keys = await Promise.all([
    issueKey(worker.url, { owner: 'busy', limits }),
    issueKey(worker.url, { owner: 'busy', limits }),
  ]);
  const [one, other] = keys.map(({ key }) => withKey(worker.url, key));
  if (!one || !other) throw new Error('Two keys were issued.');
  const [first = '', second = ''] = await sessions(one, 2);
  const running = await one.stream(first, 'hello');
  expect(running.status).toBe(200);
  expect((await other.stream(second, 'hello')).status).toBe(429);
  await one.send('POST', `/sessions/${first}/stop`);
  await running.text();
});
