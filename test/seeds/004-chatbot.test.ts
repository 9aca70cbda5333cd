import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { client } from '../app/client.ts';
import { startWorker, type WorkerUnderTest } from '../app/start-worker.ts';
import { bubblesOf, readChatbotLines, readChatbotPage, sourceOf } from '../wire/read-chatbot.ts';
import { readPieces } from './read-pieces.ts';

let worker: WorkerUnderTest;
let api: ReturnType<typeof client>;
beforeAll(async () => {
  worker = await startWorker();
  api = visitor();
});
afterAll(() => worker.close());

const visitor = () => client(worker.url, { cookie: `edgewise_visitor=${crypto.randomUUID()}` });
const address = (verb: string, query: Record<string, string> = {}) =>
  `/api/chatbot/${verb}?${new URLSearchParams(query)}`;
const ask = async (verb: string, query?: Record<string, string>, from = api) => {
  const response = await from.get(address(verb, query));
  return { status: response.status, body: await response.json() };
};

/** A whole answer, read as the page reads it: from pieces that end anywhere, each decoded by itself. */
async function answer(query: Record<string, string>, sizes = [1, 5, 2, 31]) {
  const response = await api.get(address('streamresponse', query));
  const pieces = await readPieces(response, sizes);
  const variants = readChatbotPage(pieces);
  expect(readChatbotLines(Buffer.concat(pieces).toString())).toEqual(variants);
  const [first] = variants;
  if (first?.variant !== 'ServerHint' || typeof first.content === 'string')
    throw new Error('The first line is no hint.');
  return { response, variants, bubbles: bubblesOf(variants), thread_id: String(first.content['thread_id']) };
}

test('what anybody may ask', async () => {
  expect(await ask('ping')).toEqual({ status: 200, body: { status: 'ok' } });
  for (const verb of ['docs', 'help']) expect((await ask(verb)).status).toBe(200);
  expect(await (await api.get('/healthz')).json()).toEqual({ status: 'ok', version: expect.any(String) });
});

test('the models are names, the default one first', async () => {
  const { body } = await ask('availablechatbots');
  expect(body[0]).toBe('compatible/demo');
  const { bubbles } = await answer({ input: 'hello', chatbot: body[0] });
  expect(bubbles[0]?.content).toContain('Hello');
  const unknown = await ask('streamresponse', { input: 'hello', chatbot: 'gpt-nothing' });
  expect(unknown).toEqual({ status: 422, body: { detail: expect.stringContaining('gpt-nothing') } });
});

describe('streamresponse', () => {
  test('lines of JSON: the thread first, the end last, whatever the network makes of them', async () => {
    const question = 'repeat after me: سلام {"a":"}"} 😀 {x}';
    for (const sizes of [[1], [3, 1, 4, 1, 5], [4096]]) {
      const { response, variants, bubbles } = await answer({ input: question }, sizes);
      expect(response.headers.get('content-type')).toBe('application/x-ndjson');
      expect(response.headers.get('x-accel-buffering')).toBe('no');
      expect(response.headers.get('cache-control')).toBe('no-cache, no-transform');
      expect(variants.at(-1)).toEqual({ variant: 'StreamEnd', content: 'Stream ended.' });
      expect(new Set(bubbles.map(({ variant }) => variant))).toEqual(new Set(['Assistant']));
      expect(bubbles[0]?.content.length).toBeGreaterThan(0);
    }
  });

  test('the same lines as data of events, for a client that asks for those', async () => {
    const response = await api.get(address('streamresponse', { input: 'hello' }), { accept: 'text/event-stream' });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const events = (await response.text()).split('\n\n').slice(0, -1);
    for (const event of events) expect(event).toMatch(/^data: \{.*\}$/);
    const variants = readChatbotLines(events.map((event) => event.slice(6)).join('\n'));
    expect([variants[0]?.variant, variants.at(-1)?.variant]).toEqual(['ServerHint', 'StreamEnd']);
  });

  test('a thread goes on, and getthread has all of it', async () => {
    const { thread_id } = await answer({ input: 'My name is Nilufar.' });
    const next = await answer({ input: 'What is my name?', thread_id });
    expect(next.thread_id).toBe(thread_id);
    expect(next.bubbles[0]?.content).toContain('Nilufar');
    const hint = { variant: 'ServerHint', content: { thread_id } };
    expect((await ask('getthread', { thread_id })).body).toEqual([
      hint,
      { variant: 'User', content: 'My name is Nilufar.' },
      { variant: 'Assistant', content: expect.any(String) },
      hint,
      { variant: 'User', content: 'What is my name?' },
      { variant: 'Assistant', content: next.bubbles[0]?.content },
      { variant: 'StreamEnd', content: 'Stream ended.' },
    ]);
    // The turn remembers its door.
    const again = await api.get(`/sessions/${thread_id}/stream`);
    expect(bubblesOf(readChatbotPage(await readPieces(again, [7])))).toEqual(next.bubbles);
  });

  test('code is typed, runs, and shows its output and its picture, live and from the thread', async () => {
    const code = 'console.log("{hi}"); display.image("iVBORw0KGgo=", "image/png"); 40 + 2';
    const { bubbles, thread_id } = await answer({
      input: `use the tool code_interpreter with ${JSON.stringify({ code })}`,
    });
    const [cell, output, image] = bubbles.filter(({ variant }) => variant !== 'Assistant');
    const id = cell?.id ?? '';
    expect(sourceOf(cell?.content ?? '')).toBe(code);
    expect(output).toEqual({ variant: 'CodeOutput', content: '\n{hi}\n42', id });
    expect(image).toEqual({ variant: 'Image', content: 'iVBORw0KGgo=', id: `${id}_0` });

    const kept: { variant: string; content: string }[] = (await ask('getthread', { thread_id })).body;
    const at = kept.findIndex(({ variant }) => variant === 'Code');
    expect(sourceOf(kept[at]?.content ?? '')).toBe(code);
    expect(kept.slice(at + 1, -2)).toEqual([output, image]);
  });

  test('what cannot be asked is a detail', async () => {
    const noInput =
      'Input not found. Please provide a non-empty input in the query parameters or the headers, of type String.';
    expect(await ask('streamresponse')).toEqual({ status: 422, body: { detail: noInput } });
    expect(await ask('streamresponse', { input: ' ' })).toEqual({ status: 422, body: { detail: noInput } });
    const unknown = { input: 'hello', thread_id: 'a'.repeat(32) };
    expect(await ask('streamresponse', unknown)).toEqual({ status: 404, body: { detail: 'Thread not found.' } });
    expect(await ask('getthread', { thread_id: 'b'.repeat(32) })).toEqual({
      status: 404,
      body: { detail: 'Thread not found.' },
    });
    expect((await ask('getthread')).status).toBe(422);
    expect(await ask('nothing')).toEqual({ status: 404, body: { detail: 'Not Found' } });
  });

  test('a model that fails: an error, and then the end', async () => {
    const failing = await startWorker({ COMPATIBLE_MODEL: 'demo?status=500' });
    const response = await client(failing.url).get(address('streamresponse', { input: 'hello' }));
    expect(response.status).toBe(200);
    expect(readChatbotPage(await readPieces(response, [3]))).toEqual([
      { variant: 'ServerHint', content: { thread_id: expect.any(String) } },
      { variant: 'ServerError', content: expect.any(String) },
      { variant: 'StreamEnd', content: 'Stream ended with an error.' },
    ]);
    await failing.close();
  });
});

test.each(['GET', 'POST'])('%s stop ends a running answer; late it does no harm', async (method) => {
  const slow = await startWorker({ COMPATIBLE_MODEL: 'demo?n=2000&tps=50' });
  const own = client(slow.url, { cookie: `edgewise_visitor=${crypto.randomUUID()}` });
  const thread_id = await (await own.get(address('newthread'))).json();
  const response = await own.get(address('streamresponse', { input: 'a long story', thread_id }));
  const busy = await own.get(address('streamresponse', { input: 'another', thread_id }));
  expect([busy.status, await busy.json()]).toEqual([409, { detail: expect.any(String) }]);

  const stop = () =>
    method === 'GET' ? own.get(address('stop', { thread_id })) : own.send('POST', '/api/chatbot/stop', { thread_id });
  expect(await (await stop()).json()).toEqual({ ok: true, body: 'Conversation stopped.' });
  const variants = readChatbotPage(await readPieces(response, [5, 1]));
  expect(variants.at(-1)).toEqual({ variant: 'StreamEnd', content: 'Stream is stopped by user.' });
  expect((await stop()).status).toBe(200);
  expect((await own.get(address('stop', { thread_id: 'c'.repeat(32) }))).status).toBe(404);
  expect((await own.get(address('stop'))).status).toBe(422);
  await slow.close();
});
