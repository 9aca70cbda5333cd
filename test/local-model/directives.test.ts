import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startDemonstrationModel, type DemonstrationModel } from '../../local/model/demonstration-model.ts';

let model: DemonstrationModel;
beforeAll(async () => {
  model = await startDemonstrationModel({ port: 0, host: '127.0.0.1', tokensPerSecond: Infinity });
});
afterAll(() => model.close());
beforeEach(() => void (model.requests.length = 0));

function ask(name: string, options: { stream?: boolean; signal?: AbortSignal } = {}): Promise<Response> {
  const { stream = true, signal = null } = options;
  const body = JSON.stringify({ model: name, stream, messages: [{ role: 'user', content: 'hi' }] });
  return fetch(`${model.url}/chat/completions`, { method: 'POST', body, signal });
}

/** Everything that comes, and whether it came to a proper end of the body. */
async function read(response: Response): Promise<{ text: string; broken: boolean }> {
  let text = '';
  try {
    for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) text += piece;
    return { text, broken: false };
  } catch {
    return { text, broken: true };
  }
}

const words = (text: string) => text.match(/w\d+/g)?.join(' ') ?? '';

test('a status comes with its header', async () => {
  const answer = await ask('demo?status=429&retry-after=2');
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '2']);
  expect(await answer.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
});

test.each([
  ['cut=2', { words: 'w1 w2', broken: true, finished: false }],
  ['truncate=2', { words: 'w1 w2', broken: false, finished: false }],
  ['error=2', { words: 'w1 w2', broken: false, finished: false }],
  ['garbage=2', { words: 'w1 w2 w3 w4', broken: false, finished: true }],
  ['truncate=99', { words: 'w1 w2 w3 w4', broken: false, finished: false }],
  ['batch=3', { words: 'w1 w2 w3 w4', broken: false, finished: true }],
])('%s', async (directive, expected) => {
  const { text, broken } = await read(await ask(`demo?n=4&${directive}`));
  expect({ words: words(text), broken, finished: text.includes('[DONE]') }).toEqual(expected);
  expect(text.includes('"error"')).toBe(directive.startsWith('error'));
});

describe('silence lasts until the caller hangs up, and the record says so', () => {
  test.each([
    ['demo?hang=headers', 0],
    ['demo?hang=first', 0],
    ['demo?n=9&stall=3', 3],
  ])('%s', async (name, tokensSent) => {
    const controller = new AbortController();
    const answer = ask(name, { signal: controller.signal }).then(read);
    answer.catch(() => {});
    await vi.waitFor(() => expect(model.requests).toMatchObject([{ state: 'open', tokensSent }]));
    controller.abort();
    await vi.waitFor(() => expect(model.requests).toMatchObject([{ state: 'client-closed', tokensSent }]));
  });
});

async function statuses(name: string): Promise<number[]> {
  return [(await ask(name)).status, (await ask(name)).status, (await ask(name)).status];
}

test('times: only the first requests are faulty; after: only the later ones', async () => {
  expect(await statuses('demo?status=500&times=1')).toEqual([500, 200, 200]);
  expect(await statuses('demo?status=500&after=2')).toEqual([200, 200, 500]);
});

test('a pace is kept', async () => {
  const started = performance.now();
  await read(await ask('demo?n=10&tps=100'));
  // Timers may be late, never early: ten tokens at a hundred a second take a tenth of a second at least.
  expect(performance.now() - started).toBeGreaterThan(95);
});

test('the first token can be late', async () => {
  const answer = read(await ask('demo?n=1&ttft=60'));
  const early = await Promise.race([answer, sleep(20).then(() => 'nothing yet')]);
  expect(early).toBe('nothing yet');
  expect(words((await answer).text)).toBe('w1');
});

test('an answer that is not streamed obeys, too', async () => {
  expect((await ask('demo?status=503', { stream: false })).status).toBe(503);
  expect(await (await ask('demo?n=2', { stream: false })).json()).toMatchObject({
    choices: [{ message: { content: 'w1 w2 ' }, finish_reason: 'stop' }],
    usage: { completion_tokens: 2 },
  });
});

test('requests can be read and forgotten over HTTP', async () => {
  await read(await ask('demo?n=2'));
  const address = new URL('/requests', model.url);
  expect(await (await fetch(address)).json()).toMatchObject([
    { path: '/v1/chat/completions', model: 'demo?n=2', state: 'done', tokensSent: 2, body: { stream: true } },
  ]);
  await fetch(address, { method: 'DELETE' });
  expect(model.requests).toEqual([]);
});
