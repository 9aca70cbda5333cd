import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { client } from './client.ts';
import { forgetSession } from './forget-session.ts';
import { readChunks, textOfChunks } from './read-events.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

describe.each(['postgres', 'redis'])('with the archive in %s', (backend) => {
  const namespace = `test-${crypto.randomUUID()}`;
  let worker: WorkerUnderTest;
  let api: ReturnType<typeof client>;
  beforeAll(async () => {
    worker = await startWorker({ HISTORY_NAMESPACE: namespace, HISTORY_STORAGE_BACKEND: backend });
    api = client(worker.url);
  });
  afterAll(() => worker.close());

  /** A session in which something was said, and that Redis has forgotten since. */
  async function forgotten(body: unknown = {}, visitor = api): Promise<string> {
    const id = await visitor.newSession(body);
    expect((await visitor.say(id, 'My name is Nilufar.')).status).toBe(200);
    await forgetSession(namespace, id);
    return id;
  }

  test('the conversation goes on, with its memory and its settings', async () => {
    const settings = {
      title: 'Names',
      metadata: { empty: [], nested: { a: 1 } },
      memory_limit: 6,
      system_prompt: 'Be brief.',
      model: 'compatible/demo',
      mcp_servers: ['tasks'],
    };
    const id = await forgotten(settings);
    const reply = await (await api.say(id, 'What is my name?')).json();
    expect(reply).toMatchObject({ status: 'complete', message: { content: expect.stringContaining('Nilufar') } });
    const session = await (await api.get(`/sessions/${id}`)).json();
    expect(session).toMatchObject({ ...settings, message_count: 4, status: 'idle' });
    expect(session.messages).toHaveLength(4);
  });

  test('a session that runs out by itself is taken back, too', async () => {
    const brief = await startWorker({
      HISTORY_NAMESPACE: namespace,
      HISTORY_STORAGE_BACKEND: backend,
      SESSION_TIMEOUT_MINUTES: '0.02',
    });
    const id = await client(brief.url).newSession({ title: 'Brief' });
    await client(brief.url).say(id, 'My name is Nilufar.');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const reply = await (await client(brief.url).say(id, 'What is my name?')).json();
    expect(reply).toMatchObject({ message: { content: expect.stringContaining('Nilufar') } });
    await brief.close();
  });

  test.each([
    ['GET', '', undefined, 200],
    ['GET', '/status', undefined, 200],
    ['GET', '/stream', undefined, 204],
    ['POST', '/stop', {}, 200],
    ['PATCH', '', { title: 'Changed' }, 200],
    ['POST', '/message', { message: 'hello' }, 200],
    ['POST', '/messages', { content: 'hello' }, 200],
    ['DELETE', '', undefined, 204],
  ])('%s /sessions/{id}%s is answered as before', async (method, path, body, status) => {
    const id = await forgotten();
    expect((await api.send(method, `/sessions/${id}${path}`, body)).status).toBe(status);
    expect((await api.get(`/sessions/${id}`)).status).toBe(method === 'DELETE' ? 404 : 200);
  });

  test('useChat goes on in a chat that Redis has forgotten, and may begin a new one', async () => {
    const id = `chat-${crypto.randomUUID()}`;
    const say = async (text: string) => {
      const message = { id: crypto.randomUUID(), role: 'user', parts: [{ type: 'text', text }] };
      return textOfChunks(await readChunks(await api.send('POST', '/api/chat', { id, messages: [message] })));
    };
    await say('My name is Nilufar.');
    await forgetSession(namespace, id);
    expect(await say('What is my name?')).toContain('Nilufar');
    expect((await (await api.get(`/sessions/${id}`)).json()).messages).toHaveLength(4);
  });

  test('ten requests at once take a session back once', async () => {
    const id = await forgotten();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        index % 2 === 0
          ? api.get(`/sessions/${id}`)
          : api.send('POST', `/sessions/${id}/messages`, { content: `number ${index}`, on_busy: 'queue' }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const session = await (await api.get(`/sessions/${id}`)).json();
    expect(session.message_count).toBe(12);
    const texts = session.history.map(({ content }: { content: string }) => content);
    expect(texts[0]).toBe('My name is Nilufar.');
    const asked = texts.filter((text: string) => text.startsWith('number')).toSorted();
    expect(asked).toEqual([1, 3, 5, 7, 9].map((index) => `number ${index}`));
  });

  test('a deleted session does not come back, before and after the archive has heard of it', async () => {
    const id = await forgotten();
    await api.get(`/sessions/${id}`);
    expect((await api.send('DELETE', `/sessions/${id}`)).status).toBe(204);
    expect((await api.get(`/sessions/${id}`)).status).toBe(404);
    expect((await api.say(id, 'hello')).status).toBe(404);
    await worker.cron(60_000);
    expect((await api.get(`/sessions/${id}`)).status).toBe(404);
  });

  test('the list shows sessions that Redis has forgotten among the others, newest activity first, once each', async () => {
    const first = await api.send('POST', '/sessions', {});
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
    const visitor = client(worker.url, { cookie });
    const ids = [];
    for (const title of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const id = await visitor.newSession({ title });
      await visitor.say(id, `hello ${title}`);
      ids.push(id);
    }
    await forgetSession(namespace, ...ids.filter((_, index) => index % 2 === 0));
    await visitor.say(ids[1] ?? '', 'again');
    await visitor.send('DELETE', `/sessions/${ids[5]}`);
    await visitor.send('DELETE', `/sessions/${ids[4]}`);

    const titles: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
      const page: { sessions: { title: string }[]; cursor: string | null } = await (
        await visitor.get(`/sessions?limit=2${query}`)
      ).json();
      titles.push(...page.sessions.map(({ title }) => title));
      cursor = page.cursor;
    } while (cursor);
    expect(titles).toEqual(['b', 'd', 'c', 'a', null]);
    const all = await (await visitor.get('/sessions')).json();
    expect(all.incomplete).toBe(false);
    expect(all.sessions[2]).toMatchObject({ title: 'c', message_count: 2, status: 'idle', expires_at: null });
    const others = await (await client(worker.url).get('/sessions')).json();
    expect(others.sessions).toEqual([]);
  });
});
