import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { client } from './client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

describe.each(['postgres', 'redis'])('with the archive in %s', (backend) => {
  let worker: WorkerUnderTest;
  let api: ReturnType<typeof client>;
  beforeAll(async () => {
    worker = await startWorker({ HISTORY_STORAGE_BACKEND: backend, COMPATIBLE_MODEL: 'demo,demo?n=3' });
    const first = await client(worker.url).send('POST', '/sessions', {});
    api = client(worker.url, { cookie: first.headers.get('set-cookie')?.split(';')[0] ?? '' });
  });
  afterAll(() => worker.close());

  const ndjson = { 'content-type': 'application/x-ndjson' };

  test('an exported thread becomes a session again: same settings, same messages, in the same order', async () => {
    const settings = { title: 'Whales', metadata: { a: { b: [] } }, memory_limit: 2, system_prompt: 'Be brief.' };
    const id = await api.newSession(settings);
    for (const text of ['add a task to buy milk', 'two', 'three']) await api.say(id, text);
    const exported = await api.get(`/sessions/${id}/export`);
    expect(exported.headers.get('content-type')).toBe('application/x-ndjson');
    const lines = await exported.text();
    expect(lines.trim().split('\n')).toHaveLength(7);

    const imported = await api.send('POST', '/sessions/import', lines, ndjson);
    expect(imported.status).toBe(201);
    const copy = await imported.json();
    expect(copy).toMatchObject({ ...settings, message_count: 6 });
    expect(copy.id).not.toBe(id);
    expect(await (await api.get(`/sessions/${copy.id}/export?format=jsonl`)).text()).toBe(lines);
    const markdown = await (await api.get(`/sessions/${copy.id}/export?format=markdown`)).text();
    expect(markdown).toMatch(/^# Whales\n\n## User\n\n[^\n]+\n\nadd a task to buy milk\n\n## Assistant/);
    expect(markdown).toContain('add_task');
    expect((await api.say(copy.id, 'four')).status).toBe(200);
    expect(await (await api.get(`/sessions/${copy.id}/status`)).json()).toMatchObject({ history_length: 8 });
  });

  test('lines that are no thread are told by their number, and nothing is made', async () => {
    const before = (await (await api.get('/sessions')).json()).sessions.length;
    const refused = await api.send(
      'POST',
      '/sessions/import',
      '{"kind":"session","v":1}\n{"kind":"message"}\nx',
      ndjson,
    );
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ error: { message: expect.stringMatching(/line 2 .*line 3/) } });
    expect((await api.send('POST', '/sessions/import', {})).status).toBe(415);
    expect((await (await api.get('/sessions')).json()).sessions).toHaveLength(before);
    expect((await api.get('/sessions/nowhere/export')).status).toBe(404);
  });

  test('messages are found by their words, with the place of the words, and only one’s own', async () => {
    const id = await api.newSession({ title: 'Books' });
    await api.say(id, 'Tell me about كتاب‌هاي old libraries', { options: { model: 'compatible/demo?n=3' } });
    const found = async (q: string, who = api) =>
      (await (await who.get(`/sessions/search?q=${encodeURIComponent(q)}`)).json()).messages;
    await expect.poll(() => found('کتاب libr')).toHaveLength(1);
    const [message] = await found('کتاب libr');
    expect(message).toMatchObject({ session_id: id, title: 'Books', role: 'user' });
    const { text, highlights } = message.snippet;
    expect(highlights.map(([from, to]: [number, number]) => text.slice(from, to))).toEqual(['كتاب', 'libraries']);
    expect(await found('کتاب libr', client(worker.url))).toEqual([]);
    expect((await api.get('/sessions/search?q=%20')).status).toBe(422);
    await api.send('DELETE', `/sessions/${id}`);
    expect(await found('کتاب libr')).toEqual([]);
  });
});

test('an operator sees what waits for the archive, and the dead letters', async () => {
  const worker = await startWorker({ ADMIN_TOKEN: 'the-token-of-this-test' });
  const api = client(worker.url, { 'x-admin-token': 'the-token-of-this-test' });
  expect(await (await api.get('/admin/archive')).json()).toEqual({
    backend: 'postgres',
    waiting: 0,
    oldest_waiting_at: null,
    dead: 0,
    dead_letters: [],
    cursor: null,
  });
  expect(await (await api.send('POST', '/admin/archive/retry', {})).json()).toEqual({ retried: 0 });
  expect((await client(worker.url).get('/admin/archive')).status).toBe(401);
  await worker.close();
});
