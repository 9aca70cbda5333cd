import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startRecordingProxy, type RecordingProxy } from '../fakes/recording-proxy.ts';
import { client } from './client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

const QUESTION = 'Tell me what the whales of the northern seas sing to each other in the long nights of winter';

let model: RecordingProxy;
const workers: WorkerUnderTest[] = [];
beforeAll(async () => void (model = await startRecordingProxy(inject('vars')['COMPATIBLE_BASE_URL'] ?? '')));
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.close()));
  await model.close();
});

async function start(TOPIC_MODEL: string) {
  const vars = { TOPIC_MODEL, COMPATIBLE_MODEL: 'demo,demo?n=3,demo?status=500', COMPATIBLE_BASE_URL: model.url };
  const worker = await startWorker(vars);
  workers.push(worker);
  const api = client(worker.url);
  return { api, title: async (id: string) => (await (await api.get(`/sessions/${id}`)).json()).title };
}

test('the topic model names a session once, after its first answer', async () => {
  const { api, title } = await start('compatible/demo?n=3');
  const id = await api.newSession();
  model.requests.length = 0;
  await api.say(id, QUESTION, { options: { model: 'compatible/demo' } });
  await expect.poll(() => title(id)).toBe('w1 w2 w3');
  await api.say(id, 'and then?', { options: { model: 'compatible/demo' } });
  const asked = model.requests.map(({ body }) => JSON.parse(body).model);
  expect(asked).toEqual(['demo', 'demo?n=3', 'demo']);
});

test('without a model, and when it fails, the first words of the question have to do', async () => {
  const { api, title } = await start('none');
  const id = await api.newSession();
  await api.say(id, QUESTION);
  const plain = 'Tell me what the whales of the northern seas sing to each…';
  await expect.poll(() => title(id)).toBe(plain);

  const failing = await start('compatible/demo?status=500');
  const other = await failing.api.newSession();
  model.requests.length = 0;
  await failing.api.say(other, QUESTION);
  await expect.poll(() => failing.title(other)).toBe(plain);
  expect(model.requests.map(({ status }) => status)).toEqual([200, 500]);
});

test('a title that a person gives stays', async () => {
  const { api, title } = await start('compatible/demo?n=3');
  const named = await api.newSession({ title: 'Mine' });
  await api.say(named, QUESTION);
  const changed = await api.newSession();
  model.setLatency(600);
  const saying = api.say(changed, QUESTION);
  await expect.poll(() => model.requests.length).toBeGreaterThan(0);
  await api.send('PATCH', `/sessions/${changed}`, { title: 'Mine, too' });
  await saying;
  model.setLatency(0);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect([await title(named), await title(changed)]).toEqual(['Mine', 'Mine, too']);
});
